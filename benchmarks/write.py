"""What a write costs: a hundred cells of a large book set by sheetcrm and by others, against a bare read of the book.

Run `python -m benchmarks.write` in an environment with `pip install '.[bench]'`. Every figure is the least of several
runs of a process of its own: CPU seconds (user and system) and peak memory, as in `benchmarks.validate`. The same run
measures all, so that the ratios hold on any machine. wolfxl and excelize take part where they are installed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.editors import installed
from benchmarks.validate import Cost, cost, line

SIZES = (1_000, 10_000, 100_000)
COLUMNS = 12
NAMES = {
    "bare": "bare python-calamine read",
    "unchecked": "sheetcrm without the read-back check",
    "sheetcrm": "sheetcrm",
    "openpyxl": "openpyxl, load and save",
    "wolfxl": "wolfxl",
    "excelize": "excelize",
}

MAKE = """
import sys
from datetime import datetime, timedelta
import xlsxwriter
rows, columns = map(int, sys.argv[2:])
with xlsxwriter.Workbook(sys.argv[1]) as book:
    sheet = book.add_worksheet("Data")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, [f"Column {number + 1}" for number in range(columns)])
    for row in range(1, rows + 1):
        for column in range(columns):
            if column % 3 == 0:
                sheet.write_string(row, column, f"client {row * 7 % 5000} of {column}")
            elif column % 3 == 1:
                sheet.write_number(row, column, row * 1.25 + column)
            else:
                sheet.write_datetime(row, column, datetime(2020, 1, 1) + timedelta(days=row % 2000), day)
"""
"""A book of texts, numbers and days; made in a process of its own, so that this one stays small."""


def rows(book: Path, count: int, names: Sequence[str], runs: int) -> list[str]:
    """What each editor costs on one book, as rows of the table."""
    found = []
    bare: Cost | None = None
    for name in names:
        command = [sys.executable, "-m", "benchmarks.editors", name, str(book), str(count)]
        took = cost(command, 1 if name == "openpyxl" and count > SIZES[1] else runs)
        bare = bare or took
        cells = [f"{count:,}", NAMES[name], "failed", "", "", ""]
        if took is not None and bare is not None:
            ratios = f"{took.seconds / bare.seconds:.2f}", f"{took.memory / bare.memory:.2f}"
            cells[2:] = [f"{took.seconds:.2f}", ratios[0], f"{took.memory:.0f}", ratios[1]]
        found.append(line(cells))
    return found


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=SIZES, help="sizes of the books")
    parser.add_argument("--runs", type=int, default=3, help="runs of each process; openpyxl runs once on a large book")
    asked = parser.parse_args()
    print(line((f"Rows × {COLUMNS}", "What", "CPU, s", "÷ bare read", "Peak, MiB", "÷ bare read")))
    print(line(("-:", "-", "-:", "-:", "-:", "-:")))
    with tempfile.TemporaryDirectory() as folder:
        for count in asked.rows:
            book = Path(folder) / f"{count}.xlsx"
            subprocess.run([sys.executable, "-c", MAKE, str(book), str(count), str(COLUMNS)], check=True)
            for row in rows(book, count, installed(tuple(NAMES)), asked.runs):
                print(row, flush=True)


if __name__ == "__main__":
    main()
