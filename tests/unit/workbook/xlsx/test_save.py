"""A book is replaced whole or not at all, and what stood there is kept."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sheetcrm.errors import BusyError, CannotReadError, CannotWriteError, Exit
from sheetcrm.workbook.port import BACKUPS
from sheetcrm.workbook.xlsx.save import revision, save


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "clients.xlsx"
    path.write_bytes(b"before")
    return path


def backups(book: Path) -> list[bytes]:
    return [found.read_bytes() for found in sorted((book.parent / ".sheetcrm" / "backups").iterdir())]


def leftovers(book: Path) -> list[str]:
    return sorted(found.name for found in book.parent.iterdir() if found.name not in (book.name, ".sheetcrm"))


def test_replaces_the_book_and_keeps_the_old_one(book: Path) -> None:
    save(book, b"after", revision(b"before"))
    assert book.read_bytes() == b"after"
    assert backups(book) == [b"before"]
    assert leftovers(book) == []


def test_keeps_the_last_backups_of_this_book_only(book: Path) -> None:
    other = book.with_name("clients 2025.xlsx")
    other.write_bytes(b"other")
    save(other, b"other 2", revision(b"other"))
    for number in range(BACKUPS + 3):
        book.write_bytes(b"%d" % number)
        save(book, b"after", revision(b"%d" % number))
    assert set(backups(book)) == {b"other", *(b"%d" % number for number in range(3, BACKUPS + 3))}


def test_keeps_the_permissions(book: Path) -> None:
    book.chmod(0o640)
    save(book, b"after", revision(b"before"))
    assert book.stat().st_mode & 0o777 == 0o640


def test_backups_are_for_the_owner_only(book: Path) -> None:
    save(book, b"after", revision(b"before"))
    assert (book.parent / ".sheetcrm").stat().st_mode & 0o777 == 0o700


def test_replaces_what_a_link_points_at(book: Path, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "link.xlsx"
    link.symlink_to(book)
    save(link, b"after", revision(b"before"))
    assert link.is_symlink()
    assert book.read_bytes() == b"after"
    assert backups(book) == [b"before"]


@pytest.mark.parametrize("now", [b"somebody else's", None])
def test_a_book_that_changed_or_went_is_left_alone(book: Path, now: bytes | None) -> None:
    book.unlink()
    if now is not None:
        book.write_bytes(now)
    with pytest.raises(BusyError, match="was changed by somebody") as stop:
        save(book, b"after", revision(b"before"))
    assert stop.value.exit_code == Exit.BUSY
    assert (book.read_bytes() if book.exists() else None) == now
    assert leftovers(book) == []


def test_a_new_book_never_replaces_one_that_appeared(book: Path) -> None:
    with pytest.raises(BusyError, match="appeared meanwhile"):
        save(book, b"new", "")
    assert book.read_bytes() == b"before"
    assert leftovers(book) == []


def test_a_new_book_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    save(tmp_path / "new.xlsx", b"new", "")
    assert (tmp_path / "new.xlsx").read_bytes() == b"new"
    with pytest.raises(BusyError, match="appeared meanwhile"):
        save(tmp_path / "new.xlsx", b"newer", "")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match="there is no folder"):
        save(tmp_path / "nowhere" / "new.xlsx", b"new", "")


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "the disk is read-only"), (errno.EACCES, "may not write")],
)
def test_a_failing_disk_leaves_the_book_and_no_scratch_file(
    book: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(CannotWriteError, match=said):
        save(book, b"after", revision(b"before"))
    assert book.read_bytes() == b"before"
    assert leftovers(book) == []


def test_an_open_book_is_not_replaced(book: Path) -> None:
    book.with_name("~$clients.xlsx").write_bytes(b"\x04Anna")
    with pytest.raises(BusyError, match="Anna"):
        save(book, b"after", revision(b"before"))
    assert book.read_bytes() == b"before"


def test_a_book_that_nobody_may_write_is_left_alone(book: Path) -> None:
    book.chmod(0o444)
    with pytest.raises(CannotWriteError, match=r"clients\.xlsx is write-protected"):
        save(book, b"after", revision(b"before"))
    assert book.read_bytes() == b"before"
    assert leftovers(book) == []
    assert not (book.parent / ".sheetcrm").exists()


@pytest.mark.parametrize("name", [".sheetcrm", ".sheetcrm/backups"])
def test_what_stands_where_the_backups_belong_is_named(book: Path, name: str) -> None:
    there = book.parent / name
    there.parent.mkdir(exist_ok=True)
    there.write_bytes(b"notes")
    with pytest.raises(CannotWriteError, match=f"{name}: a file stands where sheetcrm keeps its backups"):
        save(book, b"after", revision(b"before"))
    assert (book.read_bytes(), there.read_bytes()) == (b"before", b"notes")
    assert leftovers(book) == []


def test_a_link_that_leads_to_itself_takes_no_book(tmp_path: Path) -> None:
    link = tmp_path / "loop.xlsx"
    link.symlink_to(link)
    with pytest.raises(CannotReadError, match=r"loop\.xlsx cannot be opened: its links lead in a circle"):
        save(link, b"new", "")
