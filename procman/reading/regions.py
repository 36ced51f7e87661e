"""Which parts of a page of mark-up belong to its contents: not menus, banners and feet, nor what nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from procman.reading import patterns as p

#: Read as lines, but never as entries.
_AWAY = frozenset("nav footer aside select form dialog".split())
_AWAY_ROLES = frozenset("navigation contentinfo search dialog alertdialog complementary alert".split())
#: What authors call such parts, as a word of a class or id: "site-footer", "breadcrumb", "main-nav", "cookie-banner", "page-share".
_AWAY_NAME = re.compile(
    r"(?:.*[_-])?(?:nav|navbar|navigation|(?:top|left|right|side|sub|main|mega|foot)-?(?:nav|menu)|side-?bar|crumbs?|breadcrumbs?"
    r"|footer|cookies?|(?:cookie|consent)-?(?:banner|notice|bar|control|sdk)|pagination|pager|skip-?links?|access-?links"
    r"|social|social-?(?:media|links|icons|share)|share-?(?:daddy|this|links|buttons)?|sharing-?(?:enabled)?|feedback|was-?(?:this-?)?helpful|page-?rating"
    r"|page-?(?:tools|utils|utilities|actions|share)|utility|widget-?area|related-?(?:pages|links|content)|emergency)(?:__?[\w-]+)?|(?:page-|document-|gem-c-)?meta-?data",
    re.I,
)
#: Styled to be read aloud but not seen.
_UNSEEN_NAME = re.compile(
    r"(?:\b(?:sr-only|visually-?hidden|screen-reader(?:-text)?|element-invisible|off-?screen|assistive-text|a11y-hidden|hidden-accessible|ms-accessible)"
    r"|(?<!\S)(?:is-)?(?:vh|hidden-text|access-hide))\b",
    re.I,
)
#: Styled not to be seen: "hidden", "is-hidden", "d-none".
_HIDDEN_NAME = re.compile(r"(?<!\S)(?:is-|u-)?(?:hidden|hide|d-none|display-none|invisible)(?!\S)", re.I)
#: What holds a part that opens when its heading is clicked.
_PANEL_NAME = re.compile(r"panel|accordion|collaps|toggle|tab[_-]?(?:pane|content)|fold|expand|drawer|content", re.I)
_PANELS = frozenset("div section ul ol dl dd table tbody details article".split())
_HEADS = frozenset("h1 h2 h3 h4 h5 h6 button summary dt a".split())
#: What a row of a list stands in.
_ROWS = ("li", "tr", "dd", "a")
#: "Skip to main content": where that leads is the main part.
_SKIP = re.compile(r"(?:skip|jump|go)(?: straight| directly)? to (?:the )?(?:main |page )?content", re.I)
#: No author calls a part by a longer name.
_LONGEST_NAME = 60
#: So few rows say nothing.
_FEW = 3
#: Parts that hold most of a page, and so are no menus, stand inside each other; no page has more of them.
_MOST_WRAPPERS = 30
_NO_PART = ("html", "body", "main")


class Regions:
    """What of a page is its contents, judged by what its author calls each part and by how much of the page's rows it holds."""

    def __init__(self, root: Any) -> None:
        self.main = _main(root)
        self.size = _size(root if self.main is None else self.main)
        self.around = set() if self.main is None else {self.main, *self.main.iterancestors()}
        self.wrappers = 0
        self._targets: set[str] | None = None
        self.root = root

    def is_away(self, element: Any, in_main: bool) -> bool:
        """Whether it is navigation and the like; never what holds most of the page's rows."""
        tag, attributes = element.tag, element.attrib
        if tag in _NO_PART:
            return False
        if not in_main and self.main is not None and element not in self.around and tag != "h1":
            heads = (
                next(element.iter("h1", "header"), None) is not None
                or next(element.iterancestors("header"), None) is not None
            )
            if not heads:
                return True
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}" if attributes else ""
        away = (
            tag in _AWAY
            or attributes.get("role") in _AWAY_ROLES
            or any(len(name) < _LONGEST_NAME and _AWAY_NAME.fullmatch(name) for name in names.split())
        )
        return away and not self._holds_most(element)

    def _holds_most(self, element: Any) -> bool:
        if element in self.around or self.wrappers > _MOST_WRAPPERS:
            return True
        most = 2 * _size(element) > self.size > _FEW
        self.wrappers += most
        return most

    def is_hidden(self, element: Any, names: list[str]) -> bool:
        """Whether nobody sees it, and nothing on the page opens it."""
        named = element.get("class", "") if "class" in names else ""
        # Words for screen readers alone are hints ("opens in a new tab"), unless a flag.
        if named and _UNSEEN_NAME.search(named) and not p.ONLY_FLAG.fullmatch(element.text or ""):
            return True
        hidden = (
            "hidden" in names
            or ("aria-hidden" in names and element.get("aria-hidden") == "true")
            or ("style" in names and "display:none" in element.get("style").replace(" ", "").lower())
            or bool(named and _HIDDEN_NAME.search(named) and element.tag in _PANELS)
        )
        return hidden and not self._opens(element, named)

    def _opens(self, element: Any, named: str) -> bool:
        """Whether it is a panel with rows that opens by its heading, button or tab."""
        if element.tag not in _PANELS or element.find(".//*") is None:
            return False
        before = element.getprevious()
        return (
            element.get("id", "-") in self.targets
            or element.get("role") in ("tabpanel", "region")
            or bool(_PANEL_NAME.search(named))
            or (before is not None and before.tag in _HEADS)
        )

    @property
    def targets(self) -> set[str]:
        """The ids of what the page's links and buttons open."""
        if self._targets is None:
            self._targets = set(_targets(self.root))
        return self._targets


def _targets(root: Any) -> Iterator[str]:
    for element in root.iter("a", "button", "summary", "div", "span", "h2", "h3", "h4"):
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            value = element.get(name)
            if value and (name == "aria-controls" or value[0] == "#"):
                yield value.removeprefix("#")


def _main(root: Any) -> Any:
    """The part that the page calls its main one, or that its skip link leads to; None where that holds hardly a row."""
    found = list(root.iter("main")) or root.xpath("//*[@role='main']")
    if not found:
        skips = [link.get("href", "") for link in root.iter("a") if _SKIP.match("".join(link.itertext()).strip())]
        found = [part for href in skips[:3] if href[:1] == "#" for part in root.xpath("//*[@id=$id]", id=href[1:])]
    sized = [(part, _size(part)) for part in found[:3]]
    part, size = max(sized, key=lambda each: each[1], default=(None, 0))
    return part if size > _FEW and not _numbers_outside(root, part) else None


def _numbers_outside(root: Any, part: Any) -> bool:
    """Whether more numbered rows stand outside a part than in it."""
    inside = sum(map(_is_numbered, part.iter(*_ROWS)))
    return sum(map(_is_numbered, root.iter(*_ROWS))) > 2 * inside


def _is_numbered(element: Any) -> bool:
    text = element.text
    return bool(text and p.NUMBER.match(text.strip()))


def _size(element: Any) -> int:
    return sum(1 for _ in element.iter(*_ROWS))
