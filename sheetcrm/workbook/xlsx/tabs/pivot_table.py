"""How a native pivot is laid out: what stands down and across, its lines one by one, its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from lxml import etree

from sheetcrm.tab import Pivot, Tab
from sheetcrm.table import letters
from sheetcrm.workbook.xlsx.tabs.pivot_cache import OLDEST, VERSION, Field, add, begun, serialised

Key = tuple[int, ...]
"""The numbers of the values of several columns."""

STYLE = "PivotStyleLight16"

_FIGURES = "-2"
"""Stands for the figures where they are told apart like a column's values."""

# Where the figures alone stand across, the line that says nothing but «Values» is left out.
_NEW = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_NEW_PIVOT = "{962EF5D1-5CA2-4c93-8EF4-DBF5C05439D2}"


def definition(
    namespace: str, cache_id: str, tab: Tab, pivot: Pivot, columns: Sequence[Field], formats: Sequence[str]
) -> bytes:
    """The part that lays a native pivot out as the tab's cells show it.

    Args:
        namespace: That of the book's parts.
        cache_id: The number of the copy that it counts.
        tab: The tab that shows what it comes to.
        pivot: What is counted by what.
        columns: The columns of the copy.
        formats: The number of the number format of each figure.
    """
    root = begun("pivotTableDefinition", namespace)
    for name, value in _settings(cache_id, tab, pivot).items():
        root.set(name, value)
    add(
        root,
        "location",
        ref=f"A{tab.header_row}:{letters(len(tab.columns) - 1)}{tab.header_row + len(tab.rows)}",
        firstHeaderRow="1" if pivot.columns or len(pivot.values) == 1 else "0",
        firstDataRow=str(pivot.heads),
        firstDataCol=str(len(pivot.rows)),
    )
    _add_fields(root, pivot, columns)
    down, across = ([columns[field.column].codes for field in axis] for axis in (pivot.rows, pivot.columns))
    _add_axis(root, "row", [str(field.column) for field in pivot.rows], _lines(set(zip(*down, strict=True))))
    several = [_FIGURES] if len(pivot.values) > 1 else []
    across_lines = _columns(sorted(set(zip(*across, strict=True))), len(pivot.values))
    _add_axis(root, "col", [*(str(field.column) for field in pivot.columns), *several], across_lines)
    _add_figures(root, pivot, formats)
    add(
        root,
        "pivotTableStyleInfo",
        name=STYLE,
        showRowHeaders="1",
        showColHeaders="1",
        showRowStripes="0",
        showColStripes="0",
        showLastColumn="1",
    )
    extension = add(add(root, "extLst"), "ext", uri=_NEW_PIVOT)
    etree.SubElement(extension, f"{{{_NEW}}}pivotTableDefinition", {"hideValuesRow": "1"}, {"x14": _NEW})
    return serialised(root)


def _settings(cache_id: str, tab: Tab, pivot: Pivot) -> dict[str, str]:
    return {
        "name": tab.title,
        "cacheId": cache_id,
        "applyNumberFormats": "0",
        "applyBorderFormats": "0",
        "applyFontFormats": "0",
        "applyPatternFormats": "0",
        "applyAlignmentFormats": "0",
        "applyWidthHeightFormats": "1",
        "dataCaption": pivot.across,
        "grandTotalCaption": pivot.total,
        "updatedVersion": VERSION,
        "minRefreshableVersion": OLDEST,
        "createdVersion": VERSION,
        "itemPrintTitles": "1",
        "indent": "0",
        "outline": "1",
        "outlineData": "1",
        "compact": "0",
        "compactData": "0",
        "multipleFieldFilters": "0",
    }


# ── the columns ──


def _add_fields(root: etree._Element, pivot: Pivot, columns: Sequence[Field]) -> None:
    down, across = ({field.column for field in axis} for axis in (pivot.rows, pivot.columns))
    counted = {value.column for value in pivot.values}
    listed = add(root, "pivotFields", count=str(len(columns)))
    for at, column in enumerate(columns):
        said = {
            "axis": "axisRow" if at in down else "axisCol" if at in across else "",
            "dataField": "1" if at in counted else "",
            "numFmtId": "" if column.format == "0" else column.format,
            "compact": "0",
            "showAll": "0",
            # Subtotals of columns would stand between them; our tables have none.
            "defaultSubtotal": "0" if at in across else "",
        }
        field = add(listed, "pivotField", **{name: value for name, value in said.items() if value})
        if column.items:
            _add_items(field, len(column.items), subtotal=at in down)


def _add_items(field: etree._Element, count: int, *, subtotal: bool) -> None:
    items = add(field, "items", count=str(count + subtotal))
    for number in range(count):
        add(items, "item", x=str(number))
    if subtotal:
        add(items, "item", t="default")


def _add_figures(root: etree._Element, pivot: Pivot, formats: Sequence[str]) -> None:
    listed = add(root, "dataFields", count=str(len(pivot.values)))
    for value, number_format in zip(pivot.values, formats, strict=True):
        said = {
            "name": value.name,
            "fld": str(value.column),
            "subtotal": "" if value.function == "sum" else value.function,
            "showDataAs": "percentOfTotal" if value.share else "",
            "baseField": "0",
            "baseItem": "0",
            "numFmtId": number_format,
        }
        add(listed, "dataField", **{name: text for name, text in said.items() if text})


# ── the lines ──


Draw = Callable[[etree._Element], None]
"""Adds one line to its list."""


def _add_axis(root: etree._Element, side: str, columns: Sequence[str], lines: Iterator[Draw]) -> None:
    if columns:
        listed = add(root, f"{side}Fields", count=str(len(columns)))
        for column in columns:
            add(listed, "field", x=column)
    items = add(root, f"{side}Items")
    for draw in lines:
        draw(items)
    items.set("count", str(len(items)))


def _lines(keys: set[Key]) -> Iterator[Draw]:
    """The rows: each value on a line of its own, above those within it; the total last."""
    prefixes = {key[:depth] for key in keys for depth in range(1, len(key) + 1)}
    for key in sorted(prefixes):
        yield _line(key[-1:], repeated=len(key) - 1)
    yield _line((0,), kind="grand")


def _columns(keys: Sequence[Key], figures: int) -> Iterator[Draw]:
    """The columns: each crossing of values, the figures side by side under it; the totals last."""
    before: Key = ()
    for key in keys:
        repeated = _shared(before, key)
        for figure in range(figures):
            own = (*key[repeated:], figure) if figures > 1 else key[repeated:]
            yield _line(own, repeated, figure)
            repeated = len(key)
        before = key
    if keys:
        for figure in range(figures):
            yield _line((0,), kind="grand", figure=figure)
    else:
        for figure in range(figures):
            yield _line((figure,) if figures > 1 else (), figure=figure)


def _shared(left: Key, right: Key) -> int:
    """How many values two crossings share from the left."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))))


def _line(values: Key, repeated: int = 0, figure: int = 0, kind: str = "") -> Draw:
    """A line with the numbers of its values, less those it shares with the line before; zeros are left unsaid."""
    said = {"t": kind, "r": str(repeated or ""), "i": str(figure or "")}

    def draw(items: etree._Element) -> None:
        line = add(items, "i", **{name: text for name, text in said.items() if text})
        for value in values:
            add(line, "x", **({"v": str(value)} if value else {}))

    return draw
