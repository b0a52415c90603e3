"""Files made to hurt, and files that were hurt: one sentence, little memory, and the file as it was."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from sheetcrm.errors import CannotReadError, GuardError, SheetcrmError
from sheetcrm.schema.tables import recognise
from sheetcrm.text import say
from sheetcrm.workbook import open_workbook
from sheetcrm.workbook.xlsx import Patch
from tests.lossless.books import books
from tests.lossless.patched import DATA, MAIN, TYPES, WORKBOOK, Patched
from tests.lossless.plain import made
from tests.lossless.refused import GUARDED, NO_BOOKS

ROOT = Path(__file__).parents[2]
CUTS, FLIPS = 200, 2_000
MEGABYTE = 1 << 20
BOMB = 640 * MEGABYTE
MEMORY = 2_000
"""What the process may take, in megabytes: a part is refused at 512, so it may be held once and no more."""


def with_part(part: str, content: str) -> bytes:
    """The client list with another part."""
    book = Patched(made())
    book.parts[part] = content.encode()
    return book.zipped()


def with_entry(name: str) -> bytes:
    """The client list with one more entry in its zip."""
    buffer = BytesIO(made())
    with warnings.catch_warnings(), ZipFile(buffer, "a", ZIP_DEFLATED) as target:
        warnings.simplefilter("ignore")
        target.writestr(name, "<x/>")
    return buffer.getvalue()


def bomb(part: str, head: bytes = b"<x>") -> bytes:
    """The client list with a part that unpacks to more than half a gigabyte, after such a beginning."""
    buffer = BytesIO()
    book = Patched(made())
    blanks = b" " * MEGABYTE
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as target:
        for name, content in book.parts.items():
            with target.open(name, "w") as entry:
                entry.write(content if name != part else head)
                for _ in range(BOMB // MEGABYTE if name == part else 0):
                    entry.write(blanks)
    return buffer.getvalue()


def lying() -> bytes:
    """The same, and the zip calls the part small."""
    honest = struct.pack("<L", BOMB + 3)
    data = bomb(DATA)
    assert data.count(honest) == 2
    return data.replace(honest, struct.pack("<L", 200))


def spread() -> bytes:
    """The client list with one more cell in the last corner."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return with_part(DATA, Patched(made()).text(DATA).replace("</sheetData>", far))


def nested(part: str) -> bytes:
    """The client list with a hundred thousand elements one in another."""
    text = Patched(made()).text(part)
    inner = text.rindex("</")
    return with_part(part, text[:inner] + "<x>" * 100_000 + "</x>" * 100_000 + text[inner:])


def declared(part: str) -> bytes:
    """The client list with a document type that would unfold."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head, _, rest = Patched(made()).text(part).partition("\n")
    return with_part(part, f'{head}<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>{rest}')


HOSTILE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (lambda: bomb(DATA), "too large to be opened safely"),
    "lying bomb": (lying, "too large to be opened safely"),
    "bomb in a row": (
        lambda: bomb(DATA, f'<worksheet xmlns="{MAIN}"><sheetData><row>'.encode()),
        "bomb in a row.xlsx is",
    ),
    "bomb of styles": (lambda: bomb("xl/styles.xml"), "too large to be opened safely"),
    "document type": (lambda: declared(DATA), "declares a document type"),
    "document type of the workbook": (lambda: declared(WORKBOOK), "declares a document type"),
    "dots": (lambda: with_entry("xl/../../evil.xml"), "an entry is named xl/../../evil.xml"),
    "twice": (lambda: with_entry(DATA), f"two of its entries are named {DATA}"),
    "twice in another case": (lambda: with_entry(DATA.upper()), "two of its entries are named"),
    "corners": (spread, "the sheet reaches as far as XFD1048576"),
    "nested workbook": (lambda: nested(WORKBOOK), f"the part {WORKBOOK} is not readable XML"),
    "nested types": (lambda: nested(TYPES), ""),
    "nested sheet": (lambda: nested(DATA), ""),
}
"""By name: the file, and what is said of it; "" where it may also be read."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What was said of every hostile file, all opened by one process; the files themselves as they are then."""
    folder = tmp_path_factory.mktemp("hostile")
    files = {name: make() for name, (make, _) in HOSTILE.items()}
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    command = [sys.executable, "-m", "tests.e2e.opening", str(folder), str(MEMORY)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found: Mapping[str, Any] = json.loads(ran.stdout)
    for name, data in files.items():
        written = found[f"{name}.xlsx"]["update"][0] == 0
        assert written or (folder / f"{name}.xlsx").read_bytes() == data
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence(said: Mapping[str, Any], name: str) -> None:
    for code, printed in said[f"{name}.xlsx"].values():
        if HOSTILE[name][1]:
            assert (code, HOSTILE[name][1] in " ".join(printed.split())) == (3, True), printed
        # What is readable is a list that is not ours.
        assert code in (0, 1, 3) or "did not make" in printed
        assert "Traceback" not in printed


def test_nothing_of_a_hostile_file_is_held_twice(said: Mapping[str, Any]) -> None:
    assert said[""] < MEMORY


@pytest.mark.parametrize("name", NO_BOOKS)
def test_what_is_no_book_is_not_edited(tmp_path: Path, name: str) -> None:
    data, words = NO_BOOKS[name]
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    with pytest.raises(CannotReadError) as stop:
        Patch(path)
    assert words in say(stop.value.message, "en")
    assert stop.value.hint is not None
    assert path.read_bytes() == data


@pytest.mark.parametrize("name", GUARDED)
def test_a_signed_or_shared_book_is_edited_by_force_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(GUARDED[name])
    with pytest.raises(GuardError, match=name) as stop:
        Patch(path)
    assert stop.value.hint is not None
    assert path.read_bytes() == GUARDED[name]
    with Patch(path, force=True) as book:
        book.set("Data", "E3", "written")
        book.save(path)
    assert open_workbook(path, recognise).read().sheets[0].rows[2][4] == "written"


# ── files that were hurt ──


def cut() -> Iterator[bytes]:
    """A book cut short at many places."""
    data = books()["comments"]
    return (data[: len(data) * place // CUTS] for place in range(CUTS))


def flipped() -> Iterator[bytes]:
    """Books with one byte changed somewhere."""
    chance = random.Random(3)
    for number in range(FLIPS):
        data = bytearray(books()["comments" if number % 2 else "plain"])
        data[chance.randrange(len(data))] ^= chance.randrange(1, 256)
        yield bytes(data)


@pytest.mark.parametrize("hurt", [cut, flipped])
def test_a_hurt_file_is_refused_in_a_sentence_or_edited(hurt: Callable[[], Iterator[bytes]], tmp_path: Path) -> None:
    path, copy = tmp_path / "book.xlsx", tmp_path / "copy.xlsx"
    for data in hurt():
        path.write_bytes(data)
        for stop in (_stopped(_read, path, copy), _stopped(_edit, path, copy)):
            assert stop is None or say(stop.message, "en").startswith("book.xlsx"), stop
            assert stop is None or stop.hint is not None, stop
        assert path.read_bytes() == data


def _stopped(attempt: Callable[[Path, Path], None], path: Path, copy: Path) -> SheetcrmError | None:
    try:
        attempt(path, copy)
    except SheetcrmError as stop:
        return stop
    return None


def _read(path: Path, _: Path) -> None:
    open_workbook(path, recognise).read()


def _edit(path: Path, copy: Path) -> None:
    with Patch(path) as book:
        for title in book.sheet_names[:1]:
            book.set(title, "E3", "written")
        copy.unlink(missing_ok=True)
        book.save(copy)
