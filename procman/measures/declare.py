"""Where `Measure` and what goes with it were; reports and panels still look here. They stand in `procman.tables`."""

from procman.tables import NO_FLAG, NOT_THERE, OUTSIDE, UNTITLED, Measure

__all__ = ["NOT_THERE", "NO_FLAG", "OUTSIDE", "UNTITLED", "Measure"]
