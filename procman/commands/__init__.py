"""Commands: what you type in a terminal, one file for each group of commands.

Each file has a function `declare`, which adds its commands to the command line, and a function that runs each command.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

#: Adds a command, given its name, the function that runs it, its help and an example. Returns the parser for its options.
Declare = Callable[[str, Callable[[argparse.Namespace], int], str, str], argparse.ArgumentParser]
