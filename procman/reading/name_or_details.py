"""Split a line of an amendments page into a chapter's name and its details, if the page prints nothing between them.

Each possible reading gets points, as below: the whole line is a name, the whole line is details, or there is a split between two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from procman.reading import patterns as p

#: What speaks for and against a text being the details of an amendment …
OPENING = 10  # begins as only details do: "This chapter has …", "Section 4.2, …", "In January 2025, …"
ARTICLE = 6  # begins as a sentence with an article or a clause does: "A link", "The form", "It describes", "Following a review"
DONE = 5  # begins with what was done: "Added national guidance", "Updated throughout"
SENTENCE = 4  # begins as a sentence does: "Contact details corrected", "Minor wording"
SENTENCE_LATER = 2  # so, behind small words: "Rates for 2018/19 inserted", "The Policy on Drugs has been merged"
THING = 4  # begins with what is mostly changed: "Links to …", "Guidance for …"
TELLS = 6  # tells the reader what to do, or what holds from now on, and of nothing that was done
VERB = 2  # says that something is or was done
NO_VERB, NO_STOP = -2, -6  # does not; has no full stop at its end
GOES_ON = 2  # stands below other details
IN_BLOCKS = 8  # stands below a name, on a page that sets names and details on lines of their own
#: … and being a chapter's name.
KNOWN = 12  # it is the title of a chapter that the caller, or another row of the page, names
SET_APART = 3  # is a heading, or bold
LINK_ENDS = 6  # the page's link ends here
MARK = 4  # a dash or a colon stands behind it
SET_AS_NAME = 3  # "Pets in Foster Homes"
SMALL_LETTER, SMALL_LETTERS = -1, -3  # each ordinary word with a small letter; all of them together
UNENDED = -12  # ends in "of", "and the", a comma or an open bracket
ENDED = -12  # has a full stop in it or at its end

#: No name is longer, in words and in characters.
_LONGEST_NAME, _LONGEST = 40, 400

_HAVE = r"has|have|had|was|were|is|are|now|been|should"
_HAS = rf"(?:{_HAVE})"
_THING = (
    r"(?:chapter|page|procedure|policy|guidance|guide|protocol|agreement|section|document|link|list|flowchart|form"
    r"|template|manual|appendix|process|form|strategy|toolkit)s?"
)
#: "This chapter has …", "Sections 2 and 3 have …", "In January 2025, …", "New chapter."
_OPENING = re.compile(
    rf"(?:This|These|The|Each) (?:[a-z][\w-]* ){{0,3}}?{_THING}\b"
    r"|Further Information (?=.*\b(?:has|have|was|section)\b)|Relevant (?:Guidance|Chapters|Information|Legislation|Links)\b"
    rf"|(?:Sections?|Paragraphs?|Pages?|Appendix|Annex) \d[\d.]*[a-z]?(?:[,:;–-]| {_HAS}\b| (?:and|to|&|-) (?:[Ss]ection )?\d[\d.]*,? |\.$| \()"
    rf"|(?:In|On|From|Since|During) (?:early |mid-? ?|late |the |\d{{1,2}}(?:st|nd|rd|th)? )?{p.MONTH}\b|In [Ss]ection \d"
    rf"|(?:A|An|Some|Further|Minor|Additional) (?:new|further|small|minor|short|extra|additional|brief) [A-Za-z]"
    r"|Please (?:also )?[a-z]"
    rf"|New (?:{_THING}\b|Section \d)|See (?:also )?[A-Za-z]|(?:It|They|There|This) {_HAS}\b"
    r"|(?:Amended|Updated|Revised|Reviewed|Refreshed|Rewritten|Added) (?:throughout|to [a-z]{3}|in line|following|with|and)\b"
    r"|(?:Removed|Withdrawn|Deleted|Updated|Amended|Revised|Refreshed|Reviewed|Rewritten)\.$"
)
#: "Page 12: form replaced": a place in a chapter.
_PLACE = re.compile(
    r"(?:Pages?|Paragraphs?|Paras?\.?|Sections?|Appendix|Annex) \d[\d.]*(?: (?:and|to) \d[\d.]*)?", re.I
)
#: "Change: new form", "Reason: a new law": the label of details.
_LABEL = re.compile(
    r"(?:what(?:[’']s| has)? changed|(?:details?|summary|reasons?|nature)(?: (?:of|for) (?:the )?(?:change|amendment|update|revision)s?)?"
    r"|(?:change|amendment|update|revision|note|comment)s?(?: made)?)(?=:)",
    re.I,
)
_ARTICLE = re.compile(
    r"(?!A to Z)(?:A|An|The|This|These|Some|All|Any|It|They|Each|Our|We|You|There|Both|Several) [a-z“‘\"']"
)
#: "Following a peer review, …", "Where records are missing, …"
_CLAUSE = frozenset("After As Because Due Following For From If In On Since To Where When While With".split())
#: "The Policy on Drugs has been merged"
_ARTICLE_OF_NAME = re.compile(r"(?:A|An|The|This|These|Our) [A-Z]")
_DONE_WORDS = (
    r"added|updated|amended|changed|revised|refreshed|freshened|made|put|reviewed|rewritten|removed|replaced|moved"
    r"|merged|corrected|inserted|deleted|renamed|clarified|included|expanded|extended|introduced|withdrawn|developed|split"
    r"|re-?written|strengthened|simplified|shortened|aligned|archived|published"
)
_DONE = re.compile(rf"(?:{_DONE_WORDS})\b(?=[ ,.])", re.I)
_BEGINS_DONE = re.compile(rf"(?=[A-Z])(?!Put )(?i:{_DONE_WORDS})[,.]? (?=[a-z\d])")
_BEGINS_THING = re.compile(
    r"(?:Links?|Words?|Wording|Information|References?|Text|Contact details|Details?|Amendments|Changes|Meanings|Guidance"
    r"|Forms?|Templates?|Paragraphs?|Sentences?|Further|Additional|Minor|New|Some) [a-z]"
)
_VERB = re.compile(
    rf"\b(?:{_HAVE}|be|must|will|may|can|includes?|covers?|describes?|replaces?|sets?|explains?|names?|reflects?"
    rf"|takes?|gives?|holds?|adds?|changes|applies|{_DONE_WORDS})\b"
)
#: "Local Authority Designated Officers should be consulted."
_TELLS = re.compile(r"\b(?:should|must|needs?|applies|apply|will|please|refer|is|are|may|can)\b")
#: "Family Time: new chapter"
_NEW = re.compile(r"(?:an? )?(?:new|minor|small|major|full|no longer|links?|sections?)\b")
#: Words that a name has with a small letter.
_SMALL = frozenset(
    "a about across after against all an and any are around as at be been before being between but by can do does during for from go had has have if in into is it its not of off on or "
    "our out over s than that the their them they through to under until up upon via was were what when where which while who whom whose will "
    "with within without you your".split()
)
#: Words that no name ends with.
_UNENDED = frozenset(
    "a an and as at by between for from if in into of on or our the their to under via when where which who whose with within without your".split()
)
#: Nor with these, though a sentence may begin with them.
_OPENS = frozenset(("A", "An", "The", "This", "These", "In", "To", "For", "Of", "New", "See"))
#: What a sentence may be about that is no chapter.
_NO_NAME = re.compile(
    r"(?:Links?|Sections?|Paragraphs?|Appendix|Appendices|Annex|Further Information|Relevant|References?|Information|Guidance|Changes|Amendments"
    r"|Details|Forms?|Templates?|Part|Point|Rates?|Terms|It|They|This|These|The|We|There)\b"
)
_STOP = re.compile(r"[.;!]\s|[.;:!]$")
_ABBREVIATION = re.compile(r"\b(?:[A-Za-z]|St|No|Dr|etc|e\.g|i\.e|incl|Vol|Pt)\.$")
_QUOTES = str.maketrans("’‘“”–—", "''\"\"--")


class Split(NamedTuple):
    """A split line: the name, the details, how they were told apart, and the points."""

    name: str
    details: str
    by: str
    points: int


def folded(title: str) -> str:
    """A title for comparison, with plain quotes, dashes and spaces, in small letters.

    >>> folded("Children’s Homes – Visits & Stays"), folded("Modern Slavery.")
    ("children's homes - visits and stays", 'modern slavery')
    """
    return " ".join(title.translate(_QUOTES).casefold().replace("&", " and ").split()).rstrip(" .;:,-")


def known_titles(titles: Iterable[object]) -> frozenset[str]:
    """Titles for `split`. Values that are not text are left out."""
    return frozenset(folded(title) for title in titles if isinstance(title, str)) - {""}


@lru_cache(maxsize=10_000)
def details_points(text: str) -> int:
    """The points for a text being the details of an amendment, or their first sentence.

    >>> details_points("This chapter has been refreshed."), details_points("Pets in Foster Homes")
    (12, -8)
    """
    text = text[:_LONGEST]
    points = _beginning(text)
    points += TELLS if _tells(text) else 0
    points += VERB if _VERB.search(text) or _DONE.match(text) else NO_VERB
    return points + (0 if text[-1:] in ".:;!?)" or len(text) == _LONGEST else NO_STOP)


def is_sentence(text: str) -> bool:
    """Whether a text begins or ends as only a sentence does, and so is not a name with a sentence after it.

    >>> is_sentence("Please read it."), is_sentence("Managers should read it."), is_sentence("Moving House Homes changed.")
    (True, True, False)
    """
    return _beginning(text[:_LONGEST]) > 0 or _tells(text[:_LONGEST])


def _tells(text: str) -> bool:
    return text[-1:] == "." and bool(_TELLS.search(text)) and not _DONE.search(text)


def _beginning(text: str) -> int:
    if _OPENING.match(text):
        return OPENING
    if _ARTICLE.match(text):
        return ARTICLE
    if _BEGINS_DONE.match(text):
        return DONE
    if _ARTICLE_OF_NAME.match(text) and _VERB.search(text):
        return SENTENCE_LATER
    first, *others = text[:80].split()
    if not (first[0].isupper() or first[0].isdigit()) or first[-1] == ":":
        return 0
    later = next((i for i, word in enumerate(others) if _ordinary(word)), None)
    if later is None or not others[later][0].islower() or (others[later][0].islower() and first.isdigit()):
        return 0
    if first in _CLAUSE:
        return ARTICLE
    points = SENTENCE_LATER if later else SENTENCE
    return points + (THING if _BEGINS_THING.match(text) and _VERB.search(text) else 0)


def _ordinary(word: str) -> bool:
    """Whether a word is not a small word or a figure."""
    return word[0].isalpha() and word.strip(".,;:!?()'’").lower() not in _SMALL


def name_points(text: str, known: frozenset[str] = frozenset()) -> int:
    """The points for a text being a chapter's name.

    >>> name_points("Pets in Foster Homes"), name_points("Behaviour Panel Terms of"), name_points("A link was added.")
    (3, -9, -14)
    """
    if len(text) > _LONGEST:
        return ENDED
    return KNOWN if known and folded(text) in known else _set_as_name(text)


@lru_cache(maxsize=10_000)
def _set_as_name(text: str) -> int:
    words = text.split()
    small = sum(1 for word in words if word[0].islower() and _ordinary(word))
    points = max(SMALL_LETTERS, SMALL_LETTER * small) if small else SET_AS_NAME
    if unended(text):
        points += UNENDED
    stop = _STOP.search(text)
    if (stop and not _ABBREVIATION.search(text[: stop.start() + 1])) or len(words) > _LONGEST_NAME:
        points += ENDED
    return points


def unended(text: str) -> bool:
    """Whether a name cannot end here.

    >>> unended("Behaviour Panel Terms of"), unended("Children (Looked After"), unended("Moving On")
    (True, True, False)
    """
    last = text.rpartition(" ")[2]
    quoted = text[:1] in ("‘", "“", "'", '"') and not re.search(r"[’”'\"](?!\w)", text[1:])
    return last in _UNENDED or last in _OPENS or text[-1:] in ",&(-–" or text.count("(") > text.count(")") or quoted


#: "2.3 ", "1. ", "Chapter 2.3 "
_NUMBER = re.compile(r"(?:chapter )?(?:\d{1,3}(?:\.\d{1,3})+[a-z]?[.:]?|\d{1,2}[.)])\s+(?:[-–—]\s+)?(?=\S)", re.I)


def without_number(name: str) -> str:
    """A name without its number.

    >>> without_number("2.3 Staying Put"), without_number("1. Bullying"), without_number("16 Plus Team")
    ('Staying Put', 'Bullying', '16 Plus Team')
    """
    match = _NUMBER.match(name)
    return name[match.end() :] if match else name


#: What may stand between name and details on each row of a page, as a mark's own pattern.
_MARKS = {
    mark: re.compile(between)
    for mark, between in (
        ("–", r"\s+–\s+"),
        ("-", r"\s+-\s+"),
        ("—", r"\s+—\s+"),
        (":", r":\s+"),
        (".", r"\.\s+"),
        ("(", r"\s+\((?=[^()]+\)$)"),
    )
}
#: "Safe Sleep (baby boxes)", where the page has details in brackets.
_BRACKETED = re.compile(r"(\S[^()]*(?:\([^()]*\)[^()]*)?)\s\(([^()]+)\)")
#: "Put – rates", behind "Staying": the name goes on up to a mark.
_MARK_LATER = re.compile(r"(?:[A-Z]\S*\s|(?:and|of|the|for|in|to)\s){1,5}[-–—] [a-z]")
#: "has been amended to stress …", "now gives …", behind the link of a name.
_SAYS = re.compile(r"(?:has|have|is|was|now|includes?|gives?|covers?|sets?)\b")
_BREAK = re.compile(r"\s+(?:[-–—:]\s+)?|:\s+")
_BREAK_OR_STOP = re.compile(rf"{_BREAK.pattern}|\.\s+")


_FEWEST_MARKS = 3


def _is_before_mark(text: str, mark: str) -> bool:
    return name_points(text) == SET_AS_NAME if mark == "." else name_points(text) > details_points(text)


def _is_behind_mark(text: str) -> bool:
    return text[0].islower() or bool(_beginning(text) or _DONE.search(text) or _NEW.match(text))


def mark_of(rows: Iterable[str]) -> str:
    """The mark that stands between name and details on most of these rows. Empty if there is none.

    >>> mark_of(["Pets – form updated", "Visits – new chapter", "Moving On – links changed"])
    '–'
    >>> mark_of(["Pets. Rabbits are covered.", "Visits. Form updated.", "Moving On. From 16."])
    '.'
    """
    texts = [without_number(text)[:_LONGEST] for text in rows]
    for mark, between in _MARKS.items():
        parts = [text.partition(found[0]) for text in texts if mark in text and (found := between.search(text))]
        if len(parts) < _FEWEST_MARKS:
            continue
        named = [(name, back) for name, _, back in parts if name and back and _is_before_mark(name, mark)]
        if len(named) < _FEWEST_MARKS:
            continue
        telling = sum(mark == "." or _is_behind_mark(back) for _, back in named)
        names_alone = sum(not between.search(text) and name_points(text) > details_points(text) for text in texts)
        most = len(named) * 3 >= (len(texts) - names_alone) * 2
        if most and telling * 2 >= len(named) > names_alone:
            return mark
    return ""


_DOCUMENT = r"(?:chapter|page|procedure|policy|guidance|guide|protocol|document|briefing|toolkit|pathway|strategy|framework|agreement)"
_NAMED = r"[“\"‘']?((?=[A-Z\d“\"‘'])[^.;“”\"]{2,100}?)[”\"’']?"
_SAID = r"(?:has|have|is|was|were|are|now|includes?|replaces?)\b"
_SENTENCES = [
    re.compile(pattern)
    for pattern in (
        # "The chapter Safe Sleep has been rewritten.", "A new chapter, Safe Sleep, has been added."
        rf"(?:The|A|An|Our) (?:(?:new|revised|updated|existing|old|local|joint) )*{_DOCUMENT}s?(?:,|:| on| for| about| called| entitled| titled| named)? {_NAMED},? {_SAID}",
        # "The Safe Sleep chapter is new."
        rf"(?:The|Our) (?:(?:new|revised|updated|existing|old|local|joint) )*{_NAMED} {_DOCUMENT}s? {_SAID}",
        # "We have added a new chapter: Safe Sleep."
        rf"(?:(?:We|The team) (?:have|has) )?(?:{_DONE_WORDS}|[A-Z][a-z]+ed) (?:a|an|the|our) (?:new )?{_DOCUMENT}(?:,|:| on| for| about| called| entitled| titled| named)? {_NAMED}(?:\.(?: |$)|$)",
        # "Safe Sleep has been updated to reflect national guidance."
        rf"(?:The )?{_NAMED} (?:has|have|was|were) (?:now |also )?been (?:\w+ly )?(?:{_DONE_WORDS})\b",
        # "Safe Sleep is a new chapter."
        rf"{_NAMED} (?:is|was) (?:an? |now )?(?:brand )?new\b",
    )
]


#: "We have rewritten 'Safe Sleep'.", and the new name in "The name of 'Sleep' is changed to 'Safe Sleep'."
_QUOTED = re.compile(r"(\bto |\binto )?(?<!\w)[‘“'\"]((?=[A-Z\d])(?:(?!\s[‘“'\"]).){2,100}?)[’”'\"](?!\w)")


def _quoted(sentence: str) -> str:
    """The only name in quotes, or the one that another is changed to."""
    found = [(to, name) for to, name in _QUOTED.findall(sentence) if name_points(name) > details_points(name)]
    return found[-1][1] if found and (len(found) == 1 or found[-1][0]) else ""


def name_in(sentence: str) -> str:
    """The chapter that a sentence is about. Empty if it names none.

    >>> name_in("A new chapter, Safe Sleep, has been added."), name_in("The Young Carers procedure has been rewritten.")
    ('Safe Sleep', 'Young Carers')
    >>> name_in("We have put a form in 'Sleep'."), name_in("The name of 'Sleep' was changed to 'Safe Sleep'.")
    ('Sleep', 'Safe Sleep')
    >>> name_in("Private Fostering has been updated."), name_in("Links have been updated."), name_in("Section 3 has been updated.")
    ('Private Fostering', '', '')
    """
    if quoted := _quoted(sentence):
        return quoted
    for pattern in _SENTENCES:
        match = pattern.match(sentence)
        if match and name_points(match[1]) == SET_AS_NAME and not _NO_NAME.match(match[1]):
            return match[1].rstrip(", ")
    return ""


def split(text: str, known: frozenset[str], link_ends: int = 0, page_mark: str = "") -> Split | None:
    """The best split of a line into name and details, or None if there is no evidence for any.

    ``link_ends`` is the end of the line's first link, if it has one.

    >>> split("Panel Terms of Reference This chapter has been added.", frozenset())
    Split(name='Panel Terms of Reference', details='This chapter has been added.', by='wording', points=15)
    >>> split("Moving House Homes have numbers.", known_titles(["Moving House"]))[:3]
    ('Moving House', 'Homes have numbers.', 'titles')
    """
    if page_mark == "(" and (match := _BRACKETED.fullmatch(text)):
        return Split(without_number(match[1]), match[2], "page", KNOWN + MARK)
    best: Split | None = None
    start = len(text) - len(without_number(text))
    for mark in (_BREAK_OR_STOP if page_mark == "." else _BREAK).finditer(text[:_LONGEST]):
        if mark.start() < start:
            continue
        front, back = text[start : mark.start()], text[mark.end() : mark.end() + _LONGEST]
        marked = bool(mark[0].strip())
        if not front or not back or front[-1] in "-–—" or (back[0] == "(" and not marked):
            continue
        ends = link_ends in (mark.start(), mark.end())
        if back[0].islower():
            beginning = 0
            if marked:
                beginning = (
                    DONE if _NEW.match(back) or _DONE.match(back) else SENTENCE_LATER if _VERB.search(back) else 0
                )
            may_be = bool(beginning) or (ends and (marked or bool(_SAYS.match(back))))
        else:
            beginning = _beginning(back)
            may_be = bool(beginning) or marked or text[-1] in ".:;!?"
        if page_mark and mark[0].strip() == page_mark and _is_before_mark(front, page_mark):
            beginning, may_be = max(beginning, SENTENCE_LATER) + 2 * MARK + back[0].islower(), True
        if (
            not may_be
            or not (beginning or known or ends)
            or _PLACE.fullmatch(front)
            or _LABEL.match(text, start, mark.end())
        ):
            continue
        if not marked and _MARK_LATER.match(back):
            continue
        name = name_points(front, known)
        if not (beginning or ends or name == KNOWN):
            continue
        points = name + beginning + (MARK if marked else 0) + (LINK_ENDS if ends else 0)
        points += VERB if _VERB.search(back) else 0
        better = best is None or points > best.points or (points == best.points and name == KNOWN)
        if points > 0 and better:
            by = "page" if marked or ends else "titles" if name == KNOWN else "wording"
            best = Split(front, text[mark.end() :], by, points)
        if _STOP.search(front):
            break
    return best
