"""Look for inputs that break a reader: python -m tests.fuzz [--seconds 60], or, with --libraries, for libraries that break an output.

Uses coverage if atheris is installed (pip install atheris; Linux and macOS, not every Python), or otherwise hypothesis. An input that
breaks something is printed and kept in .hypothesis/fuzz: add its page to the tests before you fix the fault.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".hypothesis" / "fuzz"


def seeds() -> list[bytes]:
    """Real pages, to start from."""
    files = [
        *ROOT.glob("data/manuals/*/*/contents.*"),
        *ROOT.glob("tests/pages/**/*.txt"),
        *ROOT.glob("tests/pages/**/*.html"),
    ]
    return [b"\x00" + file.read_bytes()[:20_000] for file in sorted(files)]


def with_atheris(seconds: int) -> None:
    """Runs until the time is up; libFuzzer ends the process, and says how many inputs it tried."""
    import atheris

    with atheris.instrument_imports(include=["procman"]):
        import procman.reading.markup  # noqa: F401  (it loads when used, and must load here to be watched)
        from tests.fuzz.properties import check

    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for n, seed in enumerate(seeds()):
        (corpus / f"seed-{n}").write_bytes(seed)
    KEPT.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        "-max_len=20000",
        "-timeout=20",
        "-rss_limit_mb=1500",
        f"-artifact_prefix={KEPT}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], check)
    atheris.Fuzz()


def with_hypothesis(seconds: int) -> None:
    """Runs until the time is up."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    from tests.fuzz.properties import check

    end, tried = time.monotonic() + seconds, 0
    real = seeds()

    @settings(
        max_examples=500,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(st.binary(max_size=2000), st.integers(0, len(real) - 1), st.integers(0, 20_000))
    def some(data: bytes, number: int, place: int) -> None:
        nonlocal tried
        tried += 2
        check(data)
        page, piece = real[number], data[:40]
        check(page[:place] + piece + page[place + len(piece) :])

    for page in real:
        check(page)
    while time.monotonic() < end:
        some()
    print(f"hypothesis: {tried:,} inputs in {seconds} s, none broke anything")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Look for inputs that break a reader.")
    parser.add_argument("--seconds", type=int, default=60, help="how long (default: 60)")
    parser.add_argument(
        "--libraries", action="store_true", help="make odd libraries, and all that can be made from them"
    )
    chosen = parser.parse_args()
    if chosen.libraries:
        from tests.fuzz.libraries import look_for

        look_for(chosen.seconds)
        sys.exit()
    try:
        import atheris  # noqa: F401
    except ImportError:
        with_hypothesis(chosen.seconds)
    else:
        with_atheris(chosen.seconds)
