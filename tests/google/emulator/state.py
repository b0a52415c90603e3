"""The store on disk: a JSON file for each spreadsheet, which names a JSON file for each of its tabs.

A call writes only the tabs that it changed, under new names; then the spreadsheet's file is replaced, so that a process
killed at any moment leaves the state before the call or the state after it.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.errors import Json

Kept = tuple[str, Json, list[Json], Book | None]


@dataclass
class State:
    """The folder, and what each of its tab files holds."""

    folder: Path
    tabs: dict[str, list[tuple[str, Sheet]]] = field(default_factory=dict)

    def kept(self) -> Iterator[Kept]:
        """Each file's id, Drive file, comments and book as they were left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self.folder.glob("*.json")):
            told = _read(path)
            yield path.stem, told["file"], told["comments"], self._book(path.stem, told["book"])

    def _book(self, file_id: str, told: Json | None) -> Book | None:
        if told is None:
            return None
        names = told["tabs"]
        sheets = [Sheet.from_json(_read(self.folder / file_id / name)) for name in names]
        self.tabs[file_id] = list(zip(names, sheets, strict=True))
        return Book.from_json(told, sheets)

    def keep(self, file_id: str, file: Json, comments: list[Json], book: Book | None) -> None:
        """Write a file's state: all of it or nothing."""
        before = self.tabs.get(file_id, [])
        tabs = [(self._tab(file_id, sheet, before), sheet) for sheet in book.sheets] if book else []
        names = [name for name, _ in tabs]
        told = book.to_json() | {"tabs": names} if book else None
        scratch = self.folder / f"{file_id}.tmp"
        _write(scratch, {"file": file, "comments": comments, "book": told})
        scratch.replace(self.folder / f"{file_id}.json")
        self.tabs[file_id] = tabs
        for name, _ in before:
            if name not in names:
                (self.folder / file_id / name).unlink(missing_ok=True)

    def _tab(self, file_id: str, sheet: Sheet, before: list[tuple[str, Sheet]]) -> str:
        """The name of the file that holds the tab; a tab that did not change keeps its file."""
        for name, kept in before:
            if kept == sheet:
                return name
        name = f"{sheet.id}-{secrets.token_hex(6)}.json"
        (self.folder / file_id).mkdir(exist_ok=True)
        _write(self.folder / file_id / name, sheet.to_json())
        return name

    def forget(self, file_id: str) -> None:
        """Delete a file's state."""
        (self.folder / f"{file_id}.json").unlink(missing_ok=True)
        shutil.rmtree(self.folder / file_id, ignore_errors=True)
        self.tabs.pop(file_id, None)


def _read(path: Path) -> Json:
    return dict(json.loads(path.read_text("utf-8")))


def _write(path: Path, content: Any) -> None:
    # Not json.dump, which is Python code through and through.
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")
