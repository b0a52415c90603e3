"""A batch is applied exactly once, whatever becomes of the answer."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from sheetcrm.errors import BusyError, CannotWriteError
from sheetcrm.text import msg
from sheetcrm.workbook.google.connection.client import Client
from sheetcrm.workbook.google.connection.refusals import MaybeAppliedError, maybe_applied
from sheetcrm.workbook.google.looking import Sight
from sheetcrm.workbook.google.reading import FIELDS, standing
from sheetcrm.workbook.google.sending import Sender
from tests.google.local import Book, Local, RefusedError

CELL = {
    "updateCells": {
        "start": {"sheetId": 0, "rowIndex": 0, "columnIndex": 0},
        "rows": [{"values": [{"userEnteredValue": {"stringValue": "ours"}}]}],
        "fields": "userEnteredValue",
    }
}
SIGHT = Sight("Sheet1", (1, 0), (1, 0))


class Answer:
    def __init__(self, content: Any) -> None:
        self.content = content

    def json(self) -> Any:
        return self.content


class Unsteady(Client):
    """A client of the local Google in this process that meets trouble with its first writes."""

    def __init__(self, book: Book, *trouble: Callable[[Callable[[], Any]], Any]) -> None:
        self.book = book
        self.trouble = list(trouble)
        self.sent = 0
        self.rests: list[int] = []

    def rest(self, times: int) -> None:
        self.rests.append(times)

    def request(self, method: str, endpoint: str, params: Any = None, data: Any = None, json: Any = None,
                files: Any = None, headers: Mapping[str, str] | None = None) -> Any:  # fmt: skip
        path = endpoint.partition(self.book.id)[2]

        def apply() -> Any:
            try:
                return self.book.call(method.upper(), path, json, **(params or {}))
            except RefusedError as refused:
                raise CannotWriteError(msg("{words}", words=str(refused))) from None

        if method != "post":
            return Answer(apply())
        self.sent += 1
        return Answer(self.trouble.pop(0)(apply) if self.trouble else apply())


def lost_before(_: Callable[[], Any]) -> Any:
    raise maybe_applied()


def lost_after(apply: Callable[[], Any]) -> Any:
    apply()
    raise maybe_applied()


def sender_of(client: Unsteady) -> Sender:
    return Sender(client, standing(client.book.get(fields=FIELDS))[0])


@pytest.mark.parametrize(
    ("trouble", "sent"), [((), 1), ((lost_after,), 1), ((lost_before,), 2), ((lost_before, lost_after), 2)]
)
def test_a_batch_is_applied_once(trouble: tuple[Callable[[Callable[[], Any]], Any], ...], sent: int) -> None:
    client = Unsteady(Local().book(), *trouble)
    sender = sender_of(client)
    assert [list(row) for row in sender.send([CELL], [SIGHT])[0]] == [["ours"]]
    assert client.sent == sent
    assert sender.marker == 1
    assert client.book.raw("Sheet1") == [["ours"]]


def test_a_batch_that_was_applied_late_is_not_applied_twice() -> None:
    late: list[Callable[[], Any]] = []

    def held_up(apply: Callable[[], Any]) -> Any:
        late.append(apply)
        raise maybe_applied()

    def overtaken(apply: Callable[[], Any]) -> Any:
        late.pop()()
        return apply()

    client = Unsteady(Local().book(), held_up, overtaken)
    insert = {"insertDimension": {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}}}
    before = client.book.sheet()["properties"]["gridProperties"]["rowCount"]
    sender_of(client).send([insert], [])
    assert client.book.sheet()["properties"]["gridProperties"]["rowCount"] == before + 1


def test_what_is_never_applied_ends_in_a_sentence() -> None:
    client = Unsteady(Local().book(), lost_before, lost_before, lost_before)
    with pytest.raises(CannotWriteError, match="did not take the write"):
        sender_of(client).send([CELL], [])
    assert client.book.raw("Sheet1") == []
    assert client.rests == [1, 2], "longer each time, and not after the last"


def test_of_two_runs_the_second_is_told_so() -> None:
    book = Local().book()
    first, second = Unsteady(book), Unsteady(book)
    senders = sender_of(first), sender_of(second)
    senders[0].send([CELL], [])
    with pytest.raises(BusyError, match="another run"):
        senders[1].send([CELL], [])


def test_a_refusal_of_something_else_keeps_googles_words() -> None:
    client = Unsteady(Local().book())
    wrong = {"deleteSheet": {"sheetId": 999}}
    with pytest.raises(CannotWriteError) as refused:
        sender_of(client).send([wrong], [])
    assert not isinstance(refused.value, MaybeAppliedError)
    assert "999" in str(refused.value)
