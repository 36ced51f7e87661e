"""The committed notebooks have the outputs of one clean run, so that nbval can compare them.

nbval accepts a notebook without outputs and ignores pictures, so these tests come first.
"""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from notebooks import refresh

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}", re.IGNORECASE)
ABSOLUTE_PATH = re.compile(
    r"""(?:^|[\s"'(=])(?:file:/|/(?:home|root|Users|tmp|var|usr|opt|mnt|srv)/|[A-Z]:\\)""", re.MULTILINE
)


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook):
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def texts(output):
    """What an output says in words."""
    if output.output_type == "stream":
        return [output.text]
    return [
        text for kind, text in output.get("data", {}).items() if kind.startswith("text/") or kind == "image/svg+xml"
    ]


def says_a_result(output):
    """True for an output that nbval compares and that holds more than the repr of an object."""
    return "text/html" in output.get("data", {}) or any(
        text.strip() and not re.fullmatch(r"<.*>|\w+\(.*\)", text.strip(), re.DOTALL) for text in texts(output)
    )


def test_there_are_notebooks_numbered_from_0():
    assert NOTEBOOKS
    numbers = [int(name.split("_")[0]) for name in NAMES if name[0].isdigit()]
    assert numbers == list(range(len(numbers)))


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem[0].isdigit()])
def test_notebook_leads_to_another(path):
    linked = re.findall(r"\]\(([\w-]+\.ipynb)\)", "".join(cell.source for cell in read(path).cells))
    assert linked
    assert all((path.parent / name).is_file() for name in linked)


@each_notebook
def test_cells_ran_once_in_order(path):
    counts = [cell.execution_count for cell in code_cells(read(path)) if cell.source.strip()]
    assert counts == list(range(1, len(counts) + 1))


@each_notebook
def test_outputs_are_clean(path):
    notebook = read(path)
    kinds = [output.get("name", output.output_type) for output in outputs(notebook)]
    assert "error" not in kinds
    assert "stderr" not in kinds
    said = "\n".join(text for output in outputs(notebook) for text in texts(output))
    assert not ADDRESS.findall(said)
    assert not ABSOLUTE_PATH.findall(said)


@each_notebook
def test_nbval_has_a_result_to_compare(path):
    assert any(says_a_result(output) for output in outputs(read(path)))


@each_notebook
def test_no_cell_is_kept_from_nbval(path):
    for cell in code_cells(read(path)):
        tags = cell.metadata.get("tags", [])
        assert not [tag for tag in tags if tag.startswith("nbval-") or tag == "raises-exception"]
        assert not re.search(r"(?i)#\s*(nbval|raises|pytest_validate)[-_]", cell.source)


@each_notebook
def test_cells_are_thin(path):
    for cell in code_cells(read(path)):
        assert not re.search(r"^\s*(async\s+def|def|class)\s", cell.source, re.MULTILINE), "this belongs in procman"
        assert not ABSOLUTE_PATH.findall(cell.source)


@each_notebook
def test_file_is_as_refresh_writes_it(path):
    notebook = read(path)
    refresh.tidy(notebook)
    assert nbformat.writes(notebook) + "\n" == path.read_text(encoding="utf-8"), "run make notebooks"


@pytest.fixture
def draft(tmp_path):
    """Writes a notebook of the given cells."""

    def write(*sources):
        path = tmp_path / "draft.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in sources]), path)
        return path

    return write


def test_refresh_twice_changes_no_byte(draft):
    path = draft("print(1)\nprint(2)", "import ipywidgets\nipywidgets.IntSlider(3, description='Level')")
    assert refresh.refresh(path)
    first = path.read_bytes()
    assert not refresh.refresh(path)
    assert path.read_bytes() == first
    printed, slider = outputs(read(path))
    assert printed.text == "1\n2\n"
    assert list(slider.data) == ["text/plain"]


def test_refresh_writes_nothing_when_a_cell_fails(draft):
    path = draft("1 / 0")
    before = path.read_bytes()
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        refresh.refresh(path)
    assert path.read_bytes() == before
