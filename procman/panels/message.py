"""Messages and style of every panel: sentences that screen readers announce, errors in words, and the style sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from procman.errors import ProcmanError
from procman.reports.html import escape
from procman.words import sentence

CSS = Path(__file__).with_name("panel.css")
#: The source of an error in a person's choice on the screen.
HERE = "panel"
#: Makes a control's label as wide as its words.
LABELLED = {"description_width": "initial"}


def message_html(text: str, wrong: bool = False, progress: float | None = None) -> str:
    """A sentence that screen readers announce. ``progress``, 0 to 1, adds a progress bar.

    >>> message_html("Read <b>.", wrong=True)
    '<p class="procman-error" role="alert">Read &lt;b&gt;.</p>'
    """
    if not text:
        return ""
    kind, role = ("procman-error", "alert") if wrong else ("procman-note", "status")
    bar = "" if progress is None else f' <progress value="{progress:.2f}" aria-label="{escape(text)}"></progress>'
    return f'<p class="{kind}" role="{role}">{escape(text)}{bar}</p>'


def told(error: ProcmanError) -> str:
    """An error as a sentence. It names the source, unless the error is in a choice made on the screen.

    >>> told(ProcmanError("panel", "choose a pair first")), told(ProcmanError("page.txt", "the file is empty"))
    ('Choose a pair first.', 'page.txt: the file is empty.')
    """
    said = sentence(error.reason if error.source == HERE else error)
    return said[:1].upper() + said[1:] if error.source == HERE else said


def said_if_wrong(act: Callable[[], object], say: Callable[..., None]) -> None:
    """Do what a person asked for. An error calls ``say(sentence, wrong=True)`` and never shows a traceback.

    >>> said_if_wrong(lambda: 1 / 0, lambda text, wrong: print(text))
    Something went wrong. Please report this (ZeroDivisionError: division by zero).
    """
    try:
        act()
    except ProcmanError as error:
        say(told(error), wrong=True)
    except Exception as error:  # a bug in procman: keep the panel usable
        say(f"Something went wrong. Please report this ({type(error).__name__}: {error}).", wrong=True)


def look_html() -> str:
    """The style sheet, for each panel."""
    return f"<style>{CSS.read_text('utf-8')}</style>"
