"""What lights up, by conditions that books in every language read alike."""

import pytest

from sheetcrm.tab import Highlight, Look, TabColumn, TabRow
from tests.unit.workbook.google.tabs.canvas import Canvas, Json, rgb, table, values


def rules(*highlights: Highlight, rows: tuple[TabRow, ...] = ()) -> list[Json]:
    canvas = Canvas()
    canvas.draw(table(TabColumn("A"), TabColumn("B"), rows=rows or values("x"), highlights=highlights))
    return list(canvas.sheet().get("conditionalFormats", []))


def conditions(highlight: Highlight) -> list[tuple[str, list[str]]]:
    told = [rule["booleanRule"]["condition"] for rule in rules(highlight)]
    return [(one["type"], [value["userEnteredValue"] for value in one.get("values", [])]) for one in told]


@pytest.mark.parametrize(
    ("highlight", "told"),
    [
        (Highlight(1, "equals", values=("Lost", 'Say "no"')), [("TEXT_EQ", ["Lost"]), ("TEXT_EQ", ['Say "no"'])]),
        (Highlight(1, "filled"), [("NOT_BLANK", [])]),
        (Highlight(1, "blank"), [("CUSTOM_FORMULA", ["=(LEN(TRIM($B2))=0)*(COUNTA($A2:$B2)>0)>0"])]),
        (
            Highlight(1, "filled", when=(0, ("a", 'b"c'))),
            [("CUSTOM_FORMULA", ['=(LEN(TRIM($B2))>0)*(($A2="a")+($A2="b""c"))>0'])],
        ),
        (
            Highlight(1, "equals", values=("x",), when=(0, ())),
            [("CUSTOM_FORMULA", ['=(($B2="x"))*(LEN(TRIM($A2))>0)>0'])],
        ),
    ],
)
def test_conditions(highlight: Highlight, told: list[tuple[str, list[str]]]) -> None:
    assert conditions(highlight) == told


def test_the_first_highlight_wins() -> None:
    found = rules(Highlight(0, "filled", Look.BAD), Highlight(0, "filled", Look.GOOD))
    fills = [rgb(rule["booleanRule"]["format"]["backgroundColorStyle"]) for rule in found]
    assert fills == ["FAE3E0", "E4F2E7"]


def test_bars_are_shades_that_leave_the_totals_out() -> None:
    (rule,) = rules(Highlight(0, "bar"), rows=(*values(1, 2), TabRow((3,), Look.TOTAL)))
    assert rgb(rule["gradientRule"]["maxpoint"]["colorStyle"]) == "7FB0D3"
    assert (rule["ranges"][0]["startRowIndex"], rule["ranges"][0]["endRowIndex"]) == (1, 3)
