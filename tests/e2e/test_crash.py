"""Whatever happens while a book is saved: the old book or the new book stands there, never a third thing."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sheetcrm.errors import BusyError, CannotWriteError, SheetcrmError
from sheetcrm.workbook.xlsx import Patch
from tests.e2e.crashing import watch, write
from tests.e2e.program import Program
from tests.lossless.books import books

ROOT = Path(__file__).parents[2]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """The command line, failures of ours raised."""
    monkeypatch.setenv("SHEETCRM_TRACEBACK", "1")
    return Program(capsys)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The small client list."""
    path = tmp_path / "clients.xlsx"
    path.write_bytes(books()["comments"])
    return path


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What the small client list is after the write."""
    path = tmp_path_factory.mktemp("new") / "clients.xlsx"
    path.write_bytes(books()["comments"])
    write(path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A client base just made, which `update` would write to."""
    from sheetcrm.cli.program import run

    path = tmp_path_factory.mktemp("founded") / "firm.xlsx"
    assert run(["init", str(path), "--lang", "en", "--quiet"]) == 0
    return path.read_bytes()


@pytest.fixture
def firm(tmp_path: Path, founded: bytes) -> Path:
    """A copy of that client base."""
    path = tmp_path / "firm.xlsx"
    path.write_bytes(founded)
    return path


def leftovers(book: Path) -> set[str]:
    return {found.name for found in book.parent.iterdir()} - {book.name, ".sheetcrm"}


def backups(book: Path) -> list[bytes]:
    folder = book.parent / ".sheetcrm" / "backups"
    return [found.read_bytes() for found in sorted(folder.iterdir())] if folder.is_dir() else []


def before_step(monkeypatch: pytest.MonkeyPatch, step: str, happen: Callable[[], object]) -> None:
    """Let something happen before the first call of a step."""
    pending = [happen]

    def seen(name: str, _: object) -> None:
        if name == step and pending:
            pending.pop()()

    watch(seen, monkeypatch.setattr)


# ── the power goes ──


@pytest.fixture(scope="module")
def cuts(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], list[Path]]:
    """The steps of a save, and the books of those who died before each of them."""
    folder = tmp_path_factory.mktemp("cut")
    book = folder / "clients.xlsx"
    book.write_bytes(books()["comments"])
    command = [sys.executable, "-m", "tests.e2e.crashing", str(book), str(folder)]
    steps = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    return steps, [folder / str(number) / book.name for number, _ in enumerate(steps)]


def test_a_power_cut_at_any_step_leaves_the_old_book_or_the_new(cuts: tuple[list[str], list[Path]], new: bytes) -> None:
    steps, left = cuts
    old = books()["comments"]
    states = [book.read_bytes() for book in left]
    replaced = steps.index("replace")
    assert {"mkstemp", "fsync", "chmod", "copystat", "unlink"} <= set(steps)
    assert states[: replaced + 1] == [old] * (replaced + 1)
    assert states[replaced + 1 :] == [new] * (len(steps) - replaced - 1)


def test_after_a_power_cut_the_next_write_succeeds(
    cuts: tuple[list[str], list[Path]], new: bytes, tmp_path: Path
) -> None:
    for book in cuts[1]:
        copy = tmp_path / book.parent.name
        shutil.copytree(book.parent, copy)
        before = (copy / book.name).read_bytes()
        write(copy / book.name)
        assert (copy / book.name).read_bytes() == new
        assert backups(copy / book.name)[-1] == before


