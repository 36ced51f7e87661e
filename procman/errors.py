"""The one family of errors: each names the source and, where there is one, the line."""

from __future__ import annotations

#: What a page that was asked for came to, where that is known.
LOG_IN, REFUSED, MOVED = "behind a log-in", "refused", "moved"


class ProcmanError(Exception):
    """Something a person can put right: the message names the source, the line and the reason.

    Parameters
    ----------
    source
        What was being read: a path, an address, or a word such as ``"bytes"``.
    reason
        One sentence saying what is wrong and, where it helps, what to do.
    line
        The 1-based source line, if the trouble has one.
    status
        What a page that was asked for came to: "behind a log-in", "refused" or "moved"; empty for all else.

    Examples
    --------
    >>> str(ProcmanError("manual.txt", "the file is empty"))
    'manual.txt: the file is empty'
    >>> str(ProcmanError("manual.txt", "not a date", line=3))
    'manual.txt, line 3: not a date'
    """

    def __init__(self, source: object, reason: str, line: int | None = None, status: str = "") -> None:
        self.source, self.reason, self.line, self.status = str(source), reason, line, status
        place = self.source if line is None else f"{self.source}, line {line}"
        super().__init__(f"{place}: {reason}")

    def __reduce__(self) -> tuple[object, ...]:
        # Worker processes send errors back pickled: rebuild from the parts, not from the message.
        return (type(self), (self.source, self.reason, self.line, self.status))


class PageError(ProcmanError):
    """The source is not a page that can be read: missing, empty, binary, an error page, too large."""


class FetchError(ProcmanError):
    """An address could not be fetched: offline, refused, too slow, too large."""


class LibraryError(ProcmanError):
    """The library folder cannot be read or written as asked."""


class TableError(ProcmanError):
    """A table lacks a column, or holds a value, that its declaration does not allow."""
