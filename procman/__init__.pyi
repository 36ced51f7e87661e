from procman.alignment import Alignment as Alignment, align as align, review as review
from procman.amendments import read_amendments as read_amendments
from procman.decisions import (
    conflicts as conflicts,
    read_decisions as read_decisions,
    record_decision as record_decision,
    withdraw_decision as withdraw_decision,
)
from procman.errors import ProcmanError as ProcmanError
from procman.evaluation import calibration as calibration, evaluate as evaluate
from procman.grouping import topics as topics
from procman.library import Library as Library, open_library as open_library
from procman.manual import Manual as Manual, read_manual as read_manual
from procman.measures.editions import changes as changes
