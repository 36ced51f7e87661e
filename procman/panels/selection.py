"""The settings that a person has chosen, with their types and allowed values. Panels can share one selection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import traitlets

from procman.errors import ProcmanError, TableError
from procman.panels.message import HERE, told
from procman.reports.comparison import NO_FLAG, Comparison
from procman.tables import STATUSES

#: The settings to keep when the library is opened again.
LASTING = ("focus", "edition", "topics", "statuses", "confidence")
#: The name of each setting in a page's address. If not all councils are compared, "with" has the peers.
ADDRESSED = {
    "focus": "council",
    "right": "other",
    "edition": "edition",
    "old": "from",
    "new": "to",
    "sections": "section",
    "topics": "topic",
    "statuses": "flag",
    "confidence": "confidence",
}
WITH = "with"


class Selection(traitlets.HasTraits):
    """The settings of one panel, or of several panels that share them. A value that is not allowed raises an error.

    Parameters
    ----------
    comparison
        The comparison, which has the possible councils, editions and sections.

    Attributes
    ----------
    councils
        The councils to compare, at first all.
    edition
        Compare each council's newest edition up to this month. None compares the newest editions.
    focus
        Your council, or None for the first council compared. If your council is not compared yet, it is added.
    right
        The second of two councils, or None for the first that is not yours.
    old, new
        The two editions to compare, or empty text for the newest two.
    sections, topics, statuses
        Filters: sections, words of a title or topic, flags ("New", "Updated", "no flag"). Empty keeps all.
    confidence
        The lowest score of an accepted match, 0 to 1.

    Examples
    --------
    >>> from procman import open_library
    >>> selection = Selection(Comparison(open_library("data/manuals")))
    >>> selection.put("focus", "Oxfordshire")
    >>> selection.put("confidence", 2)
    Traceback (most recent call last):
    procman.errors.TableError: panel: a confidence is between 0 and 1, not 2.0
    """

    councils = traitlets.List(traitlets.Unicode())
    edition = traitlets.Unicode(None, allow_none=True)
    focus = traitlets.Unicode(None, allow_none=True)
    right = traitlets.Unicode(None, allow_none=True)
    old = traitlets.Unicode("")
    new = traitlets.Unicode("")
    sections = traitlets.List(traitlets.Unicode())
    topics = traitlets.Unicode("")
    statuses = traitlets.List(traitlets.Unicode())
    confidence = traitlets.Float()

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        super().__init__(councils=list(comparison.councils), confidence=comparison.confidence)

    def put(self, name: str, value: Any) -> None:
        """Set a value. Raises ``TableError`` or ``LibraryError`` if it is not allowed."""
        try:
            setattr(self, name, value)
        except traitlets.TraitError:
            raise TableError(HERE, f"{value!r} cannot be chosen for {name}") from None

    def follow(self, other: Selection) -> None:
        """Copy the settings of another selection that are still possible."""
        if set(other.councils) < set(other.comparison.known):  # otherwise keep all, including new councils
            self.councils = [council for council in other.councils if council in self.comparison.known]
        for name in LASTING:
            with suppress(ProcmanError):
                self.put(name, getattr(other, name))

    # --- as an address -------------------------------------------------------------------------------------------

    def query(self, whole: bool = False) -> dict[str, list[str]]:
        """The settings for an address: those that differ from the defaults, or with ``whole``, all.

        >>> from procman import open_library
        >>> selection = Selection(Comparison(open_library("data/manuals")))
        >>> selection.topics, selection.councils = "foster", ["Oxfordshire"]
        >>> selection.query()
        {'topic': ['foster'], 'council': ['Oxfordshire'], 'with': ['']}
        """
        found = {}
        for name, key in ADDRESSED.items():
            value = getattr(self, name)
            if whole or value != self._begins(name):
                found[key] = [str(each) for each in value] if isinstance(value, list) else [str(value)]
        if whole or set(self.councils) != set(self.comparison.known):
            own = self.focus or next(iter(self.councils), "")
            found |= {"council": [own], WITH: [name for name in self.councils if name != own] or [""]}
        return found

    def ask(self, query: Mapping[str, Sequence[str]]) -> list[str]:
        """Set the settings in an address, and the defaults for all others. Return a list of what is wrong."""
        wrong: list[str] = []

        def put(name: str, value: Any) -> None:
            try:
                self.put(name, value)
            except ProcmanError as error:
                wrong.append(told(error))
                self.put(name, self._begins(name))

        known = self.comparison.known
        own = query.get(ADDRESSED["focus"], [""])[0]
        asked = [*([own] if own in known else []), *filter(None, query.get(WITH, ()))]
        put("councils", [name for name in known if name in asked] if WITH in query else known)
        wrong += [f"The link names {name}, which has no manual here" for name in asked if name not in known]
        for name, key in ADDRESSED.items():
            values, begins = list(query.get(key, ())), self._begins(name)
            if isinstance(begins, list):
                put(name, values)
            elif values and name == "confidence":
                put(name, _number(values[0]))
            else:
                put(name, values[0] if values else begins)
        return wrong

    def _begins(self, name: str) -> Any:
        begins = {"councils": self.comparison.known, "confidence": self.comparison.confidence}
        return begins[name] if name in begins else self.trait_defaults(name)

    # --- what may be chosen --------------------------------------------------------------------------------------

    @property
    def _compared(self) -> Comparison:
        return self.comparison.of(councils=tuple(self.councils), edition=self.edition)

    @traitlets.validate("councils")
    def _known(self, proposal: Any) -> list[str]:
        return list(self.comparison.checked(proposal["value"]))

    @traitlets.validate("focus", "right")
    def _one_known(self, proposal: Any) -> str | None:
        council, known = proposal["value"], self.comparison.known
        if council is not None and council not in known:
            raise TableError(HERE, f"no manual of {council!r}; councils: {', '.join(known) or 'none'}")
        return council

    @traitlets.validate("edition")
    def _there(self, proposal: Any) -> str | None:
        edition = proposal["value"] or None
        if edition and edition not in self._compared.editions:
            names = ", ".join(self._compared.editions) or "none"
            raise TableError(HERE, f"no edition {edition!r}; editions: {names}")
        return edition

    @traitlets.validate("sections")
    def _titled(self, proposal: Any) -> list[str]:
        if strange := sorted(set(proposal["value"]) - set(self._compared.section_titles)):
            raise TableError(HERE, f"no section {strange[0]!r} in these manuals")
        return list(dict.fromkeys(proposal["value"]))

    @traitlets.validate("statuses")
    def _flags(self, proposal: Any) -> list[str]:
        flags = (*STATUSES, NO_FLAG)
        if strange := sorted(set(proposal["value"]) - set(flags)):
            raise TableError(HERE, f"no flag {strange[0]!r}; flags: {', '.join(flags)}")
        return list(dict.fromkeys(proposal["value"]))

    @traitlets.validate("confidence")
    def _between(self, proposal: Any) -> float:
        if not 0 <= proposal["value"] <= 1:
            raise TableError(HERE, f"a confidence is between 0 and 1, not {proposal['value']!r}")
        return float(proposal["value"])

    # --- what follows from a choice ------------------------------------------------------------------------------

    @traitlets.observe("councils", "edition")
    def _fewer_sections(self, change: Any) -> None:
        if self.sections:
            titles = self._compared.section_titles
            self.sections = [title for title in self.sections if title in titles]

    @traitlets.observe("focus", "right")
    def _joins(self, change: Any) -> None:
        if change["new"] is not None and change["new"] not in self.councils:
            self.councils = [change["new"], *self.councils]

    @traitlets.observe("focus")
    def _other_editions(self, change: Any) -> None:
        self.old = self.new = ""


def _number(text: str) -> Any:
    """The number in a text, or the text itself, so that the error can quote it."""
    try:
        return float(text)
    except ValueError:
        return text
