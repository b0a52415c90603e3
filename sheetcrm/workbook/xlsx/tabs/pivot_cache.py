"""What a native pivot counts, as its own copy: the columns with their values, and the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from lxml import etree

from sheetcrm.tab import Format, Pivot, Tab
from sheetcrm.table import Value
from sheetcrm.workbook.grid import plain
from sheetcrm.workbook.xlsx.edit.cell import escaped, number, shielded

VERSION = "6"
"""The program's version that such a file speaks of: Excel 2016."""

OLDEST = "3"
"""The oldest that may refresh it: Excel 2007."""

_FORMATS = {Format.DATE: "14", Format.DATETIME: "22"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the copy.

    Attributes:
        name: Its header.
        format: The number of its number format.
        values: A value for each row.
        items: Its values in order, for a column that tells rows or columns apart.
    """

    name: str
    format: str
    values: Sequence[Value]
    items: Sequence[Value] = ()

    @property
    def codes(self) -> list[int]:
        """For each row the number of its value among the items."""
        numbers = {item: number for number, item in enumerate(self.items)}
        return [numbers[value] for value in self.values]


def fields(pivot: Pivot, data: Tab) -> list[Field]:
    """The columns of the data, those that tell apart with their values."""
    items = {field.column: field.items for field in (*pivot.rows, *pivot.columns)}
    rows = [[plain(item) for item in row.values] for row in data.rows]
    return [
        Field(column.header, _FORMATS.get(column.format, "0"), [row[at] for row in rows], items.get(at, ()))
        for at, column in enumerate(data.columns)
    ]


def definition(namespace: str, relationships: str, records: str, table: str, columns: Sequence[Field]) -> bytes:
    """The part that says what is copied; programs copy it anew when they open the book.

    Args:
        namespace: That of the book's parts.
        relationships: That of its relationship ids.
        records: The id of the relationship to the rows.
        table: The table that is copied.
        columns: Its columns.
    """
    root = begun("pivotCacheDefinition", namespace, relationships)
    root.set(f"{{{relationships}}}id", records)
    root.set("refreshOnLoad", "1")
    root.set("refreshedBy", "sheetcrm")
    root.set("createdVersion", VERSION)
    root.set("refreshedVersion", VERSION)
    root.set("minRefreshableVersion", OLDEST)
    root.set("recordCount", str(len(columns[0].values)))
    add(add(root, "cacheSource", type="worksheet"), "worksheetSource", name=table)
    listed = add(root, "cacheFields", count=str(len(columns)))
    for column in columns:
        _shared(add(listed, "cacheField", name=column.name, numFmtId=column.format), column)
    return serialised(root)


def records(namespace: str, columns: Sequence[Field]) -> bytes:
    """The part that holds the rows."""
    spelled = [_codes(column) if column.items else map(_value, column.values) for column in columns]
    rows = "".join(f"<r>{''.join(row)}</r>" for row in zip(*spelled, strict=True))
    count = len(columns[0].values)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<pivotCacheRecords xmlns="{namespace}" count="{count}">{rows}</pivotCacheRecords>'.encode()


def begun(name: str, namespace: str, relationships: str = "") -> etree._Element:
    """The root of a new part."""
    declared = f' xmlns:r="{relationships}"' if relationships else ""
    return etree.fromstring(f'<{name} xmlns="{namespace}"{declared}/>')


def add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """A new element in its parent's namespace."""
    spelled = {key: shielded(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", spelled)


def serialised(root: etree._Element) -> bytes:
    """A part's content."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


# ── what a column holds ──


def _shared(parent: etree._Element, column: Field) -> None:
    """What kinds of values a column has; the values themselves only where they tell something apart."""
    listed = add(parent, "sharedItems", **_kinds(column.items or column.values))
    if column.items:
        listed.set("count", str(len(column.items)))
        for item in column.items:
            tag, value = _spelled(item)
            add(listed, tag, v=value)


def _kinds(values: Sequence[Value]) -> dict[str, str]:
    """The kinds as programs have them: what is said by leaving it out is left out."""
    texts = any(isinstance(value, str) for value in values)
    blanks = any(value is None for value in values)
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    days = [value for value in values if isinstance(value, date)]
    said = {
        "containsSemiMixedTypes": "" if texts or blanks else "0",
        "containsNonDate": "" if texts or numbers else "0",
        "containsDate": "1" if days else "",
        "containsString": "" if texts else "0",
        "containsBlank": "1" if blanks else "",
        "containsMixedTypes": "1" if texts and numbers else "",
        **_bounds(numbers, days),
    }
    return {name: value for name, value in said.items() if value}


def _bounds(numbers: Sequence[int | Decimal], days: Sequence[date]) -> Mapping[str, str]:
    if numbers:
        whole = all(value == int(value) for value in numbers)
        return {
            "containsNumber": "1",
            "containsInteger": "1" if whole else "",
            "minValue": number(min(numbers)),
            "maxValue": number(max(numbers)),
        }
    moments = [_moment(day) for day in days]
    return {"minDate": min(moments), "maxDate": max(moments)} if moments else {}


def _codes(column: Field) -> Iterator[str]:
    return (f'<x v="{code}"/>' for code in column.codes)


def _value(value: Value) -> str:
    tag, text = _spelled(value)
    return f'<{tag} v="{_quoted(shielded(text))}"/>' if value is not None else "<m/>"


def _spelled(value: Value) -> tuple[str, str]:
    """The element that a value is, and its text."""
    match value:
        case None:
            return "m", ""
        case bool():
            return "b", str(int(value))
        case str():
            return "s", value
        case int() | Decimal():
            return "n", number(value)
        case _:
            return "d", _moment(value)


def _moment(day: date) -> str:
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return moment.replace(tzinfo=None, microsecond=0).isoformat()


def _quoted(text: str) -> str:
    """A text as the value of an attribute."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
