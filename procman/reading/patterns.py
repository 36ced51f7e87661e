"""Every pattern and marker word of the pages, each with a real example.

All patterns are linear: they have no nested repeats, so no line can make them slow.
"""

from __future__ import annotations

import re
import unicodedata

# --- characters -----------------------------------------------------------------------------------------------

#: What stands for a character, by its Unicode category: a plain space for any white space or control, nothing for invisible ones, and a
#: mark for lone surrogates.
_INSTEAD = {"Zs": " ", "Zl": " ", "Zp": " ", "Cc": " ", "Cf": "", "Cs": "\ufffd"}
#: The unusual characters below the highest that has a use, and what stands for each. Line ends do not change.
CHARACTERS = {
    mark: _INSTEAD[category]
    for mark in map(chr, range(ord("\ufffe")))
    if (category := unicodedata.category(mark)) in _INSTEAD and mark not in " \n\r"
} | {"\t": "    ", "\ufffe": "", "\uffff": ""}
#: With invisible letters, of which flags of regions are made.
UNUSUAL = re.compile(f"[{''.join(CHARACTERS)}\U000e0000-\U000e007f]")

#: Line ends of word processors and old systems: vertical tab, form feed, NEL, U+2028, U+2029.
ODD_LINE_END = re.compile("[\v\f\x85\u2028\u2029]")
#: "> 1.1 Title": a page quoted in an e-mail.
QUOTED = re.compile(r"\s{0,3}>[> ]{0,9}")
#: "12": a page number on a line of its own.
PAGE_NUMBER_ALONE = re.compile(r"\s*(\d{1,3})\s*")
#: "  6   Foreword": a page number in front of its title, and the head of a column of them.
FIRST_PAGE_NUMBER = re.compile(r"\s*(\d{1,3})\s+(?=[^\W\d_]|\d{1,2}\.?\s)")
PAGE_HEAD = re.compile(r"\s*(?:page|pg|p)\b\.?", re.I)
#: "Foreword 6": a page number behind a single blank, where the page has a column of them.
PAGE_NUMBER_CLOSE = re.compile(r"(?<=[^\s.]) (\d{1,3})\s*$")
#: "Kinship Carers' Guide     ii": the foot of a printed page, which comes again with another number.
PAGE_FOOT = re.compile(r"\s*(\S.*?)(\s{3,}|\W*\bpage\s*|\s)(?:\d{1,3}|[ivx]{1,5})(?: of \d{1,3})?\s*", re.I)
#: "ii", "12", "Page 2 of 3", "- 2 -": the number below the words of a page's foot.
PAGE_OF_FOOT = re.compile(r"\s*(page |[-–—] ?(?=\d+ ?[-–—]))?(?:\d{1,3}|[ivx]{1,5})(?: of \d{1,3}| ?[-–—])?\s*", re.I)
#: ".                  2": a page's number behind marks.
MARKED_NUMBER = re.compile(r"\W+\d{1,3}\W*")
#: "Title          12", "Title  iv", "Title ...... 12", "Title … 12": the page number of a printed contents list, behind a gap or dots.
PAGE_NUMBER = re.compile(r"(?<![ .…])(?: {2,}| ?[.…][ .…]{2,}| ?… ?)(?:p\.? ?|page )?(\d{1,4}|[ivxl]{1,6})$")

# --- numbers --------------------------------------------------------------------------------------------------

