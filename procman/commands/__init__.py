"""Commands: what a person types, a file for each group of commands.

Each file has a function `declare`, which tells the command line of its commands, and below it a function for each of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

#: Declares a command: its name, what runs it, what it does in a sentence, and an example. Gives the parser of its options.
Declare = Callable[[str, Callable[[argparse.Namespace], int], str, str], argparse.ArgumentParser]
