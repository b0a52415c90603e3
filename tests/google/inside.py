"""The local Google of this process behind sheetcrm's own client, so that the whole adapter runs without a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetcrm.errors import CannotWriteError
from sheetcrm.text import msg
from sheetcrm.workbook.google.connection.client import Client
from tests.google.local import Book, RefusedError


@dataclass
class Answer:
    """An answer's JSON."""

    content: Any

    def json(self) -> Any:
        return self.content


class Inside(Client):
    """A client of one spreadsheet in this process.

    Attributes:
        batches: The requests of every batchUpdate, in their order.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.batches: list[list[dict[str, Any]]] = []

    def request(self, method: str, endpoint: str, params: Any = None, data: Any = None, json: Any = None,
                files: Any = None, headers: Mapping[str, str] | None = None) -> Any:  # fmt: skip
        if endpoint.endswith(":batchUpdate"):
            self.batches.append(json["requests"])
        try:
            return Answer(self.book.call(method.upper(), endpoint.partition(self.book.id)[2], json, **(params or {})))
        except RefusedError as refused:
            raise CannotWriteError(msg("{words}", words=str(refused))) from None

    def kinds(self, number: int = -1) -> list[str]:
        """What a batch asked for, its mark left out."""
        return [kind for request in self.batches[number] for kind in request if "DeveloperMetadata" not in kind]
