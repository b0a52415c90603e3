"""Parts in the namespaces of Strict books, which name everything differently and mean the same."""

from __future__ import annotations

_PLAIN = b"http://schemas.openxmlformats.org/"
_STRICT = b"http://purl.oclc.org/ooxml/"
_NAMESPACES = (
    b"spreadsheetml/2006/main",
    b"officeDocument/2006/relationships",
    b"drawingml/2006/main",
    b"drawingml/2006/chart",
    b"drawingml/2006/chartDrawing",
    b"drawingml/2006/picture",
    b"drawingml/2006/spreadsheetDrawing",
)


def strict(content: bytes) -> bytes:
    """A part's XML as a Strict book has it."""
    for namespace in _NAMESPACES:
        content = content.replace(
            b'"%s%s"' % (_PLAIN, namespace), b'"%s%s"' % (_STRICT, namespace.replace(b"/2006", b""))
        )
    return content
