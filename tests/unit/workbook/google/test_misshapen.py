"""Something that is not Google answers in its place: a sentence, and a write that is looked for and not repeated."""

from typing import Any

import pytest

from sheetcrm.errors import NetworkError
from sheetcrm.workbook.google.looking import Sight
from sheetcrm.workbook.google.reading import FIELDS, standing
from sheetcrm.workbook.google.seeing import Source, see
from sheetcrm.workbook.google.sending import Sender
from tests.google.inside import Inside
from tests.google.local import Book, Local


@pytest.fixture
def book() -> Book:
    made = Local().book()
    made.write("A1", ["x"])
    return made


@pytest.mark.parametrize(
    "answer", [{}, {"sheets": [{}]}, {"sheets": 5}, {"properties": []}, {"sheets": [{"properties": "x"}]}]
)
def test_a_book_of_another_shape_is_a_sentence(book: Book, monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    client = Inside(book)
    monkeypatch.setattr(client, "fetch_sheet_metadata", lambda *_, **__: answer)
    with pytest.raises(NetworkError, match="Something answered in Google's place"):
        see(Source(client, book.id, lambda _: None))


@pytest.mark.parametrize("answer", [{"valueRanges": 1}, {"valueRanges": []}, {"valueRanges": ["x"]}])
def test_values_of_another_shape_are_a_sentence(book: Book, monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    client = Inside(book)
    monkeypatch.setattr(client, "values_batch_get", lambda *_, **__: answer)
    with pytest.raises(NetworkError, match="Something answered in Google's place"):
        see(Source(client, book.id, lambda _: None))


def test_where_the_answer_to_a_write_says_nothing_the_book_is_asked(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Inside(book)
    sender = Sender(client, standing(book.get(fields=FIELDS))[0])
    post = sender._post
    monkeypatch.setattr(sender, "_post", lambda body: {"updatedSpreadsheet": {"sheets": [post(body) and 5]}})
    assert sender.send([], [Sight("Sheet1", (1, 0), (1, 0))]) == [[["x"]]]
    assert len(client.batches) == 1
