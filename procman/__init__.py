"""procman reads councils' children's services procedures manuals and compares them.

Names load when first used, so that importing procman costs next to nothing.
"""

from procman.lazy import homes

# No module is named like a public name: importing it would put the module in the name's place.
_HOMES = {
    "read_manual": "manual",
    "Manual": "manual",
    "read_amendments": "amendments",
    "open_library": "library",
    "Library": "library",
    "align": "alignment",
    "Alignment": "alignment",
    "review": "alignment",
    "topics": "grouping",
    "read_decisions": "decisions",
    "record_decision": "decisions",
    "withdraw_decision": "decisions",
    "conflicts": "decisions",
    "evaluate": "evaluation",
    "calibration": "evaluation",
    "changes": "measures.editions",
    "ProcmanError": "errors",
}
__getattr__, __dir__, __all__ = homes(__name__, _HOMES)
