"""Signed books and shared ones are refused by name, unless their owner insists."""

from __future__ import annotations

import pytest

from sheetcrm.errors import GuardError
from sheetcrm.workbook.xlsx.guards import check_writable
from sheetcrm.workbook.xlsx.package import Package, open_package
from tests.unit.workbook.packages import WORKBOOK, parts, relationships, zipped

SIGNED: dict[str, str | bytes] = {
    "_rels/.rels": relationships(
        ("rId1", "officeDocument", WORKBOOK),
        (
            "rId2",
            "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
            "_xmlsignatures/origin.sigs",
        ),
    ),
    "_xmlsignatures/origin.sigs": b"",
}
SHARED = {
    "xl/_rels/workbook.xml.rels": relationships(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "revisionHeaders", "revisions/revisionHeaders.xml")
    ),
    "xl/revisions/revisionHeaders.xml": b"<headers/>",
}


def package(others: dict[str, str | bytes]) -> Package:
    return open_package("book.xlsx", zipped({**parts(), **others}))


def test_an_ordinary_book_may_be_written() -> None:
    check_writable(package({}), force=False)


@pytest.mark.parametrize(
    ("others", "part"), [(SIGNED, "_xmlsignatures/origin.sigs"), (SHARED, "xl/revisions/revisionHeaders.xml")]
)
def test_a_signed_or_shared_book_is_refused_by_its_part(others: dict[str, str | bytes], part: str) -> None:
    with pytest.raises(GuardError, match=part):
        check_writable(package(others), force=False)
    check_writable(package(others), force=True)
