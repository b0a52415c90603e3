"""What one job on a Google Sheet costs in calls and bytes: by sheetcrm, and by what people use otherwise.

Run `python -m benchmarks.google` in an environment with `pip install '.[dev,bench]'`. The job: read 8 tabs of
10,000 rows × 12 columns, change 100 cells that are scattered over the tabs, write them back. Every contender gets a
process and a spreadsheet of its own in the local Google (`tests/google/emulator`), whose log counts; sign-in is not
counted. Bytes are those of bodies as they go over the wire, gzip included. "Wrong" are cells that hold afterwards what
they should not: whoever writes a tab back as if it were typed turns phones into numbers, dates into texts, and in a
Russian spreadsheet, which this is, 0.5 into a text.

Wall time here is mostly the local Google's own; calls and bytes are what Google would see as well.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import requests

from benchmarks.google_peers import NAMES, Job
from benchmarks.validate import line
from tests.google.local import Served, serving

Json = dict[str, Any]
Cells = dict[tuple[int, int, int], Any]

ANYONE = {"Authorization": "Bearer benchmark"}
DATED = (3, 7, 11)
DAY = {"userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}}


class Cost(NamedTuple):
    """What the job took."""

    calls: int
    up: int
    down: int
    seconds: float
    wrong: int


def value(row: int, column: int) -> str | float:
    """What stands in a cell below the header: an id, days, numbers, phones that look like numbers, texts."""
    if column == 0:
        return f"C-{row:06d}"
    if column in DATED:
        return 45_000 + row % 700
    if column % 4 == 0:
        return row * 1.25 + column
    return f"+7999{row:07d}" if column == 2 else f"клиент {row * 7 % 5000} из {column}"


def filled(served: Served, job: Job) -> str:
    """The id of a new spreadsheet with the job's tabs."""
    grid = {"rowCount": job.rows + 1, "columnCount": job.columns}
    tabs = [
        {"properties": {"title": title, "sheetId": at, "gridProperties": grid}} for at, title in enumerate(job.titles)
    ]
    book: str = _asked(served, "POST", "", {"properties": {"locale": "ru_RU"}, "sheets": tabs})["spreadsheetId"]
    rows = [[value(row, column) for column in range(job.columns)] for row in range(1, job.rows + 1)]
    for title in job.titles:
        body = {"values": [list(job.headers), *rows]}
        _asked(served, "PUT", f"/{book}/values/{title}!A1", body, valueInputOption="RAW")
    columns = [
        {"sheetId": at, "startRowIndex": 1, "startColumnIndex": column, "endColumnIndex": column + 1}
        for at in range(len(job.titles))
        for column in DATED
    ]
    dates = [{"repeatCell": {"range": span, "cell": DAY, "fields": "userEnteredFormat"}} for span in columns]
    _asked(served, "POST", f"/{book}:batchUpdate", {"requests": dates})
    return book


def _asked(served: Served, method: str, path: str, body: Json | None = None, **query: Any) -> Json:
    url = f"{served.url}/v4/spreadsheets{path}"
    answer = requests.request(method, url, json=body, params=query, headers=ANYONE, timeout=600)
    answer.raise_for_status()
    return dict(answer.json())


def read_all(served: Served, book: str, job: Job) -> Cells:
    """Every value of the spreadsheet by tab, row and column."""
    query = {"ranges": list(job.titles), "valueRenderOption": "UNFORMATTED_VALUE"}
    tabs = _asked(served, "GET", f"/{book}/values:batchGet", **query)["valueRanges"]
    return {
        (tab, row, column): cell
        for tab, told in enumerate(tabs)
        for row, cells in enumerate(told["values"])
        for column, cell in enumerate(cells)
    }


def cost(served: Served, name: str, python: str, job: Job) -> Cost | str:
    """What a contender takes for the job; why not, where it did not do it."""
    book = filled(served, job)
    before = read_all(served, book, job)
    served.control("DELETE", "log")
    command = [python, "-m", "benchmarks.google_peers", name, served.url, book, json.dumps(job)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    counts = served.counts()
    if done.returncode:
        return "not installed" if "ModuleNotFoundError" in done.stderr else f"failed: {done.stderr.splitlines()[-1]}"
    wanted = before | dict(job.changes(name))
    after = read_all(served, book, job)
    wrong = sum(after.get(spot) != cell for spot, cell in wanted.items())
    calls = sum(counts[kind] for kind in ("reads", "writes", "drive"))
    return Cost(calls, counts["requestBytes"], counts["responseBytes"], float(done.stdout), wrong)


def rows(job: Job, peers: str) -> Iterator[str]:
    """What each contender costs, as rows of the table."""
    ours: float | None = None
    for name, shown in NAMES.items():
        # A local Google of its own, so that none works in the memory that another has filled.
        with serving() as served:
            took = cost(served, name, sys.executable if name == "sheetcrm" else peers, job)
        if isinstance(took, str):
            yield line((shown, took, "", "", "", ""))
            continue
        ours = took.seconds if name == "sheetcrm" else ours
        yield line(
            (
                shown,
                f"{took.calls:,}",
                f"{took.up:,}",
                f"{took.down:,}",
                f"{took.seconds / ours:.1f}" if ours else "",
                f"{took.wrong:,}",
            )
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tabs", type=int, default=8)
    parser.add_argument("--rows", type=int, default=10_000, help="rows of a tab below its header")
    parser.add_argument(
        "--peers", default=sys.executable, help="a Python that has gspread-dataframe and gspread-pandas"
    )
    asked = parser.parse_args(arguments)
    print(line(("What", "Calls", "Bytes up", "Bytes down", "Wall ÷ sheetcrm", "Wrong")))
    print(line(("-", "-:", "-:", "-:", "-:", "-:")))
    for row in rows(Job(asked.tabs, asked.rows, 12, 100), asked.peers):
        print(row, flush=True)


if __name__ == "__main__":
    main()
