"""The questions that views answer. Each is a part of the report and a page of the dashboard."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question that several views answer: a part of the report and a page of the dashboard.

    Attributes
    ----------
    name
        The name that views use.
    title
        The title in the dashboard.
    heading
        The heading in the report.
    asks, limit
        The question in full, and the limits of the answer.
    panel
        The question's own panel, if it has one.
    """

    name: str
    title: str
    heading: str
    asks: str
    limit: str
    panel: str = ""


#: The questions, in the order of the dashboard's pages and the report's parts.
QUESTIONS = (
    Question(
        "gaps",
        "Gaps and coverage",
        "Missing from one contents page",
        "What do our neighbours list that we do not?",
        "A topic missing here may be covered elsewhere, or inside another chapter.",
        "CoveragePanel",
    ),
    Question(
        "manuals",
        "Read a manual",
        "What was compared",
        "What does a council's contents page list, and are there possible problems on the page?",
        "The contents page names chapters. It does not show what they say.",
        "ManualPanel",
    ),
    Question(
        "coverage",
        "Coverage",
        "What the councils share",
        "Which topics do all, some or only one of the councils have?",
        "A topic missing from a contents page may be covered elsewhere, or inside another chapter.",
    ),
    Question(
        "peers",
        "Similar manuals",
        "Which manuals are alike",
        "Whose manuals are most like ours?",
        "Manuals of one publisher are alike because it writes them. Alike does not mean as good.",
        "PeersPanel",
    ),
    Question(
        "alignment",
        "Align chapters",
        "Chapter by chapter",
        "Which chapters of two councils are the same procedure?",
        "Titles and places are compared, not the chapters' text. Check the uncertain matches.",
        "AlignPanel",
    ),
    Question(
        "structure",
        "Structure",
        "How the manuals are built",
        "How is a manual divided, how deep, how evenly?",
        "A chapter can have many parts of its own that the contents page does not list.",
        "StructurePanel",
    ),
    Question(
        "activity",
        "Update activity",
        "Chapters marked new or updated",
        "Which chapters do contents pages mark as new or updated?",
        "A chapter with no flag may still have changed. Flags are what a publisher prints for one edition.",
        "ActivityPanel",
    ),
    Question(
        "editions",
        "Editions",
        "What changed between editions",
        "What changed from one edition of a manual to the next?",
        "A chapter's text can change under the same title. This needs a council with two editions.",
        "EditionsPanel",
    ),
    Question(
        "add",
        "Add your council",
        "Your council",
        "How does my own council compare?",
        "Save your manual's contents page from your browser, as a web page or as text, and bring it here.",
        "AddPanel",
    ),
    Question(
        "duties",
        "What is expected",
        "What is expected of every manual",
        "Which topics required by law or guidance are on each contents page?",
        "This is not legal advice, and not an inspection. A topic may be covered inside another chapter.",
        "DutiesPanel",
    ),
    Question("chapters", "Chapters", "All chapters", "Which chapters are compared?", ""),
)
