"""Files that are no workbook, and files made to hurt: one sentence each, and nothing worse."""

from __future__ import annotations

import struct
import warnings
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from sheetcrm.errors import CannotReadError, Exit
from sheetcrm.text import say
from sheetcrm.workbook import open_workbook
from sheetcrm.workbook.xlsx.package import Limits, open_package
from tests.unit.workbook.packages import DECLARATION, SHEET, parts, relationships, text, worksheet, zipped

SOUND = zipped(parts(f'<row r="1">{text("A1", "x")}</row>'))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(folder: Path, data: bytes, name: str = "book.xlsx") -> str:
    """What people read when they open such a file."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(CannotReadError) as stop:
        open_workbook(path, lambda _: None).read()
    assert stop.value.exit_code == Exit.CANNOT_RUN
    assert stop.value.hint is not None
    assert path.read_bytes() == data
    return say(stop.value.message, "en")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "book.xlsx is empty"),
        (SOUND[:-30], "book.xlsx is damaged"),
        (SOUND[: len(SOUND) // 2], "book.xlsx is damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "book.xlsx is protected with a password"),
        (OLE, "an old Excel file (.xls)"),
        ("Клиент;Телефон\nРомашка;1".encode("cp1251"), "a text file, such as .csv"),
        (b"<html><table>", "a web page or XML"),
        (b"\x89PNG\x00\x00", "book.xlsx is not an .xlsx workbook"),
        (zipped({"xl/workbook.bin": b"", "_rels/.rels": relationships()}), "a binary workbook (.xlsb)"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "an OpenDocument file (.ods)"),
        (zipped({"word/document.xml": "<x/>"}), "a Word document"),
        (zipped({"photo.jpg": b"x"}), "a zip archive without a workbook"),
        (zipped(parts() | {"../evil.xml": "x"}), "an entry is named ../evil.xml"),
        (zipped(parts() | {"XL/Workbook.xml": "x"}), "two of its entries are named XL/Workbook.xml"),
        (zipped(parts() | {SHEET: "<worksheet><sheetData><row"}), "book.xlsx is damaged"),
        (zipped(parts('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')), "book.xlsx is damaged"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in refusal(tmp_path, data)


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "_rels/.rels"])
def test_a_document_type_is_refused_wherever_it_stands(tmp_path: Path, part: str) -> None:
    contents = parts(f'<row r="1">{text("A1", "x")}</row>')
    contents["xl/_rels/workbook.xml.rels"] = relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
    )
    contents["xl/sharedStrings.xml"] = "<sst/>"
    contents[part] = '<!DOCTYPE x [<!ENTITY e "e">]>' + str(contents[part]).removeprefix(DECLARATION)
    assert "declares a document type" in refusal(tmp_path, zipped(contents))


@pytest.mark.parametrize("before", ["<!-- <x> -->", "<?note <x> ?>", "<!-- a --><!-- <x> -->\n"])
def test_nothing_hides_a_document_type(tmp_path: Path, before: str) -> None:
    sheet = f"{before}<!DOCTYPE x>{worksheet('').removeprefix(DECLARATION)}"
    assert "declares a document type" in refusal(tmp_path, zipped(parts() | {SHEET: sheet}))
    unmarked = sheet.encode("utf-16-le")
    assert "declares a document type" in refusal(tmp_path, zipped(parts() | {SHEET: unmarked}))


def test_a_remark_may_speak_of_document_types(tmp_path: Path) -> None:
    sheet = worksheet(f'<row r="1">{text("A1", "x")}</row>').replace(DECLARATION, f"{DECLARATION}<!-- <!DOCTYPE x> -->")
    (tmp_path / "book.xlsx").write_bytes(zipped(parts() | {SHEET: sheet}))
    assert open_workbook(tmp_path / "book.xlsx", lambda _: None).read().sheets[0].rows == [["x"]]


def test_a_remark_without_an_end_is_not_waited_for(tmp_path: Path) -> None:
    assert "is not readable XML" in refusal(tmp_path, zipped(parts() | {SHEET: "<!-- " + " <x" * 600_000}))


def test_a_document_type_in_utf_16_is_refused(tmp_path: Path) -> None:
    sheet = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE worksheet><worksheet/>'.encode("utf-16")
    assert "declares a document type" in refusal(tmp_path, zipped(parts() | {SHEET: sheet}))


def test_cells_in_opposite_corners_are_refused_by_their_address(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "tab S: the sheet reaches as far as XFD1048576" in refusal(tmp_path, zipped(parts(rows)))


def test_far_cells_are_refused_in_whatever_order_they_are_written(tmp_path: Path) -> None:
    first = '<row r="1"><c r="XFD1"><v>1</v></c><c r="A1"><v>1</v></c></row>'
    rows = first + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    assert "A1048576" in refusal(tmp_path, zipped(parts(rows)))


def test_a_lying_size_is_counted_while_inflating() -> None:
    data = bytearray(zipped(parts() | {SHEET: b"<worksheet>" + b" " * 5_000_000}))
    honest = struct.pack("<L", 5_000_011)
    assert data.count(honest) == 2
    package = open_package("book.xlsx", bytes(data.replace(honest, struct.pack("<L", 200))), Limits(part=1 << 20))
    with pytest.raises(CannotReadError, match="too large to be opened safely"):
        package.read(SHEET)
    assert package.inflated[SHEET] < 3 << 20


def test_all_parts_together_have_a_limit() -> None:
    contents = parts() | {"a.xml": b"<a/>" * 200_000, "b.xml": b"<a/>" * 200_000}
    package = open_package("book.xlsx", zipped(contents), Limits(total=1_000_000))
    package.read("a.xml")
    with pytest.raises(CannotReadError, match=r"b\.xml unpacks to more"):
        package.read("b.xml")


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(CannotReadError, match="it has 5 entries"):
        open_package("book.xlsx", SOUND, Limits(entries=4))


def test_an_entry_named_twice_is_refused(tmp_path: Path) -> None:
    buffer = BytesIO(SOUND)
    with warnings.catch_warnings(), ZipFile(buffer, "a", ZIP_DEFLATED) as target:
        warnings.simplefilter("ignore")
        target.writestr(SHEET, worksheet(""))
    assert f"two of its entries are named {SHEET}" in refusal(tmp_path, buffer.getvalue())


def test_a_broken_stream_is_damage(tmp_path: Path) -> None:
    at = SOUND.index(b"<worksheet") if b"<worksheet" in SOUND else SOUND.index(SHEET.encode()) + len(SHEET)
    assert "is damaged" in refusal(tmp_path, SOUND[:at] + b"\xff" * 40 + SOUND[at + 40 :])


def test_a_missing_file_names_what_is_near(tmp_path: Path) -> None:
    (tmp_path / "clients.xlsx").write_bytes(SOUND)
    (tmp_path / "~$clients.xlsx").write_bytes(b"lock")
    with pytest.raises(CannotReadError) as stop:
        open_workbook(tmp_path / "client.xlsx", lambda _: None).read()
    assert stop.value.hint is not None
    assert say(stop.value.hint, "en") == "Did you mean clients.xlsx?"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotReadError) as stop:
        open_workbook(tmp_path / "nowhere" / "client.xlsx", lambda _: None).read()
    assert stop.value.hint is not None
    assert "does not exist either" in say(stop.value.hint, "en")


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(CannotReadError, match="is a folder"):
        open_workbook(tmp_path, lambda _: None).read()


def test_a_macro_book_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "x"
    book.save(tmp_path / "book.xlsm")
    assert open_workbook(tmp_path / "book.xlsm", lambda _: None).read().sheets[0].rows == [["x"]]


def test_backslashes_and_absolute_targets_are_followed(tmp_path: Path) -> None:
    contents = parts(f'<row r="1">{text("A1", "x")}</row>')
    contents["xl/_rels/workbook.xml.rels"] = relationships(("rId1", "worksheet", "/xl\\worksheets\\sheet1.xml"))
    path = tmp_path / "book.xlsx"
    path.write_bytes(zipped(contents))
    assert open_workbook(path, lambda _: None).read().sheets[0].title == "S"
