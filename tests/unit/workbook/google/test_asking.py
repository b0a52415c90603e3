from typing import Any

from sheetcrm.workbook.google.asking import values_of
from sheetcrm.workbook.google.connection.client import Client


class Asked(Client):
    """A client that answers each range by its own name."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def values_batch_get(self, id: str, ranges: list[str], params: Any = None) -> Any:
        self.calls.append(ranges)
        return {"valueRanges": [{"values": [[one]]} for one in ranges]}


def test_a_books_values_are_one_call() -> None:
    client = Asked()
    assert values_of(client, "id", ["A1", "B2"]) == [[["A1"]], [["B2"]]]
    assert client.calls == [["A1", "B2"]]


def test_an_address_never_grows_beyond_what_servers_take() -> None:
    client = Asked()
    ranges = [f"'Задачи менеджера по продажам {n}'" for n in range(60)]
    assert values_of(client, "id", ranges) == [[[one]] for one in ranges]
    assert len(client.calls) > 1


def test_no_range_is_no_call() -> None:
    client = Asked()
    assert values_of(client, "id", []) == []
    assert client.calls == []
