"""A chart with nothing left to a default: programs read what is missing in two ways.

XlsxWriter leaves out what Excel 2007 took for granted. In a book that a newer Excel has saved LibreOffice takes the
contrary for granted, and every label names its point and its series beside the value.
"""

from __future__ import annotations

from lxml import etree

from sheetcrm.workbook.xlsx.parts import local, parse

_BEGINNINGS = {
    "chartSpace": "date1904 lang roundedCorners=0",
    "chart": "title autoTitleDeleted=0 plotArea legend plotVisOnly=0 dispBlanksAs=gap",
    "title": "tx layout overlay=0",
    "legend": "legendPos legendEntry layout overlay=0",
    "barChart": "barDir grouping varyColors=0",
    "barChart/ser": "idx order tx spPr invertIfNegative=0",
    "lineChart": "grouping varyColors=0",
    "lineChart/ser": "idx order tx spPr marker dPt dLbls cat val smooth=0",
    "dLbls": "numFmt spPr txPr dLblPos=outEnd showLegendKey=0 showVal=0 showCatName=0 showSerName=0 showPercent=0"
    " showBubbleSize=0",
    "catAx": "axId scaling delete=0 axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr"
    " crossAx crosses auto=0 lblAlgn lblOffset noMultiLvlLbl=0",
    "valAx": "axId scaling delete=0",
}
"""How an element begins, child by child in the order of the schema, and what a child says where it is missing."""


def spelled_out(chart: bytes) -> bytes:
    """A chart's part as it was, with the defaults of Excel 2007 written down."""
    root = parse("", "chart", chart)
    for element in list(root.iter()):
        name = local(element)
        parent = element.getparent()
        inner = f"{local(parent)}/{name}" if parent is not None else ""
        _complete(element, _BEGINNINGS.get(inner, _BEGINNINGS.get(name, "")))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _complete(element: etree._Element, beginning: str) -> None:
    at = 0
    for child in beginning.split():
        name, _, default = child.partition("=")
        start = at
        while at < len(element) and local(element[at]) == name:
            at += 1
        if default and at == start:
            space = str(element.tag).rpartition("}")[0]
            element.insert(at, etree.Element(f"{space}}}{name}", {"val": default}))
            at += 1
