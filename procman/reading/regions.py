"""Find the parts of an HTML page that are its contents, without menus, banners, footers and hidden parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from procman.reading import patterns as p

#: Read as lines, but never as entries.
_AWAY = frozenset("nav footer aside select dialog address".split())
_AWAY_ROLES = frozenset("navigation contentinfo search dialog alertdialog complementary alert".split())
#: Words in a class or id for such parts: "site-footer", "breadcrumb", "main-nav", "cookie-banner", "page-share".
_AWAY_NAME = re.compile(
    r"(?:.*[_-])?(?:nav|navbar|navigation|(?:top|left|right|side|sub|main|mega|foot)-?(?:nav|menu|rail)|side-?bar(?:-\w+)?|crumbs?|breadcrumbs?"
    r"|footer|cookies?|(?:cookie|consent)-?(?:banner|notice|bar|control|sdk)|pagination|pager|skip-?links?|access-?links"
    r"|social|social-?(?:media|links|icons|share)|share-?(?:daddy|this|links|buttons)?|sharing-?(?:enabled)?|feedback|was-?(?:this-?)?helpful|page-?rating"
    r"|(?:page|document)-?(?:tools|utils|utilities|actions|share)|utility|cat-?links|modal|chat(?:-?(?:bot|widget|box|window))?|comments?(?:-?(?:section|area|wrapper|form|list|threads?))?|likes?(?:-and-labels)?(?:-?(?:section|container))?|widget-?area|related-?(?:pages|links|content)|emergency"
    r"|[\w-]*(?:--|__)a?side|download[-_]?box)(?:__?[\w-]+)?|(?:page-|document-|gem-c-)?meta-?data",
    re.I,
)
#: "pageFooter"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: Class names for text that is read aloud but not seen.
_UNSEEN_NAME = re.compile(
    r"(?:\b(?:sr-only|visually-?hidden|screen-reader(?:-text)?|element-invisible|off-?screen|assistive-text|a11y-hidden|hidden-accessible|ms-accessible|accesshide|hiddenStructure|mw-editsection)"
    r"|(?<!\S)(?:is-)?(?:vh|hidden-text|access-hide))\b",
    re.I,
)
#: Class names for hidden parts: "hidden", "is-hidden", "d-none".
_HIDDEN_NAME = re.compile(r"(?<!\S)(?:is-|u-)?(?:hidden|hide|d-none|display-none|invisible)(?!\S)", re.I)
#: Class names and tags for a part that opens when a person clicks its heading.
_PANEL_NAME = re.compile(r"panel|accordion|collaps|toggle|tab[_-]?(?:pane|content)|fold|expand|drawer|content", re.I)
_PANELS = frozenset("div section ul ol dl dd table tbody details article".split())
_HEADS = frozenset("h1 h2 h3 h4 h5 h6 button summary dt a".split())
#: The elements of a row.
_ROWS = ("li", "tr", "dd", "a")
#: "Skip to main content": this link leads to the main part.
_SKIP = re.compile(r"(?:skip|jump|go)(?: straight| directly)? to (?:the )?(?:main |page )?content", re.I)
#: The longest name of a part.
_LONGEST_NAME = 60
#: With fewer rows than this, their share says nothing.
_FEW = 3
#: The most nested parts that each have most of a page, and so are not menus.
_MOST_WRAPPERS = 30
_NO_PART = ("html", "body", "main")


class Regions:
    """Decides which parts of a page are its contents, by the names of the parts and their shares of the page's rows."""

    def __init__(self, root: Any) -> None:
        self.main = _main(root)
        self.size = _size(root if self.main is None else self.main)
        self.around = set() if self.main is None else {self.main, *self.main.iterancestors()}
        self.wrappers = 0
        self._targets: set[str] | None = None
        self._shows_nothing: bool | None = None
        self.root = root

    def is_away(self, element: Any, in_main: bool) -> bool:
        """Whether it is navigation or similar. A part with most of the page's rows never is."""
        tag, attributes = element.tag, element.attrib
        if tag in _NO_PART:
            return False
        outside = not in_main and self.main is not None and element not in self.around
        if outside and tag != "h1":
            heads = (
                next(element.iter("h1", "header"), None) is not None
                or next(element.iterancestors("header"), None) is not None
            )
            if not heads:
                return True
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}" if attributes else ""
        away = (
            tag in _AWAY
            or (tag == "form" and len(element.findall(".//tr//a")) < _FEW)
            or attributes.get("role") in _AWAY_ROLES
            or (tag == "div" and attributes.get("title") == "footer")  # of LibreOffice
            or any(len(name) < _LONGEST_NAME and _AWAY_NAME.fullmatch(_HUMP.sub("-", name)) for name in names.split())
        )
        return away and (outside or not self._holds_most(element))

    def _holds_most(self, element: Any) -> bool:
        if element in self.around or self.wrappers > _MOST_WRAPPERS:
            return True
        most = 2 * _size(element) > self.size > _FEW
        self.wrappers += most
        return most

    def is_hidden(self, element: Any, names: list[str]) -> bool:
        """Whether it is hidden, and nothing on the page opens it."""
        named = element.get("class", "") if "class" in names else ""
        # Words for screen readers only are hints ("opens in a new tab"), unless they are a flag.
        if named and _UNSEEN_NAME.search(named) and not p.ONLY_FLAG.fullmatch(element.text or ""):
            return True
        return _looks_hidden(element, names) and not self._opens(element, named)

    def _opens(self, element: Any, named: str) -> bool:
        """Whether it is a panel with rows that opens by its heading, button or tab."""
        if element.tag not in _PANELS or element.find(".//*") is None:
            return False
        before = element.getprevious()
        return (
            element.get("id", "-") in self.targets
            or element.get("role") in ("tabpanel", "region")
            or bool(_PANEL_NAME.search(named))
            or (before is not None and (before.tag in _HEADS or _is_pressed(before)))
            or self.shows_nothing
        )

    @property
    def shows_nothing(self) -> bool:
        """Whether almost all rows of the page are in hidden parts, which something must open."""
        if self._shows_nothing is None:
            hidden = {part for part in self.root.iter(*_PANELS) if part.attrib and _looks_hidden(part, part.keys())}
            outer = [part for part in hidden if hidden.isdisjoint(part.iterancestors())]
            rows = sum(_size(part) for part in outer if not self.is_away(part, True))
            self._shows_nothing = rows > _FEW and rows * 4 > _size(self.root) * 3
        return self._shows_nothing

    @property
    def targets(self) -> set[str]:
        """The ids of what the page's links and buttons open."""
        if self._targets is None:
            self._targets = set(_targets(self.root))
        return self._targets


