"""How sheetcrm is asked: one file a command, loaded when named; it prints, asks and exits, and decides nothing."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from sheetcrm.cli.program import run


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    # A command is over before there is garbage worth looking for, and what a book is made of is none: without this
    # a tenth of the time goes into looking through it.
    gc.disable()
    code = run(sys.argv[1:] if args is None else list(args))
    gc.freeze()
    sys.exit(code)
