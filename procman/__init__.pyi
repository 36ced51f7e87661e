from procman.matching.alignment import Alignment as Alignment, align as align, review as review
from procman.reading.amendments import read_amendments as read_amendments
from procman.library.decisions import (
    conflicts as conflicts,
    read_decisions as read_decisions,
    record_decision as record_decision,
    withdraw_decision as withdraw_decision,
)
from procman.errors import ProcmanError as ProcmanError
from procman.matching.evaluation import calibration as calibration, evaluate as evaluate
from procman.matching.topics import topics as topics
from procman.library.directory import councils as councils
from procman.library.library import Library as Library, open_library as open_library
from procman.reading.manual import Manual as Manual, read_manual as read_manual
from procman.measures.editions import changes as changes
