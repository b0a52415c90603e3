"""All that the local Google keeps: spreadsheets, the Drive files that they are, and who may open them.

With a folder given, they outlive the process (see `state`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.google.emulator import protection
from tests.google.emulator.book import Book
from tests.google.emulator.errors import Json, file_not_found, forbidden, not_found
from tests.google.emulator.state import State

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
ROOT = "0ALocalRootUk9PVA"
SOMEONE = "someone@example.com"

_RANK = {"reader": 1, "commenter": 2, "writer": 3, "fileOrganizer": 4, "organizer": 5, "owner": 6}


@dataclass
class Clock:
    """The time, which a test may put forward."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def stamp(self) -> str:
        """Now, as Drive writes it."""
        return self.now().strftime("%Y-%m-%dT%H:%M:%S.") + f"{self.now().microsecond // 1000:03d}Z"


@dataclass
class Policy:
    """How strict Google is; everything is allowed until a test says otherwise."""

    enforce_permissions: bool = False
    enforce_scopes: bool = False
    service_accounts_may_create: bool = True


@dataclass
class Store:
    """Books by id, Drive files by id, and the accounts behind the tokens that were granted."""

    state: State | None = None
    books: dict[str, Book] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    comments: dict[str, list[Json]] = field(default_factory=dict)
    clock: Clock = field(default_factory=Clock)
    policy: Policy = field(default_factory=Policy)

    @classmethod
    def opened(cls, folder: Path | None) -> Store:
        """The store with what the folder holds."""
        store = cls(State(folder) if folder else None)
        for file_id, file, comments, book in store.state.kept() if store.state else ():
            store.files[file_id], store.comments[file_id] = file, comments
            if book:
                store.books[file_id] = book
        return store

    def file(self, file_id: str, caller: str, role: str = "reader") -> Json:
        """A Drive file that the caller may use in that role, or Drive's refusal."""
        file = self.files.get(file_id)
        if file is None or not self.allowed(file, caller, "reader"):
            raise file_not_found(file_id)
        if not self.allowed(file, caller, role):
            message = "The user does not have sufficient permissions for this file."
            raise forbidden(message, "insufficientFilePermissions")
        return file

    def readable(self, book_id: str, caller: str, role: str = "reader") -> Book:
        """A book that the caller may use in that role, or Sheets' refusal."""
        if book_id not in self.books:
            raise not_found()
        if not self.allowed(self.files[book_id], caller, role):
            raise forbidden()
        return self.books[book_id]

    def allowed(self, file: Json, caller: str, role: str) -> bool:
        """Whether the caller may use the file in that role: always, unless a test made Google strict."""
        if not self.policy.enforce_permissions:
            return True
        domain = caller.partition("@")[2]
        roles = [
            permission["role"]
            for permission in file["permissions"]
            if permission["type"] == "anyone"
            or permission.get("emailAddress", "").casefold() == caller.casefold()
            or permission.get("domain") == domain
        ]
        return any(_RANK[has] >= _RANK[role] for has in roles)

    def owner(self, file_id: str) -> str:
        """Whose file it is."""
        owners = (one["emailAddress"] for one in self.files[file_id]["permissions"] if one["role"] == "owner")
        return str(next(owners))

    def editors(self, file_id: str) -> list[str]:
        """The accounts that may write to the file."""
        people = [one for one in self.files[file_id]["permissions"] if _RANK[one["role"]] >= _RANK["writer"]]
        return [one["emailAddress"] for one in people if "emailAddress" in one]

    @contextmanager
    def editing(self, book_id: str, caller: str) -> Iterator[Book]:
        """A copy of the book to change; it takes the book's place if nothing is raised."""
        copied = self.readable(book_id, caller, "writer").copied()
        if self.policy.enforce_permissions:
            protection.lock(copied, caller, self.owner(book_id))
        yield copied
        copied.check_size()
        self.books[book_id] = copied
        self.files[book_id]["name"] = copied.properties["title"]
        self.touch(book_id)

    def add(self, book: Book, caller: str, **more: object) -> Json:
        """Keep a new book and the Drive file that it is."""
        self.books[book.id] = book
        return self.add_file(book.id, book.properties["title"], SPREADSHEET, caller, **more)

    def add_file(self, file_id: str, name: str, kind: str, caller: str, **more: object) -> Json:
        """Keep a new Drive file that belongs to the caller."""
        if not self.policy.service_accounts_may_create and caller.endswith(".gserviceaccount.com"):
            raise forbidden("The user's Drive storage quota has been exceeded.", "storageQuotaExceeded")
        now = self.clock.stamp()
        owner = {"id": account_id(caller), "type": "user", "kind": "drive#permission", "role": "owner"}
        self.files[file_id] = {
            "kind": "drive#file",
            "id": file_id,
            "name": name,
            "mimeType": kind,
            "parents": [ROOT],
            "createdTime": now,
            "modifiedTime": now,
            "version": "1",
            "trashed": False,
            "permissions": [{**owner, "emailAddress": caller, "displayName": caller, "deleted": False}],
            **more,
        }
        self.save(file_id)
        return self.files[file_id]

    def touch(self, file_id: str) -> None:
        """Note that the file changed just now."""
        file = self.files[file_id]
        file["modifiedTime"], file["version"] = self.clock.stamp(), str(int(file["version"]) + 1)
        self.save(file_id)

    def remove(self, file_id: str) -> None:
        """Forget a file."""
        self.books.pop(file_id, None)
        self.comments.pop(file_id, None)
        del self.files[file_id]
        if self.state:
            self.state.forget(file_id)

    def clear(self) -> None:
        """Forget everything."""
        for file_id in list(self.files):
            self.remove(file_id)
        self.policy, self.clock.ahead = Policy(), timedelta()

    def save(self, file_id: str) -> None:
        """Let the file outlive the process, if a folder was given."""
        if self.state:
            comments = self.comments.get(file_id, [])
            self.state.keep(file_id, self.files[file_id], comments, self.books.get(file_id))


def new_id() -> str:
    """An id as long as Google's."""
    return "1" + secrets.token_urlsafe(32)


def account_id(email: str) -> str:
    """The number that Drive knows an account by."""
    return f"{int.from_bytes(email.casefold().encode()) % 10**20:020d}"
