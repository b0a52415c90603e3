"""A1 notation, as Google reads and writes it."""

import pytest

from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.cells.columns import letters, number
from tests.google.emulator.defaults import book_properties, sheet_properties
from tests.google.emulator.errors import ApiError
from tests.google.emulator.ranges import from_a1


@pytest.fixture
def clients() -> Book:
    tabs = ["Sheet1", "Сделки", 'It\'s "ours" 🙂', "A1"]
    sheets = [Sheet(sheet_properties(index, title, index, {})) for index, title in enumerate(tabs)]
    named = [{"namedRangeId": "1", "name": "owners", "range": {"sheetId": 1, "startRowIndex": 1, "endRowIndex": 3}}]
    return Book("id", book_properties({}), sheets, named)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("B2", "Sheet1!B2"),
        ("A1:C3", "Sheet1!A1:C3"),
        ("C3:A1", "Sheet1!A1:C3"),
        ("$A$1:b2", "Sheet1!A1:B2"),
        ("A:C", "Sheet1!A1:C1000"),
        ("2:5", "Sheet1!A2:Z5"),
        ("A2:C", "Sheet1!A2:C1000"),
        ("A2:2", "Sheet1!A2:Z2"),
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("sheet1!A1", "Sheet1!A1"),
        ("Сделки!A1", "'Сделки'!A1"),
        ("'Сделки'!A1:B2", "'Сделки'!A1:B2"),
        ("'It''s \"ours\" 🙂'!C3", "'It''s \"ours\" 🙂'!C3"),
        ("'It''s \"ours\" 🙂'", "'It''s \"ours\" 🙂'!A1:Z1000"),
        ("owners", "'Сделки'!A2:Z3"),
        ("Sheet1!OWNERS", "'Сделки'!A2:Z3"),
        ("'A1'!B2", "'A1'!B2"),
    ],
)
def test_a_range_means_and_reads_back(clients: Book, asked: str, told: str) -> None:
    assert from_a1(clients, asked).a1 == told


@pytest.mark.parametrize(
    "asked", ["Nowhere!A1", "A", "5", "A0", "Sheet1!", "Sheet1!A1:", "'Sheet1", "Sheet1!A1:B2:C3", ""]
)
def test_a_range_that_means_nothing_is_refused_in_googles_words(clients: Book, asked: str) -> None:
    with pytest.raises(ApiError) as refused:
        from_a1(clients, asked)
    assert refused.value.message == f"Unable to parse range: {asked}"


def test_r1c1_is_not_done_here(clients: Book) -> None:
    with pytest.raises(ApiError, match="R1C1") as refused:
        from_a1(clients, "Sheet1!R1C1:R2C2")
    assert refused.value.code == 501


def test_the_last_column_that_google_has() -> None:
    assert letters(18_277) == "ZZZ"
    assert number("ZZZ") == 18_277