# ── the disk refuses ──


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO])
def test_a_refusal_of_the_disk_at_any_step_is_said_or_does_no_harm(
    book: Path, new: bytes, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    old = book.read_bytes()
    count = 0
    while True:
        with monkeypatch.context() as patched:
            reached = _fail_at(patched, count, number)
            stop = _stopped(lambda: write(book))
        assert book.read_bytes() == (old if stop else new)
        assert leftovers(book) <= ({name for name in leftovers(book) if name.endswith(".tmp")} if reached else set())
        assert stop is None or (isinstance(stop, CannotWriteError) and stop.hint is not None)
        assert {*backups(book)} <= {old, new}
        if not reached:
            return
        book.write_bytes(old)
        shutil.rmtree(book.parent / ".sheetcrm", ignore_errors=True)
        for name in leftovers(book):
            (book.parent / name).unlink()
        count += 1


def _fail_at(monkeypatch: pytest.MonkeyPatch, count: int, number: int) -> list[str]:
    """Let the `count`-th call that touches the disk fail; the answer holds its name once it did."""
    left = [count]
    reached: list[str] = []

    def seen(name: str, args: tuple[object, ...]) -> None:
        # The book is read before anything is saved.
        if name == "open" and "r" in str(args[1:2] or "r"):
            return
        if left[0] == 0 and not reached:
            reached.append(name)
            raise OSError(number, os.strerror(number))
        left[0] -= 1

    watch(seen, monkeypatch.setattr)
    return reached


def _stopped(write: Callable[[], object]) -> SheetcrmError | None:
    try:
        write()
    except SheetcrmError as stop:
        return stop
    return None


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "may not write"), (errno.EROFS, "read-only")],
)
def test_a_command_that_cannot_save_says_why(
    program: Program, firm: Path, founded: bytes, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    before_step(monkeypatch, "replace", refuse)
    ran = program("report", firm, "--all")
    assert (ran.code, said in ran.err, "Traceback" in ran.err) == (3, True, False)
    assert firm.read_bytes() == founded
    assert leftovers(firm) == set()


# ── somebody else ──

LOCKS = {"Excel": "~${}", "LibreOffice": ".~lock.{}#"}
HOLDERS = {"Excel": b"\x04Anna" + b" " * 50, "LibreOffice": b",anna,office-7,21.11.2026 08:30,file:///x;"}


@pytest.mark.parametrize("office", LOCKS)
def test_an_open_book_is_not_written(program: Program, firm: Path, founded: bytes, office: str) -> None:
    lock = firm.with_name(LOCKS[office].format(firm.name))
    lock.write_bytes(HOLDERS[office])
    ran = program("report", firm, "--all")
    assert (ran.code, "nna" in ran.err) == (4, True)
    assert firm.read_bytes() == founded
    lock.unlink()
    assert program("report", firm, "--all").code == 0


@pytest.mark.parametrize("office", LOCKS)
@pytest.mark.parametrize("step", ["mkstemp", "fsync"])
def test_a_book_that_is_opened_while_we_save_is_not_written(
    book: Path, monkeypatch: pytest.MonkeyPatch, office: str, step: str
) -> None:
    old = book.read_bytes()
    lock = book.with_name(LOCKS[office].format(book.name))
    before_step(monkeypatch, step, lambda: os.close(os.open(lock, os.O_CREAT)))
    with pytest.raises(BusyError):
        write(book)
    assert book.read_bytes() == old
    assert leftovers(book) == {lock.name}


@pytest.mark.parametrize("step", ["mkstemp", "fsync"])
def test_a_book_that_was_replaced_meanwhile_stays(
    program: Program, firm: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    theirs = books()["plain"]
    before_step(monkeypatch, step, lambda: firm.write_bytes(theirs))
    ran = program("report", firm, "--all")
    assert (ran.code, "was changed by somebody" in ran.err) == (4, True)
    assert firm.read_bytes() == theirs
    assert leftovers(firm) == set()


def test_a_book_that_went_away_meanwhile_is_not_made_anew(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before_step(monkeypatch, "mkstemp", book.unlink)
    with pytest.raises(BusyError):
        write(book)
    assert not book.exists()


# ── where it is written to ──


def test_through_a_link_the_book_behind_it_is_replaced(book: Path, new: bytes, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(book)
    write(link)
    assert link.is_symlink()
    assert book.read_bytes() == new


def test_a_copy_never_replaces_what_stands_there(book: Path) -> None:
    other = book.with_name("other.xlsx")
    other.write_bytes(b"theirs")
    old = book.read_bytes()
    with Patch(book) as patch:
        patch.set("Data", "E3", "written")
        with pytest.raises(BusyError, match=r"other\.xlsx"):
            patch.save(other)
    assert (book.read_bytes(), other.read_bytes()) == (old, b"theirs")


def test_a_copy_leaves_the_book_alone_and_is_the_new_one(book: Path, new: bytes) -> None:
    old = book.read_bytes()
    with Patch(book) as patch:
        patch.set("Data", "E3", "written")
        patch.set("Data", "C4", 17)
        patch.save(book.with_name("copy.xlsx"))
    assert book.read_bytes() == old
    assert book.with_name("copy.xlsx").read_bytes() == new


def test_a_folder_that_may_not_be_written_to_is_named(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    with pytest.raises(CannotWriteError, match="may not write to that folder"):
        write(book)
