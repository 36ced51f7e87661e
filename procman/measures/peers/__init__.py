"""Peers: whom to compare with, how alike manuals are, which are nearest, and which stand together.

Each concern has a file: `alike` (likeness of manuals, and what a common platform explains of it), `hosts` (where each page stands),
`preset_peers` (ways to choose peers, and whom a choice means).
"""

from procman.measures.peers.alike import (
    CLUSTERS,
    EXPLAINED,
    LIKENESS,
    NEAREST,
    SAME_WORDS,
    clusters,
    explained,
    likeness,
    nearest,
)
from procman.measures.peers.hosts import PLATFORMS, platforms
from procman.measures.peers.preset_peers import (
    ALIKE,
    ALL,
    KIND,
    MOST,
    NEIGHBOURS,
    PLATFORM,
    PRESETS,
    REGION,
    WAYS,
    Peers,
    chosen,
    held,
    in_words,
    known_presets,
    named,
    presets,
)

__all__ = [
    "ALIKE",
    "ALL",
    "CLUSTERS",
    "EXPLAINED",
    "KIND",
    "LIKENESS",
    "MOST",
    "NEAREST",
    "NEIGHBOURS",
    "PLATFORM",
    "PLATFORMS",
    "PRESETS",
    "REGION",
    "SAME_WORDS",
    "WAYS",
    "Peers",
    "chosen",
    "clusters",
    "explained",
    "held",
    "in_words",
    "known_presets",
    "likeness",
    "named",
    "nearest",
    "platforms",
    "presets",
]