#: "1.1.1 Title", "1.1Title", "1. Section", "1: Section", "1.2.1a Title": the longest run that could be a number.
NUMBER = re.compile(r"(\d{1,9}(?:\.\d{1,9}){0,9})(\.|[):](?=\s)|)(?![²³¹⁰⁴-⁹])")
#: "A1.2 Title", "A.1 Title", "A1.2a Title", "A1.2(b) Title", "B2. Section", "C. Section", "C Section": a letter first, where the page numbers so.
LETTERED = re.compile(
    r"([A-Z](?:\.?\d{1,3}(?:\.\d{1,3}){0,6}(?:[a-z]|\([a-z]\))?|(?=\.\s| [A-Z])))(\.|:(?=\s)|)(?=\s|[A-Z]|$)"
)
#: A cell, span or line that is nothing but a number: "1.1", "1.2.1a", "1.2(a)", "4.", "A1".
ONLY_NUMBER = re.compile(r"[A-Z]?\d{1,4}(?:\.\d{1,4}){0,9}(?:[a-z]|\([a-z]\))?\.?")
#: "1.2.1a Urgency codes", "1.2(a) Paper": a letter belongs to the number when a blank, a capital or nothing follows.
SUFFIX = re.compile(r"[a-z](?=\s|[A-Z]|$)|\([a-z]\)(?=\s|$)")
#: "3a Consent", "3a. Consent": the same behind a number without a dot.
SINGLE_SUFFIX = re.compile(r"([a-z])(?:\.?(?=\s)|$)")
#: "1.1.2eSafety", "1.3iPads": a small letter that belongs to the title.
LETTER_OF_TITLE = re.compile(r"[ei][A-Z]")
#: "1.2.1A Title", after 1.2.1: a capital may be the number's.
CAPITAL_SUFFIX = re.compile(r"([A-E]) (?=\S)")
#: "No. 3", "OMG 12": a number behind a word, in a column of its own.
WORDED_NUMBER = re.compile(r"[A-Z][A-Za-z]{0,11}\.? \d{1,4}[a-z]?")
#: "1.", "2.": Quick Links whose words were pictures.
BARE_NUMBER = re.compile(r"\d{1,2}\.?")
_SPELLED = "(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
#: What a page may print as a number, alone or behind a word: "1.2.1a", "1.2(b)", "A1.2", "4.", "B", "IV", "Section 1", "Part Two".
ANY_NUMBER = re.compile(
    rf"(?:[A-Za-z]{{3,12}} )?(?:[A-Za-z]?\.?\d{{1,9}}(?:\.\d{{1,9}}){{0,9}}(?:[A-Za-z]|\([A-Za-z]\))?|[A-Za-z]|[IVX]{{1,5}}|{_SPELLED})\.?"
)
#: "PART B1: General Guides", "Part 2 - Practice", "SECTION A: Core", "Part One: Core", "Chapter Two – Support".
PART = re.compile(
    rf"((?:PART|Part|SECTION|Section|VOLUME|Volume) (?:[A-Z]\d{{0,2}}|\d{{1,2}}|[IVX]{{1,5}}|{_SPELLED})|(?:CHAPTER|Chapter) {_SPELLED})"
    r"\s?(?::\s?|\.\s|[–—-]\s?(?!\d))(?=\S)"
)
#: "Chapter 1 | Services & Roles", "Chapter 1": a part, and a bar before its title, or the title on the next line.
BARRED_PART = re.compile(
    rf"((?i:part|section|volume|chapter|unit|module|theme|book) (?:[A-Z]\d{{0,2}}|\d{{1,2}}|[IVX]{{1,5}}|{_SPELLED}))(?:\s?\|\s?(?=\S)|$)"
)
_WORDED = "(?:PART|Part|SECTION|Section|VOLUME|Volume)"
#: "SECTION 1 CORE POLICY", "Section 1", "Theme 2: Care", "Standard One – Care", "I. Core Policy", "A) Policy", "A – Policy": parts
#: where the page counts them, unlike "Section 47 Enquiries".
COUNTED_PART = re.compile(
    rf"({_WORDED}|[A-Z][a-z]{{2,11}}|[A-Z]{{3,12}}) (\d{{1,2}}|[A-Z]|[IVX]{{2,5}}|{_SPELLED})(?!\w|\.\d)\s?[:.)–—-]?\s*"
    r"|()([A-Z]|[IVX]{2,5})(?:[.):]|\s[–—-])\s+(?=\S)"
)
#: "3A: Placements", "3B Contact": parts of a section, where the page counts them by letters.
LETTERED_PART = re.compile(r"(\d{1,2})([A-Z])(?:[.:)]|\s[–—-])?\s+(?=\S)")
#: "Annex A – Forms", "Appendix 2 Law", "Form 3": a word that counts rows.
COUNTED_ROW = re.compile(rf"([A-Z][A-Za-z]{{2,11}}) (?:\d{{1,2}}|[A-Z]|[IVX]{{1,5}}|{_SPELLED})\b(?! \d{{4}})")
#: "Chapter 3 – Assessment", "Chapter 1.1: Values", where more than one line goes so.
CHAPTER = re.compile(r"(?:Chapter|CHAPTER) (\d{1,3}(?:\.\d{1,3}){0,4})\s?[:.–—-]\s?(?=\S)")
#: "1.1 - Values", "1.1: Values": what stands between a number and its title.
AFTER_NUMBER_MARK = re.compile(r"[:–—-]\s+(?=[^\sa-z])")
#: "1. 1.1.1Title": the ordinal that a browser's copy of a numbered list puts before the page's own number.
ORDINAL = re.compile(r"\d{1,3}\.\s+(?=\d{1,3}\.\d)")
#: "1. Children's Services": the ordinal left inside an item after its number was told.
INNER_ORDINAL = re.compile(r"\d{1,3}\.\s+(?=\D)")
#: "1.1 Title", "1.1Title"
DOTTED = re.compile(r"\d{1,3}\.\d")
#: "1.1.1 1. Children's Services": the same behind a number of its own element.
AFTER_NUMBER = re.compile(r"[\d.]+[a-z]?\s+\d{1,3}\.\s+(?=\D)")
#: "- Title", "• Title", "* Title", and a picture of a folder or document before a title.
BULLET = re.compile(
    r"([-–—−•·*●▪◦‣○■+＋>»›➢➤►▶▸▾▼✓✔❖□\uf0a7\uf0b7\uf0d8]|o(?= [A-Z]))\s+(?=\S)|([−•●▪◦‣○■＋➢➤►▶▸▾▼✓✔❖□\uf0a7\uf0b7\uf0d8])(?=\S)"
    r"|([\U0001f4c1-\U0001f4dd\U0001f5b9-\U0001f5ce\U0001f5d0-\U0001f5d3])\ufe0f?\s*(?=\S)"
)
#: "a) Title", "(b) Title", "ii) Title", "a. Title": rows counted by small letters under another.
LETTER_ORDINAL = re.compile(r"(\(?[a-z]{1,3}\)|[a-z]\.)\s+(?=[A-Z])")
#: "## Section": pages saved as Markdown.
HASHES = re.compile(r"(#{1,6})\s+")
#: "[Title](address)"; an address ends where another link begins, so that none is looked through twice.
MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,500})\]\(((?:[^\s)\]]|\](?!\()){1,2000}+)\)")
#: "|---|---|"
RULE = re.compile(r"[-–—_=*|:\s]{3,}")

# --- dates ----------------------------------------------------------------------------------------------------

MONTHS = "January February March April May June July August September October November December".split()
MONTH_NUMBERS = {name.lower(): i for i, name in enumerate(MONTHS, 1)}
MONTH_NUMBERS |= {name[:3].lower(): i for i, name in enumerate(MONTHS, 1)} | {"sept": 9}
MONTH = (
    "(?:"
    + "|".join([*MONTHS, "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"])
    + ")"
)
_YEAR = r"(?:19|20)\d\d"
#: "February 12, 2025"; "12 February 2025"; "12th Feb 2025"; "12/02/2025"; "2025-02-12".
DAY_DATE = (
    rf"(?:{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {MONTH},? {_YEAR}"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}|{_YEAR}-\d\d-\d\d)"
)
#: "February 2017"
MONTH_DATE = rf"{MONTH}\.?,? {_YEAR}"
ANY_DATE = re.compile(rf"(?:{DAY_DATE}|{MONTH_DATE})")
#: "Making an AssessmentFebruary 12, 2025": after a title, glued or not.
TRAILING_DAY_DATE = re.compile(rf"(?<![(/.])((?<!\d){DAY_DATE}|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR})$")
#: "TitleSeptember 2016": a month alone is the chapter's date only when glued ("Early Help Plan April 2021" is a title).
GLUED_MONTH_DATE = re.compile(rf"(?<=[^\s(\[/–-])({MONTH_DATE})$")
#: "Reviews 01/05/2024 01/05/2026": the date of the next review, behind the chapter's.
NEXT_DATE = re.compile(rf"(?:({DAY_DATE}) {DAY_DATE}|({MONTH_DATE}) {MONTH_DATE})$")
#: "July 2017", "Second Working Manual, March 2012", "Manual Version: 2 (29/04/2008)", "Version 3 - June 2016",
#: "This manual was last updated in March 2023. It …"; but "Last updated: March 2023" may be the web page's own date.
EDITION_LINE = re.compile(
    rf"^(?:(?:edition|version|manual version|issue|issued|published|revised|as at|date|v\d+)?[\s:\d.,–-]*)?\(?({DAY_DATE}|{MONTH_DATE})\)?$"
    rf"|\b(?:manual|version|edition|issue)\b.{{0,40}}?({DAY_DATE}|{MONTH_DATE})\)?$"
    rf"|\bmanual (?:was |has been )?(?:last )?(?:updated|amended|revised|issued|published)(?: on| in)?:? ({DAY_DATE}|{MONTH_DATE})\b",
    re.I,
)

