"""Mutation testing: change procman's code at random, run the tests that reach the changed line, and list the changes nobody notices.

python -m tests.mutants                           40 changes in every module
python -m tests.mutants reports matching/topics   only in these rooms or modules
python -m tests.mutants --changes 10 --seed 2     fewer changes, other ones
python -m tests.mutants reports --tests tests/reports tests/panels   noticed by these tests only: quicker to measure

Which tests reach which line is measured once (with coverage.py; some minutes) and kept in build/mutants until the code or the tests
change. Everything happens in copies below build/mutants; the checkout itself is never changed. A survivor is a missing test, code
that does nothing, or a change without effect: a person must decide which. Mostly without effect are another limit for a number
that never equals it (a weight, a likeness), and one digit more where a number is rounded. So the points of a clue are not made one
more, which rarely decides, but none.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from queue import Queue

from coverage import Coverage

from tests import compare_pages
from tests.unheld import out_of_time

ROOT = Path(__file__).parents[1]
BUILD = ROOT / "build" / "mutants"
COPIED = (
    "procman",
    "tests",
    "data",
    "figures",
    "notebooks",
    "Makefile",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "environment.yml",
    "locks",
)
WORKERS = 2
#: Seconds of the processor's time that the tests of one change may take, whatever else the machine does: a change that makes procman
#: run for ever is noticed, too.
PATIENCE = 120
#: The same for one page.
PATIENCE_PAGE = 10
#: The tests of a change run in a process that is forked from one with these loaded: they take longer to load than most tests to run.
PREPARED = get_context("forkserver")
LOADED = (
    "pytest hypothesis nbformat pandas scipy.optimize scipy.cluster.hierarchy rapidfuzz lxml.html ipywidgets anywidget "
    "matplotlib.pyplot matplotlib.backends.backend_svg afcharts openpyxl gptables"
)
#: Pytest would warn that it cannot look into the asserts of what is loaded.
RELOADED = ["-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"]
#: So many tests are run first, and at most so many in all: what notices a change is mostly among the first.
FIRST_TESTS, MOST_TESTS = 10, 30
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr},
}


@dataclass(frozen=True)
class Mutant:
    """One change: the module, its line, what stood there and what stands there now, and the module's whole new tree."""

    module: str
    line: int
    was: str
    now: str
    tree: ast.Module

    @property
    def text(self) -> str:
        """The module's whole new text."""
        return ast.unparse(self.tree)

    @property
    def in_function(self) -> bool:
        """Whether the change is in the body of a function."""
        functions = (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))
        return any(node.body[0].lineno <= self.line <= (node.end_lineno or 0) for node in functions)


def mutants(path: Path, most: int | None = None, seed: int = 1) -> Iterator[Mutant]:
    """Every change that could be made to a module, one at a time, or as many as wanted, drawn at random."""
    source = path.read_text("utf-8")
    module = path.relative_to(ROOT).as_posix()
    places: Sequence[int] = range(sum(1 for _ in _changes(ast.parse(source))))
    if most is not None:
        places = random.Random(f"{seed} {module}").sample(places, min(most, len(places)))
    for place in places:
        tree = ast.parse(source)
        node, change = next(islice(_changes(tree), place, None))
        was = ast.unparse(node)
        change()
        yield Mutant(module, node.lineno, was, ast.unparse(node), ast.fix_missing_locations(tree))


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, object]]:
    """The nodes that can be changed, each with what changes it."""
    declared = {id(inner) for node in ast.walk(tree) for part in _declarations(node) for inner in ast.walk(part)}
    clues = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Clue"]
    points = {id(inner) for clue in clues for inner in ast.walk(clue.args[1])}
    for node in ast.walk(tree):
        if id(node) in declared:
            continue
        if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
            yield node, lambda node=node: node.ops.__setitem__(0, SWAPS[type(node.ops[0])]())
        elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS:
            yield node, lambda node=node: setattr(node, "op", SWAPS[type(node.op)]())
        elif isinstance(node, ast.If | ast.IfExp):
            yield node, lambda node=node: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
        elif isinstance(node, ast.Constant) and id(node) in points:
            yield node, lambda node=node: setattr(node, "value", 0)
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield node, lambda node=node: setattr(node, "value", node.value + 1)
        elif isinstance(node, ast.Constant) and type(node.value) is bool:
            yield node, lambda node=node: setattr(node, "value", not node.value)
        elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
            yield node, lambda node=node: setattr(node, "value", ast.Constant(None))
        elif isinstance(node, ast.Call) and any(word.arg == "key" for word in node.keywords):
            yield node, lambda node=node: setattr(node, "keywords", [w for w in node.keywords if w.arg != "key"])
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield node, lambda node=node: setattr(node, "value", ast.Constant(None))