def _looks_hidden(element: Any, names: list[str]) -> bool:
    return (
        "hidden" in names
        or ("aria-hidden" in names and element.get("aria-hidden") == "true")
        or ("style" in names and "display:none" in element.get("style").replace(" ", "").lower())
        or ("class" in names and element.tag in _PANELS and bool(_HIDDEN_NAME.search(element.get("class"))))
        or ("class" in names and element.tag == "span" and "hidden" in element.get("class").split())
    )


def _is_pressed(element: Any) -> bool:
    """Whether it, or its only child, is something to press: a button by its role, or with a script."""
    pressed = element if len(element) != 1 else element[0]
    return any(each.get("onclick") or each.get("role") == "button" for each in (element, pressed))


def _targets(root: Any) -> Iterator[str]:
    for element in root.iter("a", "button", "summary", "div", "span", "h2", "h3", "h4"):
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            value = element.get(name)
            if value and (name == "aria-controls" or value[0] == "#"):
                yield value.removeprefix("#")


def _main(root: Any) -> Any:
    """The main part of the page: the one marked as main, or the target of its skip link. None if it has almost no rows."""
    found = list(root.iter("main")) or root.xpath("//*[@role='main']")
    if not found:
        skips = [link.get("href", "") for link in root.iter("a") if _SKIP.match("".join(link.itertext()).strip())]
        found = [part for href in skips[:3] if href[:1] == "#" for part in root.xpath("//*[@id=$id]", id=href[1:])]
    sized = [(part, _size(part)) for part in found[:3]]
    part, size = max(sized, key=lambda each: each[1], default=(None, 0))
    return part if size > _FEW and not _numbers_outside(root, part) else None


def _numbers_outside(root: Any, part: Any) -> bool:
    """Whether more numbered rows are outside a part than in it."""
    inside = sum(map(_is_numbered, part.iter(*_ROWS)))
    return sum(map(_is_numbered, root.iter(*_ROWS))) > 2 * inside


def _is_numbered(element: Any) -> bool:
    text = element.text
    return bool(text and p.NUMBER.match(text.strip()))


def _size(element: Any) -> int:
    return sum(1 for _ in element.iter(*_ROWS))