#: "Procedures Manual (4th edition, ": what is left of a bracket with a date.
OPEN_BRACKET = re.compile(r"\([^()]*$")
#: "Sixth edition"
EDITION = re.compile(r"\b(?:edition|version|issue)\b", re.I)
#: "Manual Version: 2"
VERSION = re.compile(r"\bversion\b", re.I)

# --- flags ----------------------------------------------------------------------------------------------------

_FLAG = r"(?:New|NEW|Updated|UPDATED|Amended|AMENDED|Revised|REVISED)"
#: "12.03.24", "06/24", "06/2024": only behind a flag, for elsewhere it may be a number.
_SHORT_DATE = r"\d{1,2}[/.]\d{1,2}[/.]\d\d|\d{1,2}/(?:20)?\d\d(?!\d)"
_FLAG_DATE = rf"{DAY_DATE}|{MONTH_DATE}|{_SHORT_DATE}"
#: "Bullying updated", where a date follows.
SMALL_FLAG = re.compile(r"\s(?:new|updated|amended|revised)$")
#: "Updated February 2017", "REVISED 06/24": a date that counts only after a flag.
TRAILING_FLAG_DATE = re.compile(rf"\s({MONTH_DATE}|{_SHORT_DATE})$", re.I)
#: A cell, badge, image text or line that is nothing but a flag: "Updated", "NEW", "(New)", "– Update", "new!", "Added 7 May 2024".
ONLY_FLAG = re.compile(
    rf"[-–—*(\[\s]{{0,3}}(new|updated?|amended|revised|added(?=.*\d))(?: (?:chapter|procedure|policy|icon|on|in)){{0,2}}[\s*!:.,–-]{{0,3}}({_FLAG_DATE})?[)\]*!\s.]{{0,3}}",
    re.I,
)
#: "Assessments Updated", "Privacy NEW", "Agreement – Updated", "Title *New*", "ReferralsUpdated", "Referrals – updated".
TRAILING_FLAG = re.compile(
    rf"(?:(?:\s[-–—]\s?|\s|(?<=[^\sA-Z(\[/–-])|(?<=[A-Z])(?=New|Updated)|^)(?:\*{{1,3}}\s?)?{_FLAG}|\s[-–—]\s?(?:new|updated|amended|revised))"
    r"(?: on)?(?:\s?\*{1,3})?[!:]?$"
)
#: "NEW: Family Hubs", "*NEW* Family Hubs", "UPDATED - Referrals": a flag in front; "New Arrivals" is a title.
LEADING_FLAG = re.compile(
    rf"(?:(?:NEW|UPDATED|AMENDED|REVISED|{_FLAG}(?=\s?[:!]))[\s:!–—-]{{1,3}}|[*(\[]{{1,2}}{_FLAG}[*)\]!]{{1,3}}\s?)(?=[^\sa-z]\S*[a-z])"
)
#: "a ****** b": emphasis of nothing.
EMPTY_EMPHASIS = re.compile(r"\*{4,}")
#: "**Updated**", "*under review*": stars around words are emphasis.
EMPHASIS = re.compile(r"(?<![^\s(\[–—-])\*{1,2}([^*\s][^*]{0,200})\*{1,2}(?![^\s.,;:!)\]])")
#: "(last updated Mar 2024)", "– reviewed April 2023": the chapter's date, but no flag of this edition.
DATED = re.compile(
    rf"(?:\s?[(\[]|\s[-–—]\s?)(?:last (?:updated|amended|revised|reviewed)|reviewed|issued|published)(?: on| in)?:? ({_FLAG_DATE})[)\]]?$",
    re.I,
)
#: "new", "updated": a word of a flag.
ANY_FLAG = re.compile(r"\b(?:new|updated|amended|revised|changed)\b", re.I)
#: "What's New" is a title, not a flag.
NOT_A_FLAG = re.compile(r"\b(?:what[’']?s|what is|the|an?|something|anything|brand|and|or)$", re.I)

# --- notes ----------------------------------------------------------------------------------------------------

