"""What `sheetcrm validate` costs, against a bare read of the same book and against other validators.

Run `python -m benchmarks.validate` in an environment with `pip install '.[bench]'` and XlsxWriter. Every figure is
the least of several runs of a process of its own: CPU seconds (user and system) and peak memory. The same run measures
all, so that the ratios hold on any machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

TODAY = "2026-11-21"
SIZES = (1_000, 10_000, 50_000)
BARE = """
import sys, python_calamine
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
tabs = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
"""


class Cost(NamedTuple):
    """What a process took: CPU seconds and peak memory in MiB; None where it could not run."""

    seconds: float
    memory: float


def cost(command: Sequence[str], runs: int) -> Cost | None:
    """The least cost of several runs; exit code 1 is `validate` having found something."""
    found = []
    for _ in range(runs):
        # The process starts with the memory of this one, which therefore imports little and makes no books itself.
        silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
        process = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
        _, status, usage = os.wait4(process, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            return None
        found.append(Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return Cost(min(one.seconds for one in found), min(one.memory for one in found))


def contenders(peers: str) -> dict[str, list[str]]:
    """What is measured, and how each is called with a book."""
    return {
        "bare python-calamine read": [sys.executable, "-c", BARE],
        "sheetcrm validate": [sys.executable, "-m", "sheetcrm", "validate", "--as-of", TODAY],
        "pandera, the checks it can do": [peers, "-m", "benchmarks.peers", "pandera"],
        "frictionless, the checks it can do": [peers, "-m", "benchmarks.peers", "frictionless"],
    }


def line(cells: Sequence[str]) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def rows(book: Path, companies: int, count: int, peers: str, runs: int) -> list[str]:
    """What each contender costs on one book, as rows of the table."""
    found = []
    bare = None
    for name, command in contenders(peers).items():
        took = cost([*command, str(book)], runs if name.endswith(("read", "validate")) else 1)
        bare = bare or took
        cells = [f"{companies:,}", f"{count:,}", name]
        if took is None or bare is None:
            cells += ["not installed", "", "", ""]
        else:
            ratios = [f"{took.seconds / bare.seconds:.2f}", f"{took.memory / bare.memory:.2f}"]
            cells += [f"{took.seconds:.2f}", ratios[0], f"{took.memory:.0f}", ratios[1]]
        found.append(line(cells))
    return found


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, nargs="+", default=SIZES, help="sizes of the firms")
    parser.add_argument("--runs", type=int, default=3, help="runs of each process; the peers run once")
    parser.add_argument("--peers", default=sys.executable, help="a Python that has frictionless and pandera")
    asked = parser.parse_args()
    print(line(("Companies", "Rows", "What", "CPU, s", "÷ bare read", "Peak, MiB", "÷ bare read")))
    print(line(("-:", "-:", "-", "-:", "-:", "-:", "-:")))
    with tempfile.TemporaryDirectory() as folder:
        for companies in asked.companies:
            book = Path(folder) / f"{companies}.xlsx"
            made = [sys.executable, "-m", "benchmarks.big_books", str(book), str(companies), TODAY]
            count = int(subprocess.run(made, check=True, capture_output=True, text=True).stdout)
            for row in rows(book, companies, count, asked.peers, asked.runs):
                print(row, flush=True)


if __name__ == "__main__":
    main()
