"""A book's backups: which there are, and putting one back when the book is damaged, gone or fine."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from pathlib import Path

import pytest

from sheetcrm.errors import BusyError, CannotReadError, CannotWriteError, UsageError
from sheetcrm.workbook.port import BACKUPS
from sheetcrm.workbook.xlsx.backups import backups, others
from sheetcrm.workbook.xlsx.restore import is_sound, restore
from sheetcrm.workbook.xlsx.save import revision, save
from tests.unit.workbook.packages import parts, text, zipped


def state(word: str) -> bytes:
    """A workbook that says a word."""
    return zipped(parts(f'<row r="1">{text("A1", word)}</row>'))


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book that was saved three times: it says “three”, and there are backups of “one” and “two”."""
    path = tmp_path / "clients.xlsx"
    path.write_bytes(state("one"))
    path.chmod(0o640)
    for before, after in (("one", "two"), ("two", "three")):
        save(path, state(after), revision(state(before)))
    return path


def test_lists_the_newest_first(book: Path) -> None:
    found = backups(book)
    assert [(backup.number, backup.path.read_bytes()) for backup in found] == [(1, state("two")), (2, state("one"))]
    assert found[0].size == len(state("two"))
    assert found[1].moment <= found[0].moment <= datetime.now()


def test_takes_nothing_for_a_backup_that_is_none(book: Path) -> None:
    folder = book.parent / ".sheetcrm" / "backups"
    for name in ("clients 2026-99-21 08-30-00-000000.xlsx", "clients.xlsx", "notes.txt"):
        (folder / name).write_bytes(b"")
    (folder / "clients 2025 2026-11-21 08-30-00-000000.xlsx").write_bytes(b"")
    assert len(backups(book)) == 2
    assert others(book) == ["clients 2025.xlsx"]


def test_puts_one_back_and_keeps_what_stood_there(book: Path) -> None:
    done = restore(book, 2, BACKUPS)
    assert (done.same, done.missing) == (False, False)
    assert book.read_bytes() == state("one")
    assert [backup.path.read_bytes() for backup in backups(book)] == [state("three"), state("two"), state("one")]


def test_puts_one_back_where_the_book_is_damaged(book: Path) -> None:
    book.write_bytes(b"PK\x03\x04 half a book")
    restore(book, 1, BACKUPS)
    assert book.read_bytes() == state("two")
    assert [is_sound(backup) for backup in backups(book)] == [False, True, True]


def test_puts_one_back_where_the_book_is_gone_with_its_permissions(book: Path) -> None:
    book.unlink()
    assert restore(book, 1, BACKUPS).missing
    assert book.read_bytes() == state("two")
    assert book.stat().st_mode & 0o777 == 0o640


def test_a_book_that_is_that_backup_already_is_left_alone(book: Path) -> None:
    restore(book, 1, BACKUPS)
    before = [backup.path for backup in backups(book)]
    assert restore(book, 2, BACKUPS).same
    assert [backup.path for backup in backups(book)] == before


def test_a_dry_run_writes_nothing(book: Path) -> None:
    assert not restore(book, 1, BACKUPS, dry_run=True).same
    assert book.read_bytes() == state("three")
    assert len(backups(book)) == 2


def test_a_damaged_backup_is_not_put_back(book: Path) -> None:
    backups(book)[0].path.write_bytes(b"PK\x03\x04")
    with pytest.raises(CannotReadError, match="is damaged"):
        restore(book, 1, BACKUPS)
    assert book.read_bytes() == state("three")


def test_an_open_book_is_left_alone(book: Path) -> None:
    book.with_name(".~lock.clients.xlsx#").write_text("Anna,anna,desk,21.11.2026 08:30,file;")
    with pytest.raises(BusyError, match="Anna"):
        restore(book, 1, BACKUPS)
    assert book.read_bytes() == state("three")


@pytest.mark.parametrize(("name", "said"), [("clients.xlsx", "has no backup 7"), ("other.xlsx", "is no backup of")])
def test_a_backup_that_there_is_not(book: Path, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        restore(book.with_name(name), 7, BACKUPS)


def test_keeps_as_many_as_asked_for(book: Path) -> None:
    save(book, state("four"), revision(state("three")), kept=1)
    assert [backup.path.read_bytes() for backup in backups(book)] == [state("three")]


def test_half_a_backup_is_removed_and_the_book_stays(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("sheetcrm.workbook.xlsx.backups.shutil.copystat", full)
    with pytest.raises(CannotWriteError, match="the disk is full"):
        save(book, state("four"), revision(state("three")))
    assert book.read_bytes() == state("three")
    assert len(backups(book)) == 2


def test_a_folder_of_backups_that_may_not_be_read_is_named(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(folder: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))

    monkeypatch.setattr(Path, "iterdir", deny)
    for asked in (backups, others):
        with pytest.raises(CannotReadError, match=r"backups in .*\.sheetcrm/backups cannot be read: .*no permission"):
            asked(book)


def test_a_write_protected_book_is_not_put_back(book: Path) -> None:
    book.chmod(0o444)
    with pytest.raises(CannotWriteError, match="write-protected"):
        restore(book, 1, BACKUPS)
    assert book.read_bytes() == state("three")


def test_a_link_that_leads_to_itself_has_no_backups(tmp_path: Path) -> None:
    link = tmp_path / "loop.xlsx"
    link.symlink_to(link)
    with pytest.raises(CannotReadError, match="its links lead in a circle"):
        backups(link)