_FILE_TYPE = r"(?:pdf|(?:ms |microsoft )?(?:word|excel|powerpoint)|docx?|xlsx?|pptx?|odt|ods|rtf|csv|html|web ?page)"
_FILE_SIZE = r"[\d.,]{1,6} ?(?:[kmg]b|bytes)"
#: "PDF 120KB", "Word document", "PDF, 401KB, 22 pages", "1.2 MB": a file's type and size.
FILE = (
    rf"(?:{_FILE_TYPE}(?: (?:doc|document|file|version|format|spreadsheet|presentation))?(?:[\s,:;–-]{{1,3}}{_FILE_SIZE})?|{_FILE_SIZE})"
    r"(?:[\s,–-]{1,3}\d{1,4} pages?)?"
)
#: "PDF, 120KB, reviewed May 2024": a file's type and size, and another field.
FIRST_FILE = re.compile(rf"({FILE}), (?!\d)(.+)", re.I)
#: The same on a line or in a cell of its own.
FILE_HINT = re.compile(rf"[(\[]?{FILE}[)\]]?", re.I)
#: "Bullying – Jan 2023", "Bullying ... v2", "Bullying v2.1": the last part of a line, behind a dash, bar or dots, or a version or kind of file.
LAST_PART = re.compile(
    r"(?:\s[-–—|·]|\s?(?<!\.)\.{3,60}|…)\s{1,3}((?:(?!\s[-–—|·]\s|\.\.\.|…).){1,60})$|\s(v\.?\d{1,2}(?:\.\d{1,2})?|PDF|Word|Excel|PowerPoint|HTML|DOCX?|XLSX?|PPTX?)$"
)
#: "SGC01 Bullying", "SGC 01: Bullying", "Policy 2a - Bullying", "2a Bullying", "1/2 Bullying": the first word or two, and the mark behind.
FIRST_WORDS = re.compile(
    r"([A-Z][^\s:]{1,19}(?: \d{1,3}[a-z]?)?|\d{1,2}[a-z]|\d{1,2}/\d{1,2})(?:\s?[:–—|]|\s-)?\s+(?=\S)"
)
#: "Area: Fostering", "Theme – Court": a label before a name.
LABELLED = re.compile(r"([A-Z][a-z]{2,15}(?: [a-z]{2,12})?)\s?:\s(\S.{0,100})")
#: "Last reviewed: March 2024", "Reviewed March 2024", "14 May 2024": what is before a date or value, in most cases its label.
LABEL = re.compile(rf"(?:(?!\b{MONTH}\b)[^\d:])*")
#: "Topic : Health (4)", "Health (4)", "Health (4 documents)": the name of a group, and the number of its rows.
GROUP = re.compile(
    r"(?:[A-Z][\w ]{1,25}?\s?:\s)?(\S.{0,100}?) \((\d{1,3})( (?:chapter|document|file|item|polic|procedure)\w*)?\)"
)
#: "Last approved", "Date issued": what a label of a date says, if it is in no list.
CHANGED = re.compile(
    r"(?:page |document |date )?(?:last )?(?:updated|reviewed|revised|published|amended|modified|approved|changed|issued)",
    re.I,
)
#: What is between the cells of a table made with spaces, and between a full cell and the next.
GAP, SMALL_GAP = re.compile(r"(?<=\S) {3,}(?=\S)"), re.compile(r"(?<=\S)  (?=\S)")
#: "PDF 188KB | Last reviewed: May 2024", "Reviewed: 14 May 2025. Next review: May 2026": what divides the fields of a line.
FIELD_MARK = re.compile(r"\s[-–—|·•]\s|;\s|(?<=\d{4})\.\s+(?=[A-Z][a-z ]{2,30}:)")
#: "Consent PDF 188KB": a file's type and size behind a title.
TRAILING_FILE = re.compile(rf"\s({_FILE_TYPE}[\s,:;–-]{{0,3}}{_FILE_SIZE})$", re.I)
#: "Consent PDF 188KB opens new window": how the link opens, behind a title.
TRAILING_LINK_HINT = re.compile(
    r"[\s,–—-]{1,3}(?:link )?opens? (?:in |as )?(?:an? )?(?:new|another) (?:window|tab)$", re.I
)
#: "1 2 3 Next", "« Previous 1 2 … 9 Next »": the links to the pages of a list.
PAGER = re.compile(
    r"(?=.*[a-z])(?:(?:first|prev(?:ious)?|next|last|pages?|of|\d{1,3}|[«»‹›<>←→…]|\.\.\.)(?:\s+|$)){2,}", re.I
)
#: "Consent.docx": the ending of a file's name.
FILE_ENDING = re.compile(r"(?<=[^\s./])\.(?:pdf|docx?|docm|xlsx?|xlsm|pptx?|odt|ods|rtf|msg|vsdx?)$", re.I)

NOTE = (
    r"(?i:to follow|to be (?:added|confirmed|advised|developed|published|updated|agreed|inserted)\b.*"
    r"|(?:now |currently |still |presently )?under (?:review|development|construction|revision)\b.*"
    r"|(?:currently |now )?being (?:reviewed|updated|revised|developed|rewritten)\b.*|awaiting .*|coming soon"
    r"|links? to .*|(?:please )?(?:see|refer to) .*|not (?:yet )?(?:available|in use|applicable)\b.*|internal only"
    r"|(?:local|regional)(?: (?:information|version|only))?)"
    r"|(?:currently |now )?in (?:development|draft|preparation)\b.*|(?i:draft)|(?i:(?:this )?(?:chapter|procedure|policy) (?:has been|was|is) .*)|pending\b.*|(?:withdrawn|archived|removed|deleted)\b.*|no longer .*"
    r"|[Ll]ocal (?:procedures?|polic(?:y|ies)|guidance|arrangements?|contents?|documents?|protocols?|links?)"
)
#: "reviewed", "last reviewed on 1 March 2024"
_REVIEWED = rf"(?i:(?:last )?reviewed(?: (?:on |in )?(?:{DAY_DATE}|{MONTH_DATE}))?)"
#: "Radicalisation Next review: June 2025", "Consent - Review date: 01/02/2025", "Consent Last reviewed March 2024": a date that is not
#: the one on which the chapter was changed.
REVIEW_NOTE = re.compile(
    rf"(?:\s|(?<=[a-z0-9)\]]))[-–—(\[]?\s?((?i:(?:date of )?(?:next|last) review(?:ed)?(?: date| due| on)?|review (?:date|due)(?: date| on| by)?)"
    rf"\s?[:–-]?\s?(?:{DAY_DATE}|{MONTH_DATE}|{_YEAR}))[)\]]?$"
)
#: "Local Protocols for Assessment - to follow", "Plan – Under Review", "… - link to local procedures".
DASH_NOTE = re.compile(
    rf"[-–—]\s?({NOTE}|(?<=\s[-–—]\s)[a-z][\w ]{{2,60}} to follow|(?<=\s){_REVIEWED}|(?<=\s[-–—]){_REVIEWED})$"
)
#: "Strategy Talks Under Review", "Listening to ChildrenUnder Review", "… now under review with the Partnership".
PLAIN_NOTE = re.compile(
    r"(?<! is)(?<! are)(?<! kept)(?:\s|(?<=[a-z0-9)\]’'”?!.]))"
    r"((?:(?:[Nn]ow|[Cc]urrently) )?[Uu]nder [Rr]eview(?: (?:with|by|pending|until|following|as|from)\b.*)?"
    r"|UNDER REVIEW|N\.?B\.?:?\s.+|to follow|TO FOLLOW|[Cc]oming soon)$"
)
#: What any of these has, for a quick look: plain words, each beginning with a letter that few titles have.
NOTE_HINT = re.compile(r"-|–|—|view|VIEW|N\.?B|follow|FOLLOW|ming soon")
#: "- to follow", "Under Review", "N.B. …" on a line of its own.
NOTE_START = re.compile(
    r"(?:[-–—] ?)?(?:(?:next|last) review|review (?:date|due)|to |now |(?:currently|still|under|being|in|awaiting|pending|links?|please|see|refer|not) |local|n\.?b\.?|coming|draft|withdrawn|archived|internal)",
    re.I,
)
#: "Procedure to follow" is a title.
NOT_TO_FOLLOW = re.compile(
    r"\b(?:procedures?|steps?|process(?:es)?|guidance|rules?|actions?|what|how|pathways?|protocols?)$", re.I
)
#: What a bracket behind a title holds when it is a remark: "(Only used in Ousewell)", "(see Library)", "(PDF)".
NOTE_WORDS = re.compile(
    rf"(?:{NOTE}|{_REVIEWED}|N\.?B\.? .*|only .*|.* only|.*\bonly (?:used|for|in) .*|external (?:link|site).*|{FILE})$",
    re.I,
)
#: "(intranet access is required)", "(requires VPN)": what a bracket says of how to reach a chapter, in small letters.
ACCESS_NOTE = re.compile(
    r"(?:[a-z]|IT |VPN|NHS)[^()]*\b(?:intranet|password|access|VPN|restricted|log ?in|log ?on|logged in|sign in|account|username|registered)\b[^()]*|"
    r"(?:intranet|password|access|VPN|restricted|log ?in|log ?on|sign in|account|username|registered)\b[^()]*|opens in (?!a new|new|another).*"
)
#: "(opens in a new tab)": about the link, not the chapter.
LINK_HINT = re.compile(r"(?:link )?opens? (?:in |as )?.{0,40}(?:window|tab|site)", re.I)