def _declarations(node: ast.AST) -> list[ast.AST]:
    """The parts of a node that only declare: types, docstrings, what is for type checkers, decorators, that lengths agree."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return [node]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return [node]
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return [
            *node.decorator_list,
            *filter(None, [getattr(node, "returns", None)]),
        ]  # frozen, slots, the size of a cache
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return [node.value]  # of zip: no two of ours differ in length
    parts = [getattr(node, name, None) for name in ("annotation", "returns")]
    return [part for part in parts if part is not None]


class Pages:
    """The pages of tests/pages. They notice most changes of the reader, and a hundred times as fast as pytest starts."""

    def __init__(self) -> None:
        heads = compare_pages.heads()
        self.expected = {
            page: (compare_pages.expected(page), heads.get(compare_pages.place(page), {}))
            for page in compare_pages.pages()
        }
        self.noticed: Counter[Path] = Counter()
        #: For each line (module, number) the pages that reach it.
        self.reaching: dict[tuple[str, int], list[Path]] = {}
        for file in (ROOT / "procman" / "reading").glob("*.py"):
            import_module(f"procman.reading.{file.stem}")  # not by the first page
        measured = Coverage(data_file=None, config_file=False, source=[str(ROOT / "procman" / "reading")])
        measured.start()
        for page in self.expected:
            measured.switch_context(str(page))
            compare_pages.read(page)
        measured.stop()
        data = measured.get_data()
        for file in data.measured_files():
            for line, found in data.contexts_by_lineno(file).items():
                self.reaching[Path(file).relative_to(ROOT).as_posix(), line] = [Path(page) for page in found if page]

    def noticing(self, mutant: Mutant) -> Path | None:
        """A page that is read otherwise with a change of the reader: those first that noticed most so far, and short ones."""
        signal.signal(signal.SIGPROF, out_of_time)
        load_changed(mutant)
        # What runs while a module loads is in no page's lines: any page may notice it.
        pages = self.reaching.get((mutant.module, mutant.line), [] if mutant.in_function else self.expected)
        for page in sorted(pages, key=lambda page: (-self.noticed[page], len(self.expected[page][0]))):
            signal.setitimer(signal.ITIMER_PROF, PATIENCE_PAGE)
            try:
                if compare_pages.read(page) != self.expected[page]:
                    return page
            except Exception:
                return page
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        return None

    def unnoticed(self, drawn: list[Mutant]) -> list[Mutant]:
        """The changes that no page notices. Each is looked at in a process of its own."""
        with get_context("fork").Pool(WORKERS, maxtasksperchild=1) as pool:
            found = []
            for page in pool.imap(_noticing, drawn, 1):
                found.append(page)
                self.noticed.update(filter(None, [page]))
        return [mutant for mutant, page in zip(drawn, found, strict=True) if not page]


class Changed(SourceLoader, MetaPathFinder):
    """Loads a module of procman with a change, and all others as they are."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Where to load from, for the changed module only."""
        own = name == self.mutant.module.removesuffix(".py").replace("/", ".")
        return spec_from_file_location(name, ROOT / self.mutant.module, loader=self) if own else None

    def get_filename(self, name: str) -> str:
        """The module's file."""
        return str(ROOT / self.mutant.module)

    def get_data(self, path: str) -> bytes:
        """The module's text with the change."""
        return self.mutant.text.encode()


