from .matching.alignment import Alignment as Alignment, align as align, review as review
from .reading.amendments import read_amendments as read_amendments
from .library.corrections import (
    read_corrections as read_corrections,
    record_correction as record_correction,
    withdraw_correction as withdraw_correction,
)
from .library.decisions import (
    conflicts as conflicts,
    read_decisions as read_decisions,
    record_decision as record_decision,
    withdraw_decision as withdraw_decision,
)
from .library.directory import councils as councils
from .errors import ProcmanError as ProcmanError
from .matching.evaluation import calibration as calibration, evaluate as evaluate
from .matching.topics import topics as topics
from .library.library import Library as Library, open_library as open_library
from .reading.manual import Manual as Manual, read_manual as read_manual
from .measures.editions import changes as changes
from .measures.gaps import gaps as gaps
