"""What must hold for any input."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.google.emulator.cells.columns import letters, number
from tests.google.emulator.cells.locales import EN_US, RU_RU
from tests.google.emulator.cells.parsing import entered
from tests.google.emulator.cells.rendering import shown
from tests.google.emulator.store import Store
from tests.google.local import Book, Local

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
SCALAR = st.one_of(st.none(), st.booleans(), st.integers(-(10**12), 10**12), TEXT, st.floats(-1e9, 1e9, width=32))
ROWS = st.lists(st.lists(SCALAR, max_size=5), max_size=6)


def as_told(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows as an unformatted read gives them back: blanks are "", and none stand at an end."""
    told = [["" if value is None else value for value in row] for row in rows]
    for row in told:
        while row and row[-1] == "":
            row.pop()
    while told and not told[-1]:
        told.pop()
    return told


@given(st.integers(0, 18_277))
def test_a_columns_name_is_its_own(column: int) -> None:
    assert number(letters(column)) == column


@given(ROWS)
def test_what_is_written_raw_is_read_unformatted(rows: list[list[Any]]) -> None:
    book = Local().book()
    book.write("A1", *rows)
    assert book.raw("A1:Z100") == as_told(rows)


@given(ROWS, st.integers(0, 7), st.integers(1, 4))
def test_an_insert_and_its_deletion_change_nothing(rows: list[list[Any]], at: int, count: int) -> None:
    book = Local().book()
    book.write("A1", *rows)
    book.type("G1", ["=SUM(A1:A6)", "=$A$3", "=B:B"])
    before = book.get(includeGridData=True)
    span = {"dimension": "ROWS", "startIndex": at, "endIndex": at + count}
    book.update({"insertDimension": {"range": span}}, {"deleteDimension": {"range": span}})
    assert book.get(includeGridData=True) == before


@given(ROWS)
def test_the_state_on_disk_is_the_state(rows: list[list[Any]]) -> None:
    local = Local()
    book = local.book()
    book.write("A1", *rows)
    with TemporaryDirectory() as folder:
        store = Store.opened(Path(folder))
        store.add(local.google.store.books[book.id], "someone@example.com")
        assert Store.opened(Path(folder)).books == store.books


@given(st.sampled_from([EN_US, RU_RU]), st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_date_as_it_looks_can_be_typed_again(locale: Any, day: date) -> None:
    pattern = {"type": "DATE"}
    serial = (day - date(1899, 12, 30)).days
    assert entered(shown(serial, pattern, locale), locale, day).value == serial


@given(st.sampled_from([EN_US, RU_RU]), st.integers(-(10**9), 10**9))
def test_money_as_it_looks_can_be_typed_again(locale: Any, cents: int) -> None:
    looks = shown(cents / 100, {"type": "CURRENCY"}, locale)
    assert entered(looks, locale, date(2026, 1, 1)).value == cents / 100


@given(TEXT)
def test_typing_anything_gives_a_cell_that_can_be_read(text: str) -> None:
    for name in ("en_US", "ru_RU"):
        book: Book = Local().book(locale=name)
        book.type("A1", [text])
        for option in ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"):
            book.values("A1", valueRenderOption=option)
