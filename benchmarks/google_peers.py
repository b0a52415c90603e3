"""One job on a Google Sheet done in the way of each library: read all tabs, change some cells, write them back.

`python -m benchmarks.google_peers NAME URL ID JOB` does it in the local Google at that URL and prints the seconds that
it took, imports and sign-in aside. For `benchmarks.google`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

Spot = tuple[int, int, int]

NAMES: Mapping[str, str] = {
    "sheetcrm": "sheetcrm",
    "batched": "gspread, one `values_batch_get` and one `values_batch_update`",
    "gspread": "gspread, `get_all_values` and `batch_update` by tab",
    "by_cell": "gspread, `get_all_values` and `update_cell`",
    "dataframe": "gspread-dataframe",
    "pandas": "gspread-pandas",
}


class Job(NamedTuple):
    """How much there is to do."""

    tabs: int
    rows: int
    columns: int
    cells: int

    @property
    def titles(self) -> list[str]:
        """The tabs."""
        return [f"Base_{number + 1}" for number in range(self.tabs)]

    @property
    def headers(self) -> list[str]:
        """The columns of each tab."""
        return ["ID", *(f"Column {number + 1}" for number in range(1, self.columns))]

    def changes(self, name: str) -> Iterator[tuple[Spot, str | float]]:
        """The new values by tab, row and column, counted from 0 with the header: texts and numbers in turn."""
        for number in range(self.cells):
            row = 1 + number * (self.rows // self.cells)
            spot = number % self.tabs, row, 4 if number % 2 else 1
            yield spot, number + 0.5 if number % 2 else f"{name} {number}"


def by_sheetcrm(url: str, book: str, job: Job) -> Callable[[], None]:
    """Our own, through the port that every command goes through."""
    from sheetcrm.table import Change, Column, Layout, Sheet
    from sheetcrm.workbook import Address, GoogleAccess, open_workbook

    codes = ["row_id", *(f"column_{number}" for number in range(1, job.columns))]
    columns = tuple(Column(at, header, codes[at]) for at, header in enumerate(job.headers))

    def recognise(sheet: Sheet) -> Layout:
        return Layout(sheet.title, 1, columns)

    def work() -> None:
        address = Address(f"gsheet:{book}", google=GoogleAccess(endpoint=url.removeprefix("http://")))
        workbook = open_workbook(address, recognise)
        read = workbook.read()
        sheets = {sheet.title: sheet for sheet in read.sheets}
        changes = []
        for (tab, row, column), new in job.changes("sheetcrm"):
            cells = sheets[job.titles[tab]].rows[row]
            id, old = str(cells[0]), _canonical(cells[column])
            changes.append(Change(job.titles[tab], id, codes[column], old, _canonical(new)))
        workbook.write(changes, [], read.revision)

    return work


def _canonical(cell: Any) -> Any:
    from decimal import Decimal

    return Decimal(repr(cell)) if isinstance(cell, int | float) else cell


def session_at(url: str) -> Any:
    """A session of Google's own library whose calls to Google go to that URL."""
    from google.auth.transport.requests import AuthorizedSession
    from google.oauth2.credentials import Credentials
    from requests.adapters import HTTPAdapter

    class Local(HTTPAdapter):
        def send(self, request: Any, *rest: Any, **named: Any) -> Any:
            request.url = url + request.path_url
            return super().send(request, *rest, **named)

    session = AuthorizedSession(Credentials(token="benchmark"))
    session.mount("https://", Local())
    return session


def opened(url: str, book: str) -> Any:
    """The spreadsheet as gspread has it."""
    import gspread

    session = session_at(url)
    return gspread.Client(session.credentials, session=session).open_by_key(book)


def batched(url: str, book: str, job: Job) -> Callable[[], None]:
    """By gspread, by someone who counts his calls: ranges by hand, values as the API gives them."""
    from gspread.utils import rowcol_to_a1

    def work() -> None:
        sheet = opened(url, book)
        sheet.values_batch_get(job.titles, params={"valueRenderOption": "UNFORMATTED_VALUE"})
        data = [
            {"range": f"{job.titles[tab]}!{rowcol_to_a1(row + 1, column + 1)}", "values": [[new]]}
            for (tab, row, column), new in job.changes("batched")
        ]
        sheet.values_batch_update({"valueInputOption": "RAW", "data": data})

    return work


def by_gspread(url: str, book: str, job: Job) -> Callable[[], None]:
    """By gspread as its manual shows it."""
    from gspread.utils import rowcol_to_a1

    def work() -> None:
        tabs = opened(url, book).worksheets()
        for at, tab in enumerate(tabs):
            tab.get_all_values()
            tab.batch_update(
                [
                    {"range": rowcol_to_a1(row + 1, column + 1), "values": [[new]]}
                    for (number, row, column), new in job.changes("gspread")
                    if number == at
                ]
            )

    return work


def by_cell(url: str, book: str, job: Job) -> Callable[[], None]:
    """By gspread as many a script has it: a call a cell."""

    def work() -> None:
        tabs = opened(url, book).worksheets()
        for tab in tabs:
            tab.get_all_values()
        for (at, row, column), new in job.changes("by_cell"):
            tabs[at].update_cell(row + 1, column + 1, new)

    return work


def by_dataframe(url: str, book: str, job: Job) -> Callable[[], None]:
    """gspread-dataframe: each tab a frame, and back."""
    from gspread_dataframe import get_as_dataframe, set_with_dataframe

    def work() -> None:
        for at, tab in enumerate(opened(url, book).worksheets()):
            frame = get_as_dataframe(tab).astype(object)
            set_with_dataframe(tab, changed(frame, at, job, "dataframe"))

    return work


def by_pandas(url: str, book: str, job: Job) -> Callable[[], None]:
    """gspread-pandas: each tab a frame, and back."""
    from gspread_pandas import Client, Spread

    def work() -> None:
        session = session_at(url)
        spread = Spread(book, client=Client(session=session, creds=session.credentials))
        for at, title in enumerate(job.titles):
            frame = spread.sheet_to_df(index=0, sheet=title).astype(object)
            spread.df_to_sheet(changed(frame, at, job, "pandas"), index=False, sheet=title)

    return work


def changed(frame: Any, tab: int, job: Job, name: str) -> Any:
    """The frame with the new values of that tab."""
    for (number, row, column), new in job.changes(name):
        if number == tab:
            frame.iat[row - 1, column] = new
    return frame


ALL: Mapping[str, Callable[[str, str, Job], Callable[[], None]]] = {
    "sheetcrm": by_sheetcrm,
    "batched": batched,
    "gspread": by_gspread,
    "by_cell": by_cell,
    "dataframe": by_dataframe,
    "pandas": by_pandas,
}


def main(name: str, url: str, book: str, job: str) -> None:
    """Do the job and print how long it took."""
    work = ALL[name](url, book, Job(*json.loads(job)))
    start = time.perf_counter()
    work()
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
