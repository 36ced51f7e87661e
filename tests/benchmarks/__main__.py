"""Run the benchmarks, or those named: python -m tests.benchmarks [NAME ...] [--quick]

With --quick, those that can leave out their longest part. Each is a module beside this one, with a main() that prints what it finds on its way and gives rows of the table at the end.
"""

import importlib
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.result import Result, as_table


def machine() -> str:
    """What the numbers were measured on: processor, cores, how busy it was, and the versions that matter."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    processor = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    packages = ", ".join(f"{name} {version(name)}" for name in ("pandas", "numpy", "lxml", "scikit-learn"))
    return (
        f"{processor or platform.processor() or platform.machine()}, {os.cpu_count()} cores{load}; "
        f"{platform.system()}, Python {platform.python_version()}, {packages}"
    )


known = sorted({path.stem for path in Path(__file__).parent.glob("[!_]*.py")} - {"result"})
names = [word for word in sys.argv[1:] if not word.startswith("-")] or known
if strangers := [name for name in names if name not in known]:
    sys.exit(f"no benchmark is called {strangers[0]}; there are {', '.join(known)}")
print(machine())
results: list[Result] = []
for name in names:
    print(f"\n== {name}", flush=True)
    results += importlib.import_module(f"tests.benchmarks.{name}").main()
if results:
    print(f"\n{machine()}\n\n{as_table(results)}")
