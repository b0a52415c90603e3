"""How sheetcrm is asked: one file a command, loaded when named; it prints, asks and exits, and decides nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from sheetcrm.cli.program import run


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    sys.exit(run(sys.argv[1:] if args is None else list(args)))
