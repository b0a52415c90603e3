"""A large client base: eight tabs of twelve columns and as many rows as one likes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetcrm.schema.record import fields
from sheetcrm.schema.tables import SCHEMA
from tests.google.local import Book

TABLES = ("companies", "contacts", "deals", "activities", "tasks", "needs", "payments", "products")
COLUMNS = 12

_TYPED: Mapping[str, str] = {
    "manager": "Anna",
    "rule": "manual",
    "status": "Active",
    "full_name": "Ivan the {}th",
    "title": "Ring up for the {}th time",
    "summary": "Talk number {}",
    "phone": "+7 912 {:07d}",
    "city": "Perm",
    "note": "a note of {} words",
}
_NAMES = {"companies": "Firm {}", "products": "Pot {}"}
_STAGES = {"companies": "Information", "deals": "Need found"}


def fill_large(book: Book, count: int) -> None:
    """Make the tabs of a blank book, in a few calls."""
    rows = [*((SCHEMA[table].info.label.en, list(_rows(table, count))) for table in TABLES), _managers()]
    size = {"rowCount": count + 1, "columnCount": COLUMNS}
    made = ({"title": title, "sheetId": number, "gridProperties": size} for number, (title, _) in enumerate(rows, 1))
    book.update(*({"addSheet": {"properties": properties}} for properties in made))
    data = [{"range": f"{title}!A1", "values": values} for title, values in rows]
    book.call("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})


def _managers() -> tuple[str, list[list[str | None]]]:
    return "Managers", [["Manager ID", "Name", "Role"], ["M-000001", "Anna", "Head"]]


def _rows(table: str, count: int) -> Iterator[list[str | None]]:
    info = SCHEMA[table].info
    typed = {code: field.label.en for code, field in fields(SCHEMA[table]).items() if not field.col.derived}
    columns = [*typed.items(), *(("", f"My own {number}") for number in range(COLUMNS))][:COLUMNS]
    yield [header for _, header in columns]
    templates = [_template(table, code) for code, _ in columns[1:]]
    for number in range(1, count + 1):
        yield [f"{info.prefix}-{number:06d}", *(text and text.format(number) for text in templates)]


def _template(table: str, code: str) -> str | None:
    special = {"company": "Firm {}", "name": _NAMES.get(table), "stage": _STAGES.get(table)}
    if table == "tasks" and code == "status":
        return "New"
    return special[code] if code in special else _TYPED.get(code)
