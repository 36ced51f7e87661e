"""Find conditions of the reader that no page in tests/pages tests: drop each in turn, and read the pages that it may affect again.

python -m tests.unheld                        all modules; some minutes
python -m tests.unheld clues outline          only these
python -m tests.unheld clues --also FOLDER    with the pages of another folder, too

A condition is a clue, the test of an if, or a part of an "and" or "or". It is dropped by putting True or False in its place. A page
tests it if the entries then differ, an error is raised, or the reader does not end. The changes that no page tests are listed with their
lines, except those that tests/unheld.csv excuses. Unused excuses are listed too.
"""

import ast
import csv
import gc
import os
import signal
import sys
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import _lru_cache_wrapper
from importlib import import_module
from inspect import CO_OPTIMIZED
from multiprocessing import get_context
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple

from procman.reading.contents import read_contents
from procman.reading.text import lines_of
from tests.compare_pages import PAGES

READING = Path(__file__).parent.parent / "procman" / "reading"
MODULES = "clues compound_lines contents evidence numbered numbers outline path quick_links rows worded".split()
FIELDS = "kind number title section subsection depth parent status date note publisher".split()
EXCUSES = Path(__file__).with_suffix(".csv")
#: Seconds of the processor's time after which a reader that does not end a page has surely changed.
PATIENCE = 5
WORKERS = 2


Excuse = tuple[str, str, str]  # module, function, change


class Condition(NamedTuple):
    """A condition, and where it stands; ``truth`` says that no more than its truth matters."""

    function: str
    parent: ast.AST
    field: str
    place: int | None  # its place in the field, where that is a list
    node: ast.expr
    truth: bool

    def put(self, node: ast.expr) -> None:
        """Put something else in its place."""
        ast.copy_location(node, self.node)
        if self.place is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.place] = node


class Change(NamedTuple):
    """One way to drop a condition: which of a module's it is, and what is put in its place."""

    module: str
    place: int
    value: bool
    line: int
    function: str
    words: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line} {self.function}: {self.words}"

    def excuse(self, excused: Container[Excuse]) -> Excuse | None:
        """What excuses it: its own words, or all of its function."""
        mine = (self.module, self.function)
        return next((key for key in ((*mine, self.words), (*mine, "")) if key in excused), None)