def load_changed(mutant: Mutant) -> None:
    """Load procman anew, with a change."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "procman"]:
        del sys.modules[name]
    sys.meta_path.insert(0, Changed(mutant))
    compare_pages.pm = import_module("procman")


@cache
def measured_pages() -> Pages:
    """The pages, measured once, where a module of reading is asked for. Processes forked later have them, too."""
    return Pages()


def _noticing(mutant: Mutant) -> Path | None:
    return measured_pages().noticing(mutant)


def copy(to: Path) -> Path:
    """A copy of what the tests need."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
        else:
            shutil.copy2(ROOT / name, to / name)
    return to


def run(folder: Path, *arguments: str) -> None:
    """Run a module of Python in a copy."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run([sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, check=False)


def passes(folder: Path, arguments: list[str]) -> bool:
    """Whether tests pass in a copy, in a process that has the libraries loaded already; not where they take too long."""
    process = PREPARED.Process(target=_test, args=(folder, arguments))
    process.start()
    process.join()
    return process.exitcode == 0


def _test(folder: Path, arguments: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
    for name in [name for name in sys.modules if name.partition(".")[0] in ("procman", "tests")]:
        del sys.modules[name]
    sys.path[:] = [str(folder), *(path for path in sys.path if path not in ("", str(ROOT)))]
    sys.dont_write_bytecode = True  # of changed modules
    os.chdir(folder)
    os.environ["PYTHONPATH"] = str(folder)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    import pytest

    # Not sys.exit: it would wait for threads of the tests.
    os._exit(pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-p", "no:nbval", *RELOADED, *arguments]))


def reached(tests: list[str]) -> dict[tuple[str, int], list[str]]:
    """For each line (module, number) the tests that reach it."""
    digest = hashlib.sha256(repr(tests).encode())
    for file in sorted([*(ROOT / "procman").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]):
        digest.update(file.read_bytes())
    kept = BUILD / f"reached-{digest.hexdigest()[:16]}.sqlite"
    if not kept.exists():
        folder = copy(BUILD / "coverage")
        settings = "[run]\ndynamic_context = test_function\nsource = procman\nrelative_files = true\nparallel = true\n"
        (folder / ".coveragerc").write_text(settings, encoding="utf-8")
        named = [
            path
            for test in tests
            for path in ([folder / test] if test.endswith(".py") else (folder / test).rglob("test_*.py"))
        ]
        files = sorted({path.relative_to(folder).as_posix() for path in named if "browser" not in path.parts})
        measured = ["coverage", "run", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        with ThreadPoolExecutor(WORKERS) as executor:
            for _ in executor.map(
                lambda part: run(folder, *measured, *part),
                [part for n in range(WORKERS) if (part := files[n::WORKERS])],
            ):
                pass
        run(folder, "coverage", "combine", "-q")
        shutil.move(folder / ".coverage", kept)
    found: dict[tuple[str, int], list[str]] = {}
    with closing(sqlite3.connect(kept)) as database:
        rows = database.execute(
            "SELECT file.path, context.context, line_bits.numbits FROM line_bits "
            "JOIN file ON file.id = file_id JOIN context ON context.id = context_id WHERE context != ''"
        )
        for path, context, bits in rows:
            for byte, value in enumerate(bits):
                for bit in range(8):
                    if value >> bit & 1:
                        found.setdefault((path, byte * 8 + bit), []).append(context)
    return found


def survives(mutant: Mutant, tests: list[str], folder: Path) -> bool:
    """Whether the tests pass although the module is changed: first a few, and then the others with all of the module's own files."""
    file = folder / mutant.module
    whole = file.read_text("utf-8")
    file.write_text(mutant.text, encoding="utf-8")
    try:
        own = [Path(file).stem for file in _own(mutant.module)]
        return all(
            passes(folder, _chosen(mutant, some, folder))
            for some in (tests[:FIRST_TESTS], [*tests[FIRST_TESTS:], *own])
        )
    finally:
        file.write_text(whole, encoding="utf-8")


def _chosen(mutant: Mutant, tests: list[str], folder: Path) -> list[str]:
    """What pytest is told to run some tests, and the module's own examples. A test is "tests.room.test_file.test_name", in whatever class."""
    files = dict.fromkeys([*filter(None, (_file_of(test, folder) for test in tests)), *_own(mutant.module)])
    names = sorted({test.rpartition(".")[2] for test in tests})
    return [*files, mutant.module, "-k", " or ".join([*names, "procman"])]


