"""The commands, as a person types them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from procman.__main__ import main

PAGE = "1. All Children\n1.1 Consent New\n1.1 Records\n\nMystery words here\n\n1.3 Visits\n"


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_add_shows_what_it_understood(page, tmp_path, capsys):
    assert (
        main(["add", str(page), "--council", "Northwick", "--edition", "2024-06", "--library", str(tmp_path / "lib")])
        == 0
    )
    out = capsys.readouterr().out
    assert "Northwick, 2024-06: 1 sections, 0 subsections, 4 chapters" in out
    assert "line    2    1.1      Consent  [New]" in out
    assert "duplicate number: 1.1 is also on line 2" in out
    assert (tmp_path / "lib/northwick/2024-06/contents.txt").read_text(encoding="utf-8") == PAGE


def test_adding_twice_is_refused(page, tmp_path, capsys):
    arguments = ["add", str(page), "--council", "Northwick", "--library", str(tmp_path / "lib")]
    assert main(arguments) == 0
    assert main(arguments) == 1
    assert "--replace" in capsys.readouterr().err
    assert main([*arguments, "--replace"]) == 0


def test_check_reads_the_whole_library(root, capsys):
    assert main(["check", "--library", str(root / "data/manuals")]) == 0
    out = capsys.readouterr().out
    assert "Milton Keynes, undated: 7 sections, 21 subsections, 124 chapters, 12 cross references" in out
    assert "Oxfordshire, 2017-07: 6 sections, 25 subsections, 129 chapters, 12 cross references" in out


def test_check_says_what_it_could_not_read(tmp_path, capsys):
    home = tmp_path / "badshire/undated"
    home.mkdir(parents=True)
    (home / "contents.txt").write_bytes(b"%PDF-1.4")
    assert main(["check", "--library", str(tmp_path)]) == 1
    assert "a PDF" in capsys.readouterr().err


def test_trouble_is_one_line_and_exit_code_1(tmp_path, capsys):
    assert main(["add", str(tmp_path / "none.txt"), "--council", "X"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["add"], ["add", "x", "y", "--council", "A"], ["dance"], ["check", "--loudly"]])
def test_what_is_not_understood_is_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["add"], ["check"]])
def test_help_has_examples(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([*command, "--help"])
    assert stop.value.code == 0
    assert "python -m procman" in capsys.readouterr().out


def test_what_a_terminal_cannot_show_stops_nothing(root, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("1. All Children\n1.1 Ŵy\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "procman", "add", str(page), "--council", "X", "--library", str(tmp_path)],
        cwd=root, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONIOENCODING": "cp1252"},
    )  # fmt: skip
    assert "1.1      \\u0174y" in done.stdout


def test_no_setting_for_windows_stops_what_is_drawn_into_files(root):
    program = "from procman.__main__ import main; main([]); import matplotlib"
    environment = {**os.environ, "MPLBACKEND": "nonsense"}
    subprocess.run([sys.executable, "-c", program], cwd=root, env=environment, capture_output=True, check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows closes pipes in its own way")
def test_a_reader_that_has_read_enough_stops_nothing(root):
    command = [sys.executable, "-m", "procman", "dictionary"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()  # as head does
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_the_module_runs_wherever_python_does(root):
    """Without accents in the locale, and with every warning an error."""
    odd = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONWARNINGS": "error",
    }
    done = subprocess.run(
        [sys.executable, "-m", "procman", "check"], cwd=root, env={**os.environ, **odd}, capture_output=True, check=True
    )
    assert b"Oxfordshire" in done.stdout


# --- whom to compare -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A library of four councils, with a list of one's own beside it."""
    from procman.library.peer_lists import save_list

    folder = tmp_path_factory.mktemp("compared") / "manuals"
    for n, name in enumerate(("Kent", "Medway Council", "Leeds", "Northwick")):
        page = folder.parent / "page.txt"
        page.write_text(f"1. All\n\n1.1 Consent\n1.2 Private Fostering\n1.3 Harbour {n}\n", encoding="utf-8")
        assert main(["add", str(page), "--council", name, "--library", str(folder)]) == 0
    save_list("coast", ["Kent", "Torbay"], folder.parent / "peers.csv")
    return folder


WHOM = [
    (["--for", "kent", "--with", "same region"], {"Kent", "Medway Council"}),
    (["--for", "Northwick", "--with", "coast", "leeds"], {"Northwick", "Kent", "Leeds"}),
    (["--for", "Leeds", "--region", "South East"], {"Leeds", "Kent", "Medway Council"}),
    (["--with", "Leeds", "Medway"], {"Leeds", "Medway Council"}),
    (["--for", "Medway"], {"Kent", "Medway Council", "Leeds", "Northwick"}),
]


