"""CDNOW as a client base: `python benchmarks/cdnow.py PURCHASES BOOK.xlsx`, then ask sheetcrm anything about it.

    pip download --no-deps lifetimes==0.11.3          # MIT; the files are in lifetimes/datasets of the wheel
    python benchmarks/cdnow.py tests/data/CDNOW_sample.txt sample.xlsx
    sheetcrm validate sample.xlsx --as-of 1998-06-30
    sheetcrm report sample.xlsx sales reactivation concentration --as-of 1998-06-30

PURCHASES is CDNOW_sample.txt (2 357 clients, 6 919 rows) or CDNOW_master.txt (23 570 clients, 69 659 rows). A client
becomes a company and its own contact, a row of the file a settled deal; there is no Payments tab, so the typed stage
settles it. Dates, CDs and dollars are the file's. What it does not know is the same for everybody and plainly made
up: e-mail addresses at example.com, and the shop's public offer, which stands for the contract of those who came back.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from sheetcrm.schema.tables import SCHEMA, field_of, recognise
from sheetcrm.tab import Item, Tab, TabColumn, TabRow
from sheetcrm.workbook import open_workbook

OPENED = date(1997, 1, 1)
SETTINGS = {
    "language": "en",
    "currency": "USD",
    "region": "US",
    "default_manager": "CDNOW",
    "inn_required": "no",
}


CENT = Decimal("0.01")


class Purchase(NamedTuple):
    """A row of the file."""

    client: int
    day: date
    cds: int
    dollars: Decimal


def purchases(path: Path) -> list[Purchase]:
    """The file's rows; the sample has a second number of the client, the master a line of headers."""
    found = []
    for line in path.read_text("ascii").splitlines():
        client, *_, day, cds, dollars = line.split()
        if client.isdigit():
            found.append(Purchase(int(client), date.fromisoformat(day), int(cds), Decimal(dollars)))
    return found


def tabs(bought: Sequence[Purchase]) -> tuple[Tab, ...]:
    """The tabs of the book."""
    days: dict[int, set[date]] = defaultdict(set)
    for one in bought:
        days[one.client].add(one.day)
    return (
        _tab(
            "companies",
            "company_id name stage email city industry contract_no contract_date payment_days",
            (_company(client, len(days[client])) for client in sorted(days)),
        ),
        _tab(
            "contacts",
            "contact_id full_name company position email",
            ((f"P-{client:06}", _name(client), _name(client), "Customer", _email(client)) for client in sorted(days)),
        ),
        _tab(
            "deals",
            "deal_id company contact stage product need_qty unit price amount need_date due_date expected_close terms "
            "invoice_no invoice_date pay_due delivered_qty delivered_on",
            (_deal(number, one) for number, one in enumerate(bought, start=1)),
        ),
        _tab("managers", "manager_id name role", [("M-000001", "CDNOW", "Head of sales")]),
        _tab("settings", "name value", SETTINGS.items()),
    )


def _tab(table: str, codes: str, rows: Iterable[Sequence[Item]]) -> Tab:
    columns = (field_of(table, code) for code in codes.split())
    header = tuple(TabColumn(info.label.en, info.kind.format, key=info.code) for info in columns)
    return Tab(SCHEMA[table].info.label.en, header, tuple(TabRow(row) for row in rows), group="work", filter=True)


def _name(client: int) -> str:
    return f"Client {client:05}"


def _email(client: int) -> str:
    return f"client{client:05}@example.com"


def _company(client: int, days: int) -> Sequence[Item]:
    known = (f"C-{client:06}", _name(client), "Regular buyer" if days > 1 else "Buyer", _email(client), "Internet")
    contract = ("Public offer", OPENED, 0) if days > 1 else (None, None, None)
    return (*known, "Private person", *contract)


def _deal(number: int, one: Purchase) -> Sequence[Item]:
    return (
        f"D-{number:06}",
        _name(one.client),
        f"P-{one.client:06}",
        "Settled",
        "CD",
        one.cds,
        "pcs",
        (one.dollars / one.cds).quantize(CENT),
        one.dollars,
        *[one.day] * 3,
        "By mail, prepaid",
        f"{number:06}",
        *[one.day] * 2,
        one.cds,
        one.day,
    )


def main(arguments: Sequence[str]) -> int:
    """Make the book."""
    if len(arguments) != 2:
        print("usage: python benchmarks/cdnow.py PURCHASES BOOK.xlsx", file=sys.stderr)
        return 2
    bought = purchases(Path(arguments[0]))
    workbook = open_workbook(Path(arguments[1]), recognise)
    workbook.write((), tabs(bought), "")
    print(f"{arguments[1]}: {len({one.client for one in bought})} clients, {len(bought)} purchases")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
