"""Who has the book open, by the lock files of the office programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetcrm.errors import BusyError
from sheetcrm.text import say
from sheetcrm.workbook.xlsx.locks import check_unlocked


def excel_lock(name: str) -> bytes:
    """A lock file as Excel writes it: the name in one-byte letters, and again in UTF-16 after byte 54."""
    narrow = name.encode("cp1251")
    wide = name.encode("utf-16-le")
    return (
        (bytes([len(narrow)]) + narrow).ljust(55, b" ")
        + len(name).to_bytes(2, "little")
        + wide
        + " ".encode("utf-16-le") * (54 - len(name))
    )


@pytest.mark.parametrize(
    ("lock", "content", "said"),
    [
        ("~$b.xlsx", excel_lock("Анна Смирнова"), "b.xlsx is open in another program (Анна Смирнова)."),
        ("~$b.xlsx", b"\x04Anna" + b" " * 50, "b.xlsx is open in another program (Anna)."),
        ("~$b.xlsx", b"", "b.xlsx is open in another program."),
        (".~lock.b.xlsx#", b",anna,office-7,21.11.2026 08:30,file:///x;", "(anna · office-7)."),
        (".~lock.b.xlsx#", "Анна С.,anna,office-7,21.11.2026 08:30,;".encode(), "(Анна С. · office-7)."),
        (".~lock.b.xlsx#", b"", "b.xlsx is open in another program."),
    ],
)
def test_the_holder_is_named(tmp_path: Path, lock: str, content: bytes, said: str) -> None:
    (tmp_path / lock).write_bytes(content)
    with pytest.raises(BusyError) as stop:
        check_unlocked(tmp_path / "b.xlsx")
    assert said in say(stop.value.message, "en")
    assert stop.value.hint is not None
    assert lock in say(stop.value.hint, "en")


def test_a_lock_that_cannot_be_read_is_a_lock(tmp_path: Path) -> None:
    (tmp_path / "~$b.xlsx").mkdir()
    with pytest.raises(BusyError):
        check_unlocked(tmp_path / "b.xlsx")


def test_without_a_lock_the_book_is_free(tmp_path: Path) -> None:
    (tmp_path / "~$other.xlsx").write_bytes(b"\x04Anna")
    check_unlocked(tmp_path / "b.xlsx")
