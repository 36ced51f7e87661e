"""Which conditions of the reader no page in tests/pages holds: each is dropped in turn, and every page is read again.

python -m tests.unheld                   all modules; takes some minutes a module
python -m tests.unheld clues outline     only these

A condition is a clue, the test of an if, or a part of an "and" or "or". It is dropped by putting True or False in its place, and held
if the entries of a page are then others, or an error is raised. The conditions that nothing holds are listed with their lines.
"""

import ast
import copy
import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from tests.compare_pages import PAGES

READING = Path(__file__).parent.parent / "procman" / "reading"
MODULES = "clues compound_lines contents evidence numbered numbers outline path quick_links rows".split()
FIELDS = "kind number title section subsection depth parent status date note publisher".split()
#: Seconds after which a reader that does not end has surely changed.
PATIENCE = 60


class Mutant(importlib.abc.SourceLoader, importlib.abc.MetaPathFinder):
    """Loads one module of the reader with one condition dropped."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self.name, self.tree = f"procman.reading.{module}", tree

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> object:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def get_filename(self, name: str) -> str:
        return str(READING / f"{name.rpartition('.')[2]}.py")

    def get_data(self, path: str) -> bytes:
        return b""

    def get_code(self, name: str) -> object:
        return compile(self.tree, self.get_filename(name), "exec")


def conditions(tree: ast.Module) -> Iterator[ast.expr]:
    """Every part of a condition, in the order of the source."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BoolOp):
            yield from node.values
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            yield from () if isinstance(node.test, ast.BoolOp) else (node.test,)
        elif isinstance(node, ast.comprehension):
            yield from (test for test in node.ifs if not isinstance(test, ast.BoolOp))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Clue":
            yield from (argument.body for argument in node.args if isinstance(argument, ast.Lambda))


def mutants(module: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Each way to drop a condition of a module, with its line and its words."""
    tree = ast.parse((READING / f"{module}.py").read_text("utf-8"))
    for n, condition in enumerate(conditions(tree)):
        if isinstance(condition, ast.Constant):
            continue
        for value in (False, True):
            changed = copy.deepcopy(tree)
            target = [*conditions(changed)][n]  # the same one in the copy
            place = ast.copy_location(ast.Constant(value), target)
            _Put(target, place).visit(changed)
            yield condition.lineno, f"{value} for {ast.unparse(condition)}", changed


class _Put(ast.NodeTransformer):
    def __init__(self, target: ast.expr, place: ast.expr) -> None:
        self.target, self.place = target, place

    def visit(self, node: ast.AST) -> ast.AST:
        return self.place if node is self.target else self.generic_visit(node)


def read(pages: list[tuple[str, bool]]) -> Iterator[list[tuple[object, ...]]]:
    """The entries of each page, as the reader that is loaded reads them."""
    from procman.reading.contents import read_contents
    from procman.reading.text import lines_of

    for text, html in pages:
        entries = read_contents(lines_of(text, html)).entries
        yield [tuple(getattr(entry, field) for field in FIELDS) for entry in entries]


def held(module: str, tree: ast.Module, pages: list[tuple[str, bool]], wanted: list[object]) -> int:
    """The first page, counted from 1, that is read otherwise with this change; 0 for none. The reading is done in a process of its own."""
    out, into = os.pipe()
    if child := os.fork():
        os.close(into)
        answer = os.read(out, 16)
        os.close(out)
        os.waitpid(child, 0)
        return int(answer or b"1")
    import signal

    signal.alarm(PATIENCE)
    found = 0
    try:
        for name in [name for name in sys.modules if name.startswith("procman.reading")]:
            del sys.modules[name]
        sys.meta_path.insert(0, Mutant(module, tree))
        for n, (now, before) in enumerate(zip(read(pages), wanted, strict=True), 1):
            if now != before:
                found = n
                break
    except BaseException:
        found = 1
    os.write(into, str(found).encode())
    os._exit(0)


def main(modules: list[str]) -> int:
    paths = sorted(page for page in PAGES.iterdir() if page.suffix in (".txt", ".html"))
    paths += sorted(PAGES.parent.parent.glob("data/manuals/*/*/contents.txt"))
    pages = [(page.read_text("utf-8"), page.suffix == ".html") for page in paths]
    wanted: list[object] = [*read(pages)]
    unheld = total = 0
    for module in modules or MODULES:
        for line, words, tree in mutants(module):
            total += 1
            if n := held(module, tree, pages, wanted):
                # The pages that hold most are read first the next time.
                pages.insert(0, pages.pop(n - 1))
                wanted.insert(0, wanted.pop(n - 1))
            else:
                unheld += 1
                print(f"{module}.py:{line}: {words}", flush=True)
    print(f"{unheld} of {total} changes are held by no page")
    return int(bool(unheld))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
