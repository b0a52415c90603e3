import pytest

from sheetcrm.workbook.google.marker import KEPT, following, mark, marks_of, taken_of, word_of
from tests.google.local import Book, Local, RefusedError


@pytest.fixture
def book() -> Book:
    return Local().book()


def entries(book: Book) -> list[dict[str, object]]:
    return list(book.get(fields="developerMetadata").get("developerMetadata", []))


def test_a_book_without_a_mark_has_seen_no_batch(book: Book) -> None:
    assert marks_of(entries(book)) == frozenset()
    assert word_of(entries(book), 1) == ""


def test_every_batch_counts_on_and_leaves_its_word(book: Book) -> None:
    last = KEPT + 3
    for number in range(1, last + 1):
        book.update(*mark(number, f"run {number}", marks_of(entries(book))))
    assert word_of(entries(book), last) == f"run {last}"
    assert marks_of(entries(book)) == set(range(4, last + 1)), "old marks go"


def test_of_two_runs_from_one_book_the_second_writes_nothing(book: Book) -> None:
    book.update(*mark(1, "first", ()))
    cell = {"updateCells": {"start": {"sheetId": 0}, "rows": [{"values": [{"userEnteredValue": {"boolValue": True}}]}],
                            "fields": "userEnteredValue"}}  # fmt: skip
    with pytest.raises(RefusedError):
        book.update(*mark(1, "second", ()), cell)
    assert word_of(entries(book), 1) == "first"
    assert book.raw("Sheet1") == []


def test_other_programs_entries_are_left_out(book: Book) -> None:
    entry = {"metadataKey": "theirs", "metadataValue": "x", "location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
    book.update({"createDeveloperMetadata": {"developerMetadata": entry}})
    assert marks_of(entries(book)) == frozenset()


def test_an_id_that_another_program_took_is_passed_by(book: Book) -> None:
    entry = {"metadataId": 1_500_000_001, "metadataKey": "theirs", "metadataValue": "x",
             "location": {"spreadsheet": True}, "visibility": "DOCUMENT"}  # fmt: skip
    book.update({"createDeveloperMetadata": {"developerMetadata": entry}})
    assert following(0, taken_of(entries(book))) == 2
    book.update(*mark(2, "ours", ()))
    assert marks_of(entries(book)) == {2}


def test_an_entry_with_our_key_and_a_strange_id_is_not_counted() -> None:
    strange = [{"metadataId": 2_147_483_647, "metadataKey": "sheetcrm.batch"}]
    assert marks_of(strange) == frozenset()
    assert following(0, taken_of(strange)) == 1
