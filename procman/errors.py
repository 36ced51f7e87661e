"""procman's errors. Each names the source and, if there is one, the line."""

from __future__ import annotations

#: The known reasons why a page could not be fetched.
LOG_IN, REFUSED, MOVED = "behind a log-in", "refused", "moved"


class ProcmanError(Exception):
    """An error that a person can put right. The message names the source, the line and the reason.

    Parameters
    ----------
    source
        What procman was reading: a path, an address, or a word such as ``"bytes"``.
    reason
        One sentence that says what is wrong and, if it helps, what to do.
    line
        The line of the source, from 1, if there is one.
    status
        Why a page could not be fetched: "behind a log-in", "refused" or "moved". Empty for any other error.

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
        # Worker processes send errors back pickled. Rebuild the error from its parts, not from its message.
        return (type(self), (self.source, self.reason, self.line, self.status))


class PageError(ProcmanError):
    """The source cannot be read as a page: it is missing, empty, binary, too large or an error page."""


class FetchError(ProcmanError):
    """An address cannot be fetched: it is offline, refused, too slow or too large."""


class LibraryError(ProcmanError):
    """The library's folder cannot be read or written."""


class TableError(ProcmanError):
    """A table has a missing column or a value that is not allowed."""
