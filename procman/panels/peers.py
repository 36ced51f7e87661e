"""Choose the councils to compare with: one by one, by a preset, or from your own list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import ipywidgets as widgets

from procman.errors import TableError
from procman.library import peer_lists
from procman.measures import peers
from procman.measures.counting import BETWEEN
from procman.panels.access import Access, access
from procman.panels.message import HERE, LABELLED
from procman.panels.name_chooser import Chooser
from procman.reports.comparison import Comparison

#: The options in the list of presets besides presets: a choice made by hand, remove all, and save the choice as a list.
BY_HAND, NOBODY, KEEP = "choose peers", "clear", "keep as a list …"
OWN_WORDS = (BY_HAND, NOBODY, KEEP, peers.NEIGHBOURS, peers.REGION, peers.KIND, peers.PLATFORM, peers.ALIKE, peers.ALL)
#: The councils that a preset gives, or a function that finds them, and the words for their number.
Preset: TypeAlias = "tuple[Sequence[str] | Callable[[], Sequence[str]], str]"


def presets(comparison: Comparison, council: str) -> dict[str, Preset]:
    """The ways to choose a council's peers that give any council.

    Finds the most similar manuals only on request, because that needs the topics of all councils.
    """
    library = comparison.library
    lists = peer_lists.read_lists(_lists_of(comparison)) if library else {}
    everyone = comparison.of(councils=tuple(comparison.known), edition=None)

    def found() -> dict[str, Preset]:
        platforms = peers.platforms(library.manuals) if library else None
        table = peers.known_presets(council, everyone.councils, platforms, lists)
        given: dict[str, Preset] = {}
        for row in table.assign(of=table["of"].fillna(table["here"])).query("here > 0").itertuples():
            of = f"{row.here} of {row.of} have a manual here" if row.of > row.here else f"{row.here}"
            given[str(row.preset)] = row.councils.split(BETWEEN), of
        if len(everyone.councils) > peers.MOST + 1:
            given[peers.ALIKE] = (lambda: _alike(everyone, council)), f"{peers.MOST}"
        return given

    return everyone.keep(("presets", council, repr(lists)), found)


def preset_of(presets: Mapping[str, Preset], chosen: Sequence[str]) -> str:
    """The preset that gives just these councils, as far as that can be told at once; empty for none."""
    same = (name for name, (of, _) in presets.items() if not callable(of) and set(of) == set(chosen))
    return next(same, "") if chosen else ""


def how_chosen(presets: Mapping[str, Preset], chosen: Sequence[str]) -> str:
    """How peers were chosen, as the end of a sentence: all there are, else by the preset that gives them, else by name."""
    everyone = {name: presets[name] for name in (peers.ALL,) if name in presets}
    name = preset_of(everyone, chosen) or preset_of(presets, chosen)
    here = presets[name][1] if name else ""
    return peers.in_words([name or BY_HAND], lists=() if name in peers.WAYS else [name]) + (
        f" ({here})" if " of " in here else ""
    )


def keep_list(comparison: Comparison, name: str, councils: Sequence[str]) -> None:
    """Save councils as a list beside the library's folder, to choose them again.

    Raises
    ------
    ProcmanError
        There is no library, or the name is not allowed or already used by another list or preset.
    """
    if comparison.library is None:
        raise TableError(HERE, "there is no library to keep a list beside")
    if access() is Access.VISITORS:
        raise TableError(HERE, "nothing is kept here")
    if name in OWN_WORDS:
        raise TableError(HERE, f"a list cannot be called {name!r}")
    peer_lists.save_list(name, councils, _lists_of(comparison))


def _lists_of(comparison: Comparison) -> Path:
    assert comparison.library is not None
    return comparison.library.folder.parent / peer_lists.NAME


def _alike(comparison: Comparison, council: str) -> list[str]:
    """The councils with manuals most like one council's."""
    return peers.nearest(comparison.chapters, council)["other"].tolist()[: peers.MOST]


class PeerChooser:
    """Names to choose one by one, and a list of presets.

    Parameters
    ----------
    on_change
        Called with the peers after a person chooses.

    Attributes
    ----------
    on_keep
        Called with the list's name when a person saves the peers.

    Examples
    --------
    >>> chooser = PeerChooser(print)
    >>> chooser.show(["Essex", "Luton"], [], {"same region": (lambda: ["Luton"], "1 of 8 have a manual here")})
    >>> chooser.preset.value = "same region"
    ['Luton']
    """

    def __init__(self, on_change: Callable[[Sequence[str]], None]) -> None:
        self.on_keep: Callable[[str], None] = lambda name: None
        self._on_change, self._showing = on_change, False
        self._presets: Mapping[str, Preset] = {}
        self.chooser = Chooser("council", on_change)
        self.preset = widgets.Dropdown(description="Peers", options=[(BY_HAND, "")], style=LABELLED)
        self.name = widgets.Text(description="Name of the list", placeholder="then press Enter", style=LABELLED)
        self.name.layout.display = "none"
        said = widgets.Label("with")
        self.widget = widgets.Box([said, self.chooser.widget, self.preset, self.name])
        said.add_class("procman-with")
        self.preset.observe(self._chosen, "value")
        self.name.on_msg(lambda _, content, __: self._named() if content.get("event") == "submit" else None)

    @property
    def box(self) -> widgets.Combobox:
        """The box that adds a council."""
        return self.chooser.box

    def show(self, known: Sequence[str], chosen: Sequence[str], presets: Mapping[str, Preset]) -> None:
        """Show the options, the councils chosen, and the preset that gives them, if it is already known."""
        self._showing = True
        self._presets = presets
        self.chooser.offer(known, chosen)
        given = [(f"{name} ({here})", name) for name, (_, here) in presets.items()]
        keep = [] if access() is Access.VISITORS else [(KEEP, KEEP)]
        options = [(BY_HAND, ""), *given, (NOBODY, NOBODY), *keep]
        if tuple(options) != tuple(self.preset.options):
            self.preset.options = options
        self.preset.value = preset_of(presets, chosen)
        self.name.layout.display = "none"
        self._showing = False

    def _chosen(self, change: dict[str, Any]) -> None:
        if self._showing or not change["new"]:
            return
        self.name.layout.display = None if change["new"] == KEEP else "none"
        if change["new"] != KEEP:
            of = self._presets[change["new"]][0] if change["new"] in self._presets else ()
            self._on_change(list(of() if callable(of) else of))

    def _named(self) -> None:
        name, self.name.value = self.name.value.strip(), ""
        self.on_keep(name)