# --- publishers -----------------------------------------------------------------------------------------------

#: "(GOV.UK)", "(House of Commons Library)", "(Oxfordshire Safeguarding Children's Board Procedures Manual)":
#: words that name a body or its publication, unlike "(Section 47)" or "(Including Overnight Stays)".
PUBLISHER = re.compile(
    r"(?i:\bweb ?site\b|\bweb ?pages?$|\bgov\.uk\b|\b(?:www|https?)\b|\.(?:org|com|net|co|nhs)\b)"
    r"|[A-Z]\S* (?:\w+ )?(?:Library|Partnership|Board|Council|Network|Foundation|Commission(?:er)?|Society|Trust|Charity|Agency"
    r"|Government|CAMHS|Police|Constabulary|ICB|CCG|Alliance|Inspectorate|Judiciary|Consortium)\b(?!.*\b(?:and|or|including|of)\b)"
    r"|\bProcedures? Manual\b|\bSafeguarding\b.*\b(?:Procedures|Guidance|Manual|Arrangements|Hub)\b"
    r"|^(?:Partnership|Board) (?:Procedures|Manual|Website)\b|\S (?:Child Protection|Children|Safeguarding|SCB|SCP|LSCB|LSCP|Partnership|Board) (?:Procedures|Manual|Website)\b"
    r"|\b(?:Department|Ministry|Association|Institute|House|College|Society|Council|Commission) (?:for|of)\b"
    r"|\bHome Office\b|\bHM (?:Government|Treasury|Courts)\b|\bFamily Rights Group\b|\bSkills for\b|\bCommissioner[’']s Office\b"
    r"|\bYouth Justice Board\b|\bCrown Prosecution\b|\bPublic Health England\b|\bNHS England\b|^NHS [A-Z]|\bResearch in Practice\b"
    r"|\bNational Crime Agency\b|^(?:One Adoption|Adopt)(?: [A-Z]|$)|\bCentre (?:of|for) [A-Z]"
)
#: "(National Data Guardian)", "(Wolds Regional Commissioning Team)": capitals that name a body, behind a cross reference.
NAMED_BODY = re.compile(r"(?=(?:\S+ )+)[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|and|of|for|the|in|&))* [A-Z][\w’'.-]*")
#: "(hosted by Wessmoor Safeguarding Children Partnership)"
HOSTED = re.compile(r"(?:hosted|published|provided|maintained) (?:by|on) (?:the )?(?=\S)", re.I)
#: "This chapter is hosted by the Wessmoor Safeguarding Children Partnership.", "Hosted by Wessmoor SCP": a line below a chapter.
HOST_LINE = re.compile(
    r"(?:(?:this|these) (?:chapter|procedure|policy|guidance|section|document)s? (?:is|are) )?(?:now )?hosted (?:by|on) (?:the )?(\S.{0,150}?)\.?",
    re.I,
)
#: "Core Groups – hosted by the Wessmoor Safeguarding Children Partnership"
DASH_HOSTED = re.compile(rf"\s[-–—]\s?{HOSTED.pattern}(.+)$", re.I)
#: Bodies known by their initials alone: "(DfE)", "(ADCS)".
BODIES = frozenset(
    "DfE DFE DfES DCSF DH DoH DHSC HMG MoJ MOJ HMCTS HMPPS YJB ADCS BAAF CoramBAAF Coram NSPCC SCIE NICE CEOP Ofsted "
    "OFSTED CQC Cafcass CAFCASS BASW LGA RCPCH GMC ICO CPS NCA NPCC ACPO UKVI FCO FCDO HMRC DWP MHCLG DLUHC EHRC WHO "
    "UNICEF NHS NHSE RCN NMC TACT FRG Barnardo's Barnardos Barnardo’s tri.x PHE JCS AFA Kinship Become "
    "Legislation.gov.uk legislation.gov.uk".split()
)
#: "(Lakeborough SCP)", "(MKSCB)": a named board or partnership by its initials; "(LSCB)" alone explains a title's words.
BOARD_INITIALS = re.compile(
    r"(?:\S (?:LSCB|LSCP|SCB|SCP|SAB)|\b(?!L?SC[BP]\b)[A-Z]{1,6}SC[BP])\b(?: (?:Procedures|Manual|Website|Guidance))?$"
)
#: "(Section 47)", "(HBV)", "(Including Overnight Stays)", "(2019)": a bracket that is the title's own wherever its link ends.
TITLE_BRACKET = re.compile(
    r"\d|[A-Z&/ -]+$|(?i:s\.? ?\d|(?:section|regulations?|regs?|standards?|schedule|part|stage|form|annex|appendix|aged?|under|over|including|incl|formerly"
    r"|previously|also)\b)"
)
LAST_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,300})[)\]]$")
WHOLE_BRACKET = re.compile(r"[(\[]([^\n]{1,300})[)\]]\.?$")

# --- cross references -----------------------------------------------------------------------------------------

