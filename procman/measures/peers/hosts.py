"""The publisher's platform that hosts each council's page, from the page's address or the directory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from procman.library.directory import addresses_of, known_as
from procman.measures.counting import names
from procman.tables import Measure, columns, need

if TYPE_CHECKING:
    import pandas as pd

PLATFORMS = Measure(
    "platforms",
    "One row per council: the publisher's platform that hosts its page.",
    columns("council", "platform?", "told_by?"),
    "Councils in the library.",
    "The directory has the platform from when someone last saw the page.",
)

#: Platforms by the end of the host name.
_HOSTS = {"trixonline.co.uk": "trixonline", "proceduresonline.com": "proceduresonline"}
_ARCHIVED = re.compile(r"https?://.{1,500}?/\d{14}(?:[a-z]{2}_)?/(https?://.*)")


def platforms(manuals: pd.DataFrame) -> pd.DataFrame:
    """Find the platform that hosts each council's page (columns of `PLATFORMS`).

    Takes a library's ``manuals``. Uses the source of the newest edition, or if that has no platform, the directory.

    Examples
    --------
    >>> import pandas as pd
    >>> held = pd.DataFrame({"council": ["Kent", "Northwick"], "edition": "2024-06", "source": [None, "https://northwickcs.trixonline.co.uk/contents"]})
    >>> platforms(held)[["platform", "told_by"]].values.tolist()
    [['proceduresonline', 'directory'], ['trixonline', 'address']]
    """
    need(manuals, "manuals", "council", "edition", "source")
    newest = manuals.assign(council=names(manuals["council"])).sort_values(
        "edition", kind="stable", na_position="first"
    )
    last = (
        newest.groupby("council", sort=False)["source"].last().reindex(list(dict.fromkeys(names(manuals["council"]))))
    )
    rows = []
    for council, source in last.items():
        own, known = _platform_of(source), known_as(str(council))
        places = addresses_of(known) if known and not own else []
        platform = own or (places[0].platform if places else "")
        rows.append((council, platform, "address" if own else "directory" if platform else ""))
    return PLATFORMS.frame(rows)


def _platform_of(source: Any) -> str:
    """The platform of an address, or of the archived page that an address shows. Empty if there is none."""
    archived = _ARCHIVED.match(source) if isinstance(source, str) else None
    address = archived[1] if archived else source
    host = f".{urlsplit(address).hostname or ''}" if isinstance(address, str) and "://" in address else ""
    return next((platform for end, platform in _HOSTS.items() if host.endswith(f".{end}")), "")


def from_directory(councils: Sequence[str]) -> pd.DataFrame:
    """The platforms of councils according to the directory (columns of `PLATFORMS`).

    >>> from_directory(["Kent", "Northwick"])["platform"].fillna("not known").tolist()
    ['proceduresonline', 'not known']
    """
    import pandas as pd

    return platforms(pd.DataFrame({"council": councils, "edition": None, "source": None}))


def standing(platforms: pd.DataFrame | None) -> dict[str, str]:
    """Each council's platform, if known."""
    return {} if platforms is None else dict(platforms[["council", "platform"]].dropna().to_numpy().tolist())