def _own(module: str) -> list[str]:
    """The files with a module's own tests, or its package's: of procman/reports/views/gaps.py tests/reports/test_views.py, too."""
    room, *names = Path(module).with_suffix("").parts[1:]
    found = [file for name in names for file in sorted((ROOT / "tests" / room).glob(f"test_{name}*.py"))]
    return [file.relative_to(ROOT).as_posix() for file in found]


def nearest(tests: list[str], module: str, reach: Counter[str]) -> list[str]:
    """The tests of a line, those first that are likeliest to notice a change: of the module's own files, then those that reach the least.

    >>> reach = Counter({"tests.panels.test_all.test_a": 900, "tests.measures.test_gaps.test_b": 50})
    >>> nearest([*reach], "procman/measures/peers.py", reach)
    ['tests.measures.test_gaps.test_b', 'tests.panels.test_all.test_a']
    """
    own = {Path(file).stem for file in _own(module)}
    return sorted(tests, key=lambda test: (own.isdisjoint(test.split(".")), reach[test], test))


def _file_of(context: str, folder: Path) -> str:
    parts = context.split(".")
    for end in range(len(parts), 0, -1):
        path = "/".join(parts[:end]) + ".py"
        if path.startswith("tests/") and (folder / path).is_file():
            return path
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", help="rooms or modules, such as reports or matching/topics (default: all)")
    parser.add_argument("--changes", type=int, default=40, help="changes a module (default: 40)")
    parser.add_argument("--seed", type=int, default=1, help="which changes are drawn (default: 1)")
    parser.add_argument("--tests", nargs="+", default=["tests"], help="files or folders of tests (default: all)")
    options = parser.parse_args()
    PREPARED.set_forkserver_preload(LOADED.split())
    lines = reached(options.tests)
    reach = Counter(test for some in lines.values() for test in some)
    copies: Queue[Path] = Queue()
    for number in range(WORKERS):
        folder = copy(BUILD / f"copy-{number}")
        # What stays unchanged is compiled once.
        run(folder, "pytest", "-q", "--collect-only", "--ignore", "tests/browser")
        copies.put(folder)

    def tried(mutant: Mutant) -> tuple[Mutant, str]:
        # What fixtures run, or the module itself as it loads, is in no test's name: behind the tests of the line come the module's.
        of_line = lines.get((mutant.module, mutant.line), [])
        of_module = {test for (module, _), some in lines.items() if module == mutant.module for test in some}
        tests = [
            *dict.fromkeys([*nearest(of_line, mutant.module, reach), *nearest([*of_module], mutant.module, reach)])
        ]
        if not tests and not _own(mutant.module):
            return mutant, "no test reaches it"
        folder = copies.get()
        try:
            return mutant, "survives" if survives(mutant, tests[:MOST_TESTS], folder) else ""
        finally:
            copies.put(folder)

    wanted = tuple(f"procman/{room.removesuffix('.py')}" for room in options.rooms) or ("procman/",)
    rows: list[str] = []
    for path in sorted((ROOT / "procman").rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        if not module.startswith(wanted):
            continue
        drawn = unnoticed = list(mutants(path, options.changes, options.seed))
        if not drawn:
            continue
        if path.parent.name == "reading":
            unnoticed = measured_pages().unnoticed(drawn)
        whole = Mutant(module, 0, "", "", ast.parse(path.read_text("utf-8")))
        left = 0
        with ThreadPoolExecutor(WORKERS) as executor:
            for mutant, why in executor.map(tried, [whole, *unnoticed]):
                if mutant is whole and not why:
                    executor.shutdown(cancel_futures=True)
                    print(f"{module}: its tests fail without a change", file=sys.stderr)
                    return 1
                if mutant is not whole and why:
                    left += 1
                    was, now = (text.splitlines()[0] for text in (mutant.was, mutant.now))
                    print(f"{mutant.module}:{mutant.line}: {why}\n  was: {was}\n  now: {now}\n", flush=True)
        noticed = len(drawn) - left
        rows.append(f"| {module} | {len(drawn)} | {noticed} | {noticed / len(drawn):.0%} |")
        print(rows[-1], flush=True)
    print("\n| module | changes | noticed | share |\n|---|---|---|---|", *rows, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
