"""How a cell looks, put into words that do not depend on how a program numbers its formats."""

from __future__ import annotations

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS

from tests.lossless.cells import child
from tests.lossless.opened import Opened, local

_PARTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_SAID = ("horizontal", "indent", "wrapText", "textRotation", "locked")
_BARE = {"b": "1", "i": "1", "u": "single", "strike": "1"}
_TOLD = {*_BARE, "sz", "patternFill", "left", "right", "top", "bottom"}


class Looks:
    """The cell formats of a book in words."""

    def __init__(self, book: Opened) -> None:
        """Read the styles."""
        part = book.related("styles")
        self._root = book.tree(part) if part else etree.Element("styleSheet")
        codes = self._root.iter("{*}numFmt")
        self._codes = {str(code.get("numFmtId")): str(code.get("formatCode")) for code in codes}
        self._words = [self._in_words(xf) for xf in self._root.iterfind("{*}cellXfs/{*}xf")]

    def of(self, cell: etree._Element) -> str:
        """A cell's format in words."""
        number = int(str(cell.get("s", "0")))
        return self._words[number] if number < len(self._words) else f"format {number}"

    def _in_words(self, xf: etree._Element) -> str:
        number = str(xf.get("numFmtId", "0"))
        words = [self._codes.get(number) or BUILTIN_FORMATS.get(int(number), number)]
        for key, name in _PARTS.items():
            words += self._of_a_part(name, int(str(xf.get(key, "0"))))
        for element in xf:
            words += [f"{key}={element.get(key)}" for key in _SAID if element.get(key) not in (None, "0", "general")]
        return " ".join(words)

    def _of_a_part(self, name: str, number: int) -> list[str]:
        group = child(self._root, name)
        if group is None or number >= len(group):
            return []
        said = []
        for element in group[number]:
            value = element.get("val") or element.get("patternType") or element.get("style")
            value = value or _BARE.get(local(element), "none")
            if local(element) in _TOLD and value not in ("none", "0", "false"):
                said.append(f"{local(element)}={value}")
        return sorted(said)
