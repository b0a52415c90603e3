"""A sheet that keeps texts and numbers as `edit.cell` spells them, and not as XlsxWriter would."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from sheetcrm.workbook.xlsx.edit.cell import cell_xml


class Texts(SharedStringTable):
    """No table of texts at all: each stands in its cell, so that a tab can move to another book as it is."""

    def _get_shared_string_index(self, string: str) -> str:
        return string

    def _get_shared_string(self, index: str) -> str:
        return index

    def _sort_string_data(self) -> None:
        """Nothing was collected."""


class Sheet(Worksheet):
    """A worksheet whose cells are spelled in our way.

    XlsxWriter's own would take "<r>…</r>" for letters in several fonts, miss the second of two "_x0041_" that share an
    underscore, and round a number to sixteen digits.
    """

    fh: Any

    def link(self, row: int, column: int, url: Url) -> None:
        """Make a cell, counted from 0, lead somewhere, whatever it holds."""
        self.hyperlinks[row][column] = url

    def _xml_string_element(self, index: str, attributes: Iterable[tuple[str, Any]] = ()) -> None:
        self._spell(index, dict(attributes))

    def _xml_number_element(self, number: float, attributes: Iterable[tuple[str, Any]] = ()) -> None:
        self._spell(number, dict(attributes))

    def _spell(self, value: str | float, attributes: dict[str, Any]) -> None:
        self.fh.write(cell_xml(attributes["r"], value, attributes.get("s", 0), "", False).decode())
