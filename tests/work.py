"""Measure work in function calls, which are the same on every computer, or limit it in seconds of processor time."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from cProfile import Profile


def calls(act: Callable[[], object]) -> int:
    """The calls of functions, Python's own among them, that an act makes. Act once before: the first time imports and caches count.

    >>> calls(lambda: [len("a") for _ in range(9)]) - calls(lambda: [len("a") for _ in range(2)])
    7
    """
    profile = Profile(subcalls=False)
    gc.disable()  # it would call what it frees
    profile.enable()
    try:
        act()
    finally:
        profile.disable()
        gc.enable()
    return sum(entry.callcount for entry in profile.getstats())


class TooLongError(Exception):
    """An act took more of the processor's time than it may."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Interrupt what hangs, the matching of a pattern included, whatever else the machine does.

    The bound is for a slow machine and a program whose work grows with its input alone. Windows has no such alarm, and there nothing
    is interrupted.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
