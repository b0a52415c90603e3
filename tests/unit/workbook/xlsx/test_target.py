"""What a path leads to, and what is said where nobody can tell."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from sheetcrm.errors import CannotReadError
from sheetcrm.workbook.xlsx.kinds import bytes_of
from sheetcrm.workbook.xlsx.target import stands, target_of


def test_a_link_leads_to_what_it_points_at(tmp_path: Path) -> None:
    book, link = tmp_path / "book.xlsx", tmp_path / "link.xlsx"
    link.symlink_to(book)
    assert target_of(link) == book.resolve()
    assert not stands(link)
    book.write_bytes(b"")
    assert stands(link)
    assert not stands(book / "beneath.xlsx")


def test_a_link_that_leads_to_itself_is_named(tmp_path: Path) -> None:
    link = tmp_path / "loop.xlsx"
    link.symlink_to(link)
    for asked in (stands, target_of):
        with pytest.raises(CannotReadError, match=r"loop\.xlsx cannot be opened: its links lead in a circle"):
            asked(link)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, r"q\.xlsx cannot be opened: this account may not look into its folder"),
        (errno.ENAMETOOLONG, r"q\.xlsx cannot be opened: File name too long"),
    ],
)
def test_a_path_that_cannot_be_looked_at_is_named(monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    def deny(path: Path) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "stat", deny)
    with pytest.raises(CannotReadError, match=said):
        stands(Path("deny/q.xlsx"))


def test_a_missing_book_in_a_folder_that_nobody_may_list_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deny(folder: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))

    monkeypatch.setattr(os, "listdir", deny)
    with pytest.raises(CannotReadError, match=r"There is no file .*q\.xlsx"):
        bytes_of(tmp_path / "q.xlsx")