#: "See also: …", "See also …", "Also see: …", "See: …"
SEE_ALSO = re.compile(r"(?:see also|also see)\b\s?[:;–-]?\s?|see\s?:\s?", re.I)
#: "Please see: …", "Please also see …", "Please refer to …", "Please read with the …", "Please read in conjunction with …".
PLEASE_SEE = re.compile(
    r"please (?:also )?(?:see|refer to|read)\b(?: also| this)?(?: (?:together|in conjunction|alongside))?(?: with)?(?: the(?= (?-i:[A-Z])))?\s?[:;–-]?\s?",
    re.I,
)
#: "For money matters, please see the Kinship Finance Guide": a cross reference behind what it is for.
FOR_SEE = re.compile(
    r"for [^:.]{2,80}[, ] ?(?:please (?:also )?(?:see|refer to)|(?<=, )see|see(?=:))(?: the(?= (?-i:[A-Z])))?\s?:?\s?",
    re.I,
)
#: "See more papers in the Library, including:", "Further reading:", "For local procedures, please see:": what a list of cross
#: references follows.
LEAD_IN = re.compile(
    r"(?=.*(?:\bsee\b|\bread(?:ing)?\b|\brefer\b|\binclud\w+|\brelated\b|\bfurther\b|\buseful\b|\bmore\b|\bother\b|\blinks?\b))"
    r".*(?::|\binclud(?:e|es|ing)(?: the following)?)$",
    re.I,
)
#: "Taking Part Tool;", "My Mind.", "Consent; and": how items of a list in a sentence end.
LIST_END = re.compile(r"(?:[;,.]|[;,] and|[;,] or)$")
#: Words of a sentence, which a title hardly has.
SENTENCE_WORD = re.compile(
    r"\b(?:is|are|was|were|be|been|can|will|must|should|may|has|have|please|you|your|we|our|us|these|this|they|them|below|here|which|who|click)\b",
    re.I,
)
#: "(Please note: …)", "[NOTE: …]": a note of the page in brackets.
BRACKETED_NOTE = re.compile(r"[(\[]\s?(?:please note|note\b|n\.?b\.?\b|important\b)", re.I)
#: "Domestic Abuse: see the Partnership's Procedures": an unnumbered line that only sends the reader on.
SEE_OTHER = re.compile(r"[^:]{2,120}[:;–-]\s?see (?!also)\S.*", re.I)
#: "and Helping Early: What Is Offered" goes on with the cross reference above it.
AND = re.compile(r"(?:and|&)\s(?=\S)")

# --- titles ---------------------------------------------------------------------------------------------------

#: "Health Care Assessments and", "Placements, Plans &": a title that goes on in the next line, but not "Settling in".
GOES_ON = re.compile(r"(?:\s(?:and|or|of|by|from|a|an|the|with|for|&)|.{30}\sin|,)$")

# --- furniture ------------------------------------------------------------------------------------------------

