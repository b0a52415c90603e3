"""Run the local Google in a process of its own; the one line on stdout is where it is."""

from __future__ import annotations

import argparse
import contextlib
import gc
import sys
from pathlib import Path

from tests.google.emulator.server import served


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.google.emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    parser.add_argument("--state", type=Path, help="a folder that keeps the spreadsheets from run to run")
    options = parser.parse_args()
    # Cells are trees: to look for circles among millions of them takes longer than many a call.
    gc.set_threshold(100_000, 50, 1_000)
    server = served(options.port, options.state)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
