"""Elements by their local names, and where the schema wants a new one among its siblings."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from sheetcrm.workbook.xlsx.parts import local


def children(parent: etree._Element, name: str = "") -> list[etree._Element]:
    """The elements right below one, all of them or those of a name; comments left out."""
    return [element for element in parent if local(element) and name in ("", local(element))]


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first element of that name right below one."""
    return next((element for element in parent if local(element) == name), None)


def fresh(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """A new element in the namespace of the one that it is meant for; it stands nowhere yet."""
    namespace = etree.QName(parent).namespace
    return etree.Element(f"{{{namespace}}}{name}" if namespace else name, attributes)


def placed(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """The element of that name right below one, put in where the schema's order wants it if there is none."""
    found = child(parent, name)
    if found is None:
        found = fresh(parent, name)
        put_in(parent, found, order)
    return found


def put_in(parent: etree._Element, element: etree._Element, order: Sequence[str]) -> None:
    """Put a new element behind all that come before it in the schema's order."""
    before = set(order[: order.index(local(element)) + 1])
    at = max((at for at, sibling in enumerate(parent) if local(sibling) in before), default=-1)
    parent.insert(at + 1, element)