#: "Quick Links:", "Quick Links: 1 2 3", "On this page"
QUICK_LINKS = re.compile(r"quick ?links?\b\s*:?|(?:on|in) this (?:page|section):?$|jump to(?: section)?:?$", re.I)
#: "What's New", "Recently updated procedures": a box that names chapters of the contents once more.
NEWS = re.compile(
    r"what(?:[’']?s| is) new(?: in (?:the manual|this (?:edition|update)))?|(?:latest|recent) (?:updates|changes|additions)|(?:recently|newly) (?:updated|added|amended)(?: chapters| procedures)?"
    r"|(?:new and updated|new|updated) (?:chapters|procedures|policies|in this (?:edition|update|version))",
    re.I,
)
#: "Latest news", "Need help?", "In this section": the first line of a box beside the list.
BOX = re.compile(
    r"(?:(?:latest |our |recent |more )?news(?: and events| & events)?|(?:upcoming |forthcoming |our )?events|(?:quick )?contacts? us|quick contacts?|get in touch|need (?:some |more )?help"
    r"|(?:most )?(?:popular|viewed)(?: pages| links)?|useful links|you (?:may|might) also .{3,30}|in this section|see also|also in this section|related .{3,20}|opening (?:times|hours)|follow us.{0,20}|training|have your say)\s?[?:]?",
    re.I,
)
#: "NOTE: The Screening Service is now …", "Please note that …", "N.B. …"
PROSE = re.compile(
    r"(?:please note|note\s?[:;–-]|note that|n\.?b\.?[\s:]|important\s?:|disclaimer\b|click\b|this (?:contents|manual|site|website|page)\b|these \S+ \S+ pages\b|please (?:use|press)\b|welcome to\b(?=.*(?:[.!:]$|(?<!to the )\b(?:manual|handbook|procedures|policies|site|website|page|guide)\b)))",
    re.I,
)
#: "Caption: Fostering", but not "Caption: contents list 1": what a table is called, in a page copied as text.
CAPTION = re.compile(r"caption:\s+(?!contents\b)(\S.*)", re.I)
#: "----", ". . .": marks without words.
ONLY_MARKS = re.compile(r"[\W_]+")
#: "A B C D E F", "A | B | C", "Jump to: A-C D-F": the letters of an index, on one line.
LETTERS_ALONE = re.compile(r"(?:[A-Z][a-z ]{2,25}:\s*)?(?:[A-Z0-9#](?:[\s|,·–-]+|$)){5,}")
#: "A", "A-B", "C to E", "X Y Z", "W/X": the letters above a part of an index.
INDEX_LETTERS = re.compile(r"[A-Z](?:(?:\s?[-–—/&,]\s?|\sto\s|\s)[A-Z]){0,4}")
#: What a fold's button says of itself beside the heading: "Show", "Hide this section".
FOLD_HINT = re.compile(r"(?:show|hide|open|close|expand|collapse)(?: (?:this )?section)?", re.I)
#: "Show all sections / Hide all sections", "Privacy | Cookies": what divides links on one line.
BETWEEN_LINKS = re.compile(r"\||\s/\s")
#: "Northwick Children's Services Procedure Manual Contents": what a page calls itself, but not "About this Manual", "Welcome to the Manual".
MANUAL_TITLE = re.compile(
    r"(?<!\bthis )(?<!\bto the )\b(?:manual|handbook|procedures? contents|policies and procedures)\b|\bcontents\b\s*\|?$"
    r"|\bchildren[’']?s (?:(?:services|social care|social work) )?(?:online )?procedures$",
    re.I,
)
#: "Our Policies", "Safeguarding policies and documents": what a page calls a list that is no manual.
LIST_TITLE = re.compile(
    r"\b(?:policies|procedures|guidance|documents|guides?|guidelines|handbook|library|list|index|register|file|folder|practice)$",
    re.I,
)
#: "Links for professionals": the same in the first lines of a page, whatever stands behind.
NAMES_LIST = re.compile(r"\b(?:policies|procedures|guidance|handbook|guide|documents|links|resources)\b", re.I)
#: "Page last reviewed: 3 March 2025", "Last updated 16 May 2023": when a page was made.
PAGE_DATE = re.compile(
    r"(?:this )?page (?:was )?(?:last )?(?:updated|reviewed|modified|amended|published)\b.*|last (?:updated|reviewed|modified)\b.*",
    re.I,
)
#: "Northwick Council, The Moot Hall", "Northwick Council – Procedures": what ends a body's name.
NAME_END = re.compile(r",\s|\s[–—|-]\s")
#: "Civic Offices, Wold Street, Northwick NW1 2AB": what ends an address.
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$")
#: "“Lovely staff.” – Amit", "12 March – Forum", "Headteacher: Mr P Fallon": lines that pages have below their list.
BESIDE_LIST = re.compile(rf"[\"“‘]|\d{{1,2}}(?:st|nd|rd|th)? {MONTH}\b|[A-Z][a-z]+(?: [a-z]+)?:\s|.*\s\|\s")
#: "https://www.example.org/manual", "www.example.org": an address and nothing else.
ADDRESS = re.compile(
    r"(?:tel\.?|telephone|phone) [\d() ]{6,18}|"
    r"(?:https?://|www\.)\S+(?: \d{1,3}/\d{1,3})?|\S+@\S+\.\S+|.{3,100}\b(?:ext\.?|extension|tel\.?|telephone):? [\d() ]{3,18}|(?:tel|telephone|phone|email|e-mail|fax)\b\s?:.*|\+?[\d()][\d() ]{8,18}\d",
    re.I,
)
#: "Kinship line: 01632 960 812", "Policy team, policy@northwick.example", "Monday to Friday, 9am to 5pm": how to reach people.
CONTACT = re.compile(
    r"(?<![\d.])\(?0\d{2,4}\)?[ -]\d{3,4}(?:[ -]?\d{3,4})?(?![\d.])|(?<!\d)0\d{9,10}(?!\d)|\S@\w[\w-]*\.\w"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b.{0,60}\b\d{1,2}(?:[.:]\d\d)? ?[ap]m\b",
    re.I,
)
#: "Date of birth:", "Signed ……": what a form asks for.
FORM_FIELD = re.compile(
    r"(?:(?:full |first |family |child[’']?s |your )*names?|(?:expected )?(?:date of (?:birth|referral)|dob|due date)(?: ?/.{1,40})?|age|gender|ethnicity|religion|first language"
    r"|(?:home )?address(?: \(.{1,30}\))?|post ?code|telephone(?: number)?|phone(?: number)?|mobile|e-?mail(?: address)?|sign(?:ed|ature)|print name|date"
    r"|relationship(?: to (?:the )?child)?|(?:name of )?(?:school|nursery|school or nursery|gp)|agency|job title|role|organisation|(?:nhs|upn|case) number)\s?[:?]?[\s_.…:]*",
    re.I,
)
#: "2. Documents (you are here)": the mark of the page of a guide that is open.
HERE = re.compile(r"\s?[(\[](?:you are here|current page|this page|current)[)\]]$", re.I)
#: "Name*: ______": the same with a line to write on.
FORM_GAP = re.compile(r"\w[^_]{1,80}____")
#: "[Home] [Parents & Carers] [Professionals]": a menu.
BRACKETED_MENU = re.compile(r"(?:\[[^\[\]]{1,60}\]\s*){3,}")
#: "Last updated 16 May 2023": a line below a chapter.
DATE_LINE = re.compile(
    rf"(?:last |date )?(?:updated|reviewed|revised|published|amended)(?: on)?\s?:?\s({DAY_DATE}|{MONTH_DATE})(?:,? (?:at )?\d\d:\d\d(?::\d\d)?)?",
    re.I,
)
#: "Short guide for schools. Last updated 7 October 2024.": what a sentence about a chapter says last.
SAID_LAST = re.compile(
    rf"\w\. (?:last )?(?:updated|reviewed|revised)(?: on| in)?:? ({DAY_DATE}|{MONTH_DATE})\.?$", re.I
)
#: "--- Homes ---": a heading between rules.
RULED = re.compile(r"([-=*~_])\1+ (\S.*?) \1{2,}")
#: The marks that a legend can explain. A plus has a gap before it: "16+ Team" has none.
_MARKS = r"*#†‡^★☆▲◆+"
#: "* = new chapter, ** = updated chapter", "* Updated since May", "Procedures marked with # are new": what a mark beside a title means.
LEGEND = re.compile(
    rf"(?:(?:key|legend|note)\b)?[^\w{_MARKS}]*[{_MARKS}]|.*\b(?:marked|star|shown|followed)\b.*[{_MARKS}]|.*[{_MARKS}] ?=",
    re.I,
)
MARK_MEANS = re.compile(
    rf"([{_MARKS}]{{1,3}})(?![{_MARKS}])[^{_MARKS}]*?\b(new|updated|amended|revised|changed)\b", re.I
)
#: "* must be read before approval", "** = statutory": a legend of a mark that is no flag, in small letters.
OTHER_LEGEND = re.compile(rf"([{_MARKS}]{{1,3}})\s?[=:–-]?\s+(?=[a-z])")
#: "All carers must read the policies marked * within a month.": the same in a sentence.
MARKED_WITH = re.compile(rf"\b(?:marked|shown|followed)\b[^{_MARKS}]*([{_MARKS}]{{1,3}})", re.I)
#: "Fire*", "Fire *", "* Fire", "1.1 *Fire": the mark beside a title.
MARK = re.compile(rf"(?<![{_MARKS}])(?!(?<=\w)\+)[{_MARKS}]{{1,3}}(?=\s|$)|(?:(?<=\s)|^)[{_MARKS}]{{1,3}}(?=\w)")
MARKS = re.compile(rf"[{_MARKS}]{{1,3}}")
#: "OxfordshireChildren's Services Procedures Manual", "Wolds Safeguarding Children Board Procedures Manual: Contents"
MANUAL_SUBJECT = re.compile(
    r"(?:Children|Childrens|Child|Pan-\w+|(?:Local )?Safeguarding|L?SC[BP]|Social Care|Families|Family|Social Work|Adults?|Youth|Adolescent|Leaving Care|Practice(?= (?:Manual|Handbook))|Residential|Kinship|Early Help|Early Years|Foster|Short Breaks|Fostering|Adoption|Manual|Procedures?|Policies|Policy|Multi-?[Aa]gency|Inter-?[Aa]gency|Independent|Online|Residential)\b"
)
#: "Fostering Handbook Northwick Council", "Procedures – Northwick Council", "Handbook for staff - Northwick Council": where a manual's name ends before its council's.
BEFORE_COUNCIL = re.compile(
    r".*\b(?:Manual|Handbook|Procedures|Policies)\b(?:[^–:|-]{1,40}\s[–:|-]\s|[\s–:-]+)(?=\S)", re.I
)
#: "Children's Social Care Policies and Guidance": what a page without the word manual calls itself.
NAMES_POLICIES = re.compile(
    r"\b(?:policies|procedures|guidance|handbook|guide|toolkits)\b|\bpolicy (?:index|register|list|library|file|folder)\b",
    re.I,
)
#: "Procedures Manual", "Manual of Procedures": what names no one manual.
BARE_NAME = re.compile(r"(?:the )?(?:procedures?|polic(?:y|ies)|online|manual|of|and|handbook|contents|&|\s)+", re.I)
#: What divides the parts of a trail, or the names of page and site: "Home > Children", "Contents | Wessex".
TRAIL_MARK = re.compile(r"\s[>»›|/]\s")
#: "Procedures – Wessex Council": what joins the names of page and site, too.
DASH = re.compile(r"\s[-–—]\s")
_KIND = r"(?:(?:County|City|District|Unitary|Metropolitan|London|Royal|Borough) ){0,3}"
#: Capitals, but for the small words inside a name: "Bath and North East Somerset", "Stoke-on-Trent", "St. Helens".
_PLACE = r"[A-Z][\w’'.-]{0,30},?(?: (?:[A-Z][\w’'.-]{0,30}|and|of|upon|on|in|the|under|with|&),?){0,5}?"
#: "Wessex County Council", "London Borough of Northwick", "City of Wold Council": a line that names a council alone.
COUNCIL = re.compile(
    r"(?!(?:Contact|Search|Visit|About|Home|Print|Call|Follow|Your|Our|The)\b)"
    r"(?!.*\b(?:Youth|Care|Medical|Research|Shadow|Children|Manual|Handbook|Procedures|Policies)\b)"
    rf"(?:(?:(?:Metropolitan|London|Royal|City|County|Borough) ){{1,3}}of ({_PLACE})(?: Council)?"
    rf"|({_PLACE}) {_KIND}Council)(?: (?:logo|home ?page|website|intranet))?",
)
#: "Wessex Safeguarding Children Partnership", "Wold City Council Children and Families Services": a body of a council or area.
BODY_OF_PLACE = re.compile(
    rf"({_PLACE}) {_KIND}(?:(?:Local )?Safeguarding (?:(?:Children|Adults?)(?:[’']?s)? )?(?:Partnership|Board)"
    rf"|Council(?: [–-])? (?:Children|Families|Family|Social|Fostering|Adoption|Early|Youth)\b.{{0,60}}(?:Services?|Department|Directorate|Team|Care|Families))"
)
#: "© 2025 Wold Borough Council", "© Copyright Wold Borough Council"
COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b)(?:[\s©\d–-]|\(c\)|copyright\b)*|\s(?:19|20)\d\d$", re.I)
#: "Northwick Children's Services": a line that names a council's service alone.
SERVICE = re.compile(
    r"(?!(?:Contact|Search|Visit|About|Home|Our|Your|All|The|Integrated|Specialist|Disabled|Local|Health|Targeted|National)\b)"
    rf"{_PLACE} (?:{_KIND}Council (?:[–|-] )?(?:Children|Families|Social|Education|Early|Youth)\b.{{0,60}}"
    r"|Children(?:[’']?s| and Famil(?:y|ies)) (?:and [\w’' ]{{5,30}} )?(?:Services?|Social (?:Care|Work)|Directorate|Trust)"
    r"|(?:Youth (?:Justice|Offending)|Fostering|Adoption) (?:Services?|Teams?|Agency)"
    r"|(?:Local )?Safeguarding (?:Children(?:[’']?s)?|Adults?) (?:Partnership|Board))",
)
#: "[Logo: Northwick Council]", "Crest of Northwick Council": what a picture is called.
LOGO = re.compile(r"^(?:\[?(?:logo|image):|(?:crest|arms|logo) of(?: the)?)\s", re.I)
#: "Wold Council, County Hall", "Wold Council © 2024", "Wold Council. All rights reserved": what stands behind a name at a page's foot.
BEHIND_NAME = re.compile(r"[,©]|(?<!\bSt)\.\s")
#: "Regional Adoption Agency Procedures", "Social Services Procedures": words before a manual's name that are no place.
NO_PLACE = re.compile(
    r"(?:(?:regional|integrated|specialist|local|national|our|all|joint|corporate|online|the|new|draft|school|staff|model|trust|category|good|best"
    r"|emergency|duty|disabled|out-of-hours|assessment|contact|referral"
    r"|team|board|homes?|course|childcare|social|services?|department|directorate|practice|hub|safe|care)(?: |$))+|.*\b(?:of|for|to|and)",
    re.I,
)
#: "Northwick Council children's procedures": where the council in front of a manual's name ends.
COUNCIL_FIRST = re.compile(rf"({_PLACE} {_KIND}Council) (?=\S)")
#: "Welcome to the Northwick …", "View Northwick …"
BEFORE_NAME = re.compile(r"^(?:welcome to |view |contents(?: of|:| [-–|]) )?(?:the )?(?=\S)", re.I)
#: What a page's mark-up calls the page, and its site.
HEAD_TITLE = re.compile(r"<title\b[^<>]{0,300}>([^<]{1,1000})", re.I)
SITE_NAME = re.compile(
    r"<meta\b[^<>]{0,100}?property\s?=\s?[\"']og:site_name[\"'][^<>]{0,100}?content\s?=\s?(?:\"([^\"<>]{1,300})|'([^'<>]{1,300}))",
    re.I,
)
#: Words that a chapter's title has, for the few lines between a page's title and its Quick Links.
SECTOR_WORDS = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|guidance|values|principles|protocols?|standards?|practice|framework|statement|charter|pledge|promise|children|child|"
    r"famil(?:y|ies)|safeguarding|foster|adopt|threshold)",
    re.I,
)
#: "Northwick Safeguarding Partnership": a further line of a page's name.
BODY_NAME = re.compile(
    r"(?<!\S)(?:partnership|board|council|services?|trust|team|department|directorate|(?-i:Authority|AUTHORITY))$", re.I
)