@pytest.mark.parametrize(("options", "councils"), WHOM)
def test_options_mean_these_councils(options, councils, held):
    from procman.__main__ import _parser
    from procman.commands.councils import compared

    library, own, _ = compared(_parser().parse_args(["workbook", "--library", str(held), *options]))
    assert {manual.council for manual in library} == councils
    assert own == (
        {"kent": "Kent", "Medway": "Medway Council"}.get(options[1], options[1]) if "--for" in options else None
    )


def test_report_workbook_and_figures_take_them_alike(held, tmp_path, capsys):
    import pandas as pd

    common = ["--for", "kent", "--with", "same region", "--library", str(held)]
    book, page = tmp_path / "book.xlsx", tmp_path / "report.html"
    assert main(["workbook", "--out", str(book), *common]) == 0
    assert main(["report", "--out", str(page), *common]) == 0
    assert main(["figures", "--out", str(tmp_path), "--format", "svg", "--only", "sizes", *common]) == 0
    rows = pd.read_excel(book, sheet_name="Chapters", header=None)
    assert set(rows[rows.columns[0]].iloc[-6:]) == {"Kent", "Medway Council"}
    assert set(pd.read_csv(tmp_path / "sizes.csv")["council"]) == {"Kent", "Medway Council"}
    assert capsys.readouterr().err.count("17 councils not in") == 3
    text = page.read_text(encoding="utf-8")
    assert "beside Medway Council." in text
    assert "Harbour 3" not in text
    with pd.ExcelFile(book) as opened:
        assert "Kent gaps" in opened.sheet_names


def test_a_workbook_s_file_may_be_named_as_before():
    from procman.__main__ import _parser

    options = _parser().parse_args(["workbook", "comparison.xlsx", "--for", "Kent"])
    assert (options.file, options.out) == ("comparison.xlsx", None)


def test_councils_that_a_choice_means_and_the_library_lacks_are_told(held, tmp_path, capsys):
    options = ["--for", "Northwick", "--with", "coast", "--library", str(held), "--out", str(tmp_path / "a.html")]
    assert main(["report", *options]) == 0
    told = capsys.readouterr().err
    assert f"1 council not in {held}: Torbay; to fetch it: python -m procman add Torbay\n" in told


@pytest.mark.parametrize("command", ["report", "workbook", "figures"])
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--for", "Kemt"], "Kemt: no council has this name, here or in the directory. Did you mean Kent"),
        (["--for", "Essex"], 'Essex: its manual is not here; to fetch it: python -m procman add "Essex"'),
        (["--for", "Kent", "--with", "same regoin"], "same regoin: no council has this name, here or in the directory. Did you"),
        (["--with", "same region"], "same region: first say which council is yours"),
        (["--for", "Kent", "--with", "statistical neighbours"], "statistical neighbours: none of these 10 councils is here"),
        (["--region", "Southeast"], "Southeast: there is no such region; the regions are East Midlands"),
        (["--neighbours-of", "Kent"], "none of these 10 councils is in the library: "),
    ],
)  # fmt: skip
def test_peers_that_cannot_be_had_are_one_clear_line(command, options, said, held, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([command, *options, "--library", str(held)]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not [*tmp_path.iterdir()]


def test_earlier_forms_still_choose_councils(held, tmp_path):
    import pandas as pd

    library = ["--library", str(held)]
    out = ["--out", str(tmp_path), "--format", "svg", "--only", "sizes"]
    assert main(["figures", "--councils", "Kent", "Leeds", *out, *library]) == 0
    assert set(pd.read_csv(tmp_path / "sizes.csv")["council"]) == {"Kent", "Leeds"}
    assert main(["report", "Kent", "Leeds", "--out", str(tmp_path / "report.html"), *library]) == 0
    assert "Harbour 3" not in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Compared with all other councils in the library."),
        (["--with", "Leeds"], "Compared with councils named one by one."),
        (
            ["--with", "same region", "Leeds"],
            "Compared with councils of its region and councils named one by one (2 of 19 have a manual here).",
        ),
    ],
)
def test_a_report_says_how_those_beside_were_chosen(options, said, held, tmp_path):
    out = tmp_path / "report.html"
    assert main(["report", "--for", "Kent", *options, "--out", str(out), "--library", str(held)]) == 0
    assert said in out.read_text(encoding="utf-8")
