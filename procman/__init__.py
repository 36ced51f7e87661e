"""procman reads councils' children's services procedures manuals and compares them.

Names load when first used, so that importing procman costs next to nothing.
"""

from procman.lazy import homes

# No module beside this file is named like a public name: importing it would put the module in the name's place.
_HOMES = {
    "read_manual": "reading.manual",
    "Manual": "reading.manual",
    "read_amendments": "reading.amendments",
    "open_library": "library.library",
    "Library": "library.library",
    "councils": "library.directory",
    "align": "matching.alignment",
    "Alignment": "matching.alignment",
    "review": "matching.alignment",
    "topics": "matching.topics",
    "read_decisions": "library.decisions",
    "record_decision": "library.decisions",
    "withdraw_decision": "library.decisions",
    "conflicts": "library.decisions",
    "evaluate": "matching.evaluation",
    "calibration": "matching.evaluation",
    "changes": "measures.editions",
    "ProcmanError": "errors",
}
__getattr__, __dir__, __all__ = homes(__name__, _HOMES)
