"""Whatever is in a library, everything made from it can be opened: figures, workbook, reports, panels, saved files."""

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, example, given, settings

from procman.library.library import open_library
from procman.panels import CoveragePanel
from tests.fuzz.libraries import Held, check, libraries, write

#: Random ones with PROCMAN_EXAMPLES=200, or for as long as one likes with `make fuzz ARGS=--libraries`: each takes seconds.
EXAMPLES = int(os.environ.get("PROCMAN_EXAMPLES", "0"))
PHASES = [Phase.explicit, *([Phase.generate, Phase.shrink] if EXAMPLES else [])]
NASTY = [
    Held("a", "2017-07", "=1+1\x07\ufffe", "1. <b>\n\n1.1 Consent $$x$$ New\n1.2 NA\n\n2. \n\n2.1 [a](b)\n", ""),
    Held("a", "2024-06", "=1+1\x07\ufffe", "1. <b>\n\n1.1 Consent $x^2$\n1.3 Private Fostering\n", "June 2024\nNew\n"),
    Held("b", "undated", "Ke\u0301nt" * 60, "1. Care\n\n1.1 Private fostering\n1.2 ]]> \u202e &amp; ＝1+1\n", ""),
    Held("c", "undated", "K\xe9nt" * 60, "1. CARE\n\n1.1 consent Updated February 12, 2025\n1.2 {council}\n", ""),
    Held(
        "d", "undated", "CON", "Procedures Manual\n\n1. Care\n\n1.1 Consent\n\n1.1.1\n", ""
    ),  # a chapter without a title
]


@settings(max_examples=EXAMPLES or 1, phases=PHASES, deadline=None, suppress_health_check=list(HealthCheck))
@example(NASTY)
@given(libraries)
def test_all_that_is_made_from_an_odd_library_can_be_opened(manuals):
    with tempfile.TemporaryDirectory() as folder:
        made = check(manuals, Path(folder))
        if manuals == NASTY:
            assert made == 5
            report = (Path(folder) / "reports/report.html").read_text("utf-8")
            assert "The page of CON lists no chapter, so none is counted here." in report


def test_a_panel_opens_with_one_manual_alone(tmp_path):
    library = open_library(write(NASTY[:1], tmp_path / "manuals"), cache=False)
    panel = CoveragePanel(library, decisions=tmp_path / "decisions.csv", folder=tmp_path)
    assert (panel.message, panel.councils) == ("", [library.manuals["council"][0]])


def test_a_library_of_which_nothing_can_be_read_says_so(tmp_path):
    nothing = Held("a", "undated", "Kent", "Procedures Manual\n\n1.\n\n", "")
    assert check([nothing], tmp_path) == 3  # figures, report, panels; a workbook would have no table
    assert "No manual could be read." in (tmp_path / "figures/README.md").read_text("utf-8")
    assert "Left out: " in (tmp_path / "reports/report.html").read_text("utf-8")
