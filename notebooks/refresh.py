"""Run notebooks anew and keep their outputs: python notebooks/refresh.py [NOTEBOOK ...]

Without arguments, every notebook in this folder. A second run changes no byte: what differs each time is left out.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).parent
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # names a widget of a kernel that is gone
CELL_TIMEOUT = 120


def clear(notebook: nbformat.NotebookNode) -> None:
    """Remove outputs and execution counts."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


def tidy(notebook: nbformat.NotebookNode) -> None:
    """Remove what differs from run to run, or from one Python to the next."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)


def refresh(path: Path) -> bool:
    """Run the notebook at path; True if that changed the file. Nothing is written when a cell fails."""
    before = path.read_bytes()
    notebook = nbformat.reads(before.decode(), as_version=4)
    clear(notebook)
    NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
    ).execute()
    tidy(notebook)
    nbformat.validate(notebook)
    after = (nbformat.writes(notebook) + "\n").encode()
    if after != before:
        path.write_bytes(after)
    return after != before


def main(arguments: list[str]) -> int:
    for path in [Path(argument).resolve() for argument in arguments] or sorted(HERE.glob("*.ipynb")):
        try:
            print(path.name, "changed" if refresh(path) else "unchanged", flush=True)
        except CellExecutionError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
