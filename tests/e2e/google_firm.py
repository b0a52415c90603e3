"""A small firm's client base, the same cells for a Google Sheet and for a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from sheetcrm.table import Cell
from tests.books import sheet

_TABS = {
    "Start": """
        Client base |
        State       | updated: —
    """,
    "Companies": """
        Company ID | Name  | Stage       | Manager | Phone              | City  | Since in touch | My words
        C-000001   | Rose  | Information | Anna    | +7 912 345-67-89   | Perm  | 2025-03-01     | asks in spring
        C-000002   | Lily  | Information | Boris   | +7 912 345-67-90   | Omsk  | 2025-04-02     |
        C-000003   | Daisy | Sale        | Anna    | +7 912 345-67-91   | Perm  | 2025-05-03     | "=1+1"
        C-000004   | Tulip | Buyer       | Boris   | +7 912 345-67-92   | Kazan | 2025-06-04     |
        C-000005   | Aster | Buyer       | Anna    | +7 912 345-67-93   | Perm  | 2025-07-05     | "007"
        ""         | Poppy | Information | Boris   | +7 912 345-67-94   | Omsk  | 2025-08-06     | new
        ""         | Viola | Information | Anna    | +7 912 345-67-95   | Ufa   | 2025-09-07     | new too
    """,
    "Deals": """
        Deal ID  | Company | Stage      | Manager | Product | Need qty | Price | Amount | Need date  | Delivered on
        D-000001 | Tulip   | Settled    | Boris   | Pots    | 10       | 25.5  | 255    | 2025-10-01 | 2025-11-01
        D-000002 | Tulip   | Settled    | Boris   | Pots    | 20       | 25.5  | 510    | 2026-01-05 | 2026-02-01
        D-000003 | Aster   | Settled    | Anna    | Soil    | 4        | 1000  | 4000   | 2026-02-05 | 2026-03-01
        D-000004 | Daisy   | Offer sent | Anna    | Soil    | 3        | 1000  | 3000   | 2026-11-01 |
        ""       | Rose    | Need found | Anna    | Pots    | 7        | 25.5  | 178.5  | 2026-11-15 |
    """,
    "Activities": """
        Activity ID | At         | Type | Company | Manager | Result  | Summary        | Next date
        A-000001    | 2026-10-01 | Call | Rose    | Anna    | Reached | wants pots     | 2026-11-18
        A-000002    | 2026-11-02 | Call | Tulip   | Boris   | Reached | asks for a bill |
        ""          | 2026-11-12 | Mail | Aster   | Anna    | Reached | thanks          |
    """,
    "Tasks": """
        Task ID  | Title        | Company | Manager | Due        | Priority | Status | Rule
        T-000001 | Bring a cake | Rose    | Anna    | 2026-11-25 | 2        | New    | manual
    """,
    "Managers": """
        Manager ID | Name  | Role
        M-000001   | Anna  | Head
        M-000002   | Boris | Seller
    """,
    "Settings": """
        Name       | Value
        language   | en
        currency   | RUB
        inn_required | no
        publish    | stages, check
    """,
    "My notes": """
        what       | how much
        flowers    | 3
        first seen | 2024-02-29
    """,
}

Rows = Sequence[Sequence[Cell]]


def firm() -> Mapping[str, Rows]:
    """The tabs by title; a blank cell is None."""
    return {title: filled(sheet(title, text).rows) for title, text in _TABS.items()}


def filled(rows: Rows) -> Rows:
    """The same rows, blank cells as None."""
    return [[None if cell == "" else cell for cell in row] for row in rows]


def as_file(path: Path, tabs: Mapping[str, Rows]) -> Path:
    """The tabs as an .xlsx; text stays text, whatever it looks like."""
    workbook = openpyxl.Workbook()
    del workbook["Sheet"]
    for title, rows in tabs.items():
        tab = workbook.create_sheet(title)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = tab.cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    workbook.save(path)
    return path
