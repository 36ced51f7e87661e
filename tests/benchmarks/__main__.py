"""Run the benchmarks, or those named: python -m tests.benchmarks [NAME ...]

Each is a module beside this one, with a main() that prints what it measured.
"""

import importlib
import sys
from pathlib import Path

names = sys.argv[1:] or sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))
for name in names:
    print(f"== {name}", flush=True)
    importlib.import_module(f"tests.benchmarks.{name}").main()
