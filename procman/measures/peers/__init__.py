"""Peers: which councils to compare with, and how similar manuals are.

The files: `alike` (likeness of manuals, and how much the platform explains), `hosts` (the platform of each page), `preset_peers` (ways
to choose peers).
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
