"""JSON as Google prints it, two spaces a level; Python's own encoder takes many seconds for a million cells."""

from __future__ import annotations

import json
from typing import Any

_PLAIN = frozenset({str, int, float, bool, type(None)})


def printed(body: Any, *, pretty: bool = True) -> bytes:
    """The body as UTF-8 text with a line end."""
    encoder = json.JSONEncoder(ensure_ascii=False)
    return ((_Printer(encoder).text(body, "\n") if pretty else encoder.encode(body)) + "\n").encode()


class _Printer:
    """One printing; lists of plain values, which are rows of cells, are left to the encoder written in C."""

    def __init__(self, encoder: json.JSONEncoder) -> None:
        self.scalar = encoder.encode
        self.names: dict[str, str] = {}
        self.rows: dict[str, json.JSONEncoder] = {}

    def text(self, node: Any, indent: str) -> str:
        """The node; `indent` is the line end and the blanks before its closing bracket."""
        if not isinstance(node, dict | list):
            return self.scalar(node)
        if not node:
            return "{}" if isinstance(node, dict) else "[]"
        inner = indent + "  "
        if isinstance(node, list):
            return f"[{inner}{self._items(node, inner)}{indent}]"
        parts = [f"{self._name(name)}: {self.text(item, inner)}" for name, item in node.items()]
        return f"{{{inner}{(',' + inner).join(parts)}{indent}}}"

    def _items(self, node: list[Any], inner: str) -> str:
        if not _PLAIN.issuperset(map(type, node)):
            return ("," + inner).join([self.text(item, inner) for item in node])
        if inner not in self.rows:
            self.rows[inner] = json.JSONEncoder(ensure_ascii=False, separators=("," + inner, ": "))
        return self.rows[inner].encode(node)[1:-1]

    def _name(self, name: str) -> str:
        if name not in self.names:
            self.names[name] = self.scalar(name)
        return self.names[name]