def conditions(node: ast.AST, function: str = "") -> Iterator[Condition]:
    """Every part of a condition inside the functions and clues of a module, in the order of the source."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}".lstrip(".")
    elif (
        isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Clue" and isinstance(node.args[-1], ast.Lambda)
    ):
        function = f"{ast.unparse(node.args[0])}, {ast.unparse(node.args[2])}"
    if function and not isinstance(node, ast.ClassDef):
        for field, value in ast.iter_fields(node):
            for place, test in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if _is_condition(node, field, function) and not isinstance(
                    test, ast.Constant | ast.BoolOp | ast.Dict | ast.List
                ):
                    yield Condition(function, node, field, place, test, not isinstance(node, ast.BoolOp))
    for child in ast.iter_child_nodes(node):
        yield from conditions(child, function)


def _is_condition(node: ast.AST, field: str, function: str) -> bool:
    if isinstance(node, ast.Lambda):
        return field == "body" and "," in function  # a clue's
    return field in ("test", "ifs") or (isinstance(node, ast.BoolOp) and field == "values")


def parsed(module: str) -> tuple[ast.Module, list[Condition]]:
    tree = ast.parse((READING / f"{module}.py").read_text("utf-8"))
    return tree, list(conditions(tree))


def changes(module: str) -> list[Change]:
    """Each way to drop a condition of a module."""
    return [
        Change(module, n, value, each.node.lineno, each.function, f"{value} for {ast.unparse(each.node)}")
        for n, each in enumerate(parsed(module)[1])
        for value in (False, True)
    ]


# --- running changed code -------------------------------------------------------------------------------------


@contextmanager
def running(module: str, tree: ast.Module) -> Iterator[None]:
    """Let the functions of a module run as the tree says."""
    path = str(import_module(f"procman.reading.{module}").__file__)
    living = {
        _key(each.__code__): each
        for each in gc.get_objects()
        if isinstance(each, FunctionType) and each.__code__.co_filename == path
    }
    before = {each: each.__code__ for each in living.values()}
    for code in _functions(compile(tree, path, "exec")):
        if function := living.get(_key(code)):
            function.__code__ = code
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and each.__module__.startswith("procman.reading"):
            each.cache_clear()
    try:
        yield
    finally:
        for function, code in before.items():
            function.__code__ = code


def _functions(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            # A class holds functions of its own; what a function holds is a part of it.
            yield from (inner,) if inner.co_flags & CO_OPTIMIZED else _functions(inner)


def _key(code: CodeType) -> tuple[str, int, tuple[str, ...]]:
    return code.co_qualname, code.co_firstlineno, code.co_freevars


class Pages:
    """The pages, what is read from each, and which conditions matter to which of them."""

    def __init__(self, folders: Sequence[Path]) -> None:
        paths = [path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".html")]
        paths += sorted(PAGES.parent.parent.glob("data/manuals/*/*/contents.txt"))
        self.paths = paths
        self.texts = [(path.read_text("utf-8"), path.suffix == ".html") for path in paths]
        self.wanted = [self.read(n) for n in range(len(paths))]
        self.matters: dict[tuple[str, int, bool], list[int]] = {}
        self.holds: Counter[int] = Counter()  # how many changes each page has held so far

    def read(self, n: int) -> object:
        """The entries of a page, as the reader reads them now."""
        try:
            entries = read_contents(lines_of(*self.texts[n])).entries
        except Exception as error:
            return repr(error)
        return [tuple(getattr(entry, field) for field in FIELDS) for entry in entries]

    def trace(self, module: str) -> None:
        """See to which pages each change of a module may matter: those on which the condition is not what is put in its place."""
        tree, found = parsed(module)
        seen = [0] * len(found)
        for n, each in enumerate(found):
            # What a condition names for what comes after it is lost with it, whatever its truth.
            names = any(isinstance(node, ast.NamedExpr) for node in ast.walk(each.node))
            call = ast.Call(
                ast.Name("__saw__", ast.Load()),
                [ast.Constant(n), each.node, ast.Constant(each.truth and not names)],
                [],
            )
            each.put(call)

        def saw(n: int, value: object, truth: bool) -> object:
            told = bool(value) if truth else value
            seen[n] |= 2 if told is False else 1 if told is True else 3
            return value

        vars(import_module(f"procman.reading.{module}"))["__saw__"] = saw
        with running(module, ast.fix_missing_locations(tree)):
            for page in range(len(self.texts)):
                seen[:] = [0] * len(found)
                self.read(page)
                for n, bits in enumerate(seen):
                    for value in (False, True):
                        if bits & (2 if value else 1):
                            self.matters.setdefault((module, n, value), []).append(page)

    def holding(self, change: Change) -> int:
        """The first page that is read otherwise with this change; -1 for none. Those that hold most, and then the short ones, come first."""
        pages = self.matters.get((change.module, change.place, change.value), [])
        if not pages:
            return -1
        tree, found = parsed(change.module)
        found[change.place].put(ast.Constant(change.value))
        with running(change.module, tree):
            for page in sorted(pages, key=lambda n: (-self.holds[n], len(self.texts[n][0]))):
                signal.setitimer(signal.ITIMER_PROF, PATIENCE)
                with suppress(MemoryError, RecursionError):
                    if self.read(page) == self.wanted[page]:
                        continue
                signal.setitimer(signal.ITIMER_PROF, 0)
                self.holds[page] += 1
                return page
        signal.setitimer(signal.ITIMER_PROF, 0)
        return -1


_pages: Pages


def _holding(change: Change) -> tuple[Change, int]:
    return change, _pages.holding(change)


def out_of_time(*_: object) -> None:
    raise TimeoutError


def excuses() -> dict[Excuse, str]:
    """What tests/unheld.csv excuses, with the sentence; an empty change stands for all of a function."""
    with EXCUSES.open(encoding="utf-8", newline="") as file:
        return {(row["module"], row["function"], row["change"]): row["why"] for row in csv.DictReader(file)}


def main(arguments: list[str]) -> int:
    global _pages
    also = arguments.index("--also") if "--also" in arguments else len(arguments)
    modules = arguments[:also] or MODULES
    os.nice(5)
    signal.signal(signal.SIGPROF, out_of_time)
    _pages = Pages([PAGES, *map(Path, arguments[also + 1 :])])
    for module in modules:
        _pages.trace(module)
    excused = {key: why for key, why in excuses().items() if key[0] in modules}
    used: set[Excuse] = set()
    total, unheld = Counter[str](), Counter[str]()
    with get_context("fork").Pool(WORKERS) as pool:
        for change, page in pool.imap(
            _holding, [change for module in modules for change in changes(module)], chunksize=8
        ):
            total[change.module] += 1
            if page >= 0:
                continue
            if excuse := change.excuse(excused):
                used.add(excuse)
                continue
            unheld[change.module] += 1
            print(change, flush=True)
    for key in excused.keys() - used:
        print("needs no excuse:", *key)
    for module in modules:
        print(f"{module}: {unheld[module]} of {total[module]} changes are held by no page")
    return int(bool(unheld.total()) or excused.keys() != used)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
