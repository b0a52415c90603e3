"""References in formulas: laws that hold whatever the formula."""

from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.table import letters
from sheetcrm.workbook.xlsx.edit.grammar import Ref, mentions, references
from sheetcrm.workbook.xlsx.edit.references import rewritten, shape, shifted, translated
from sheetcrm.workbook.xlsx.edit.resolve import Box
from sheetcrm.workbook.xlsx.edit.watch import Watch

MARKS = st.sampled_from(["", "$"])
SHEETS = st.sampled_from(["", "Deals!", "'My ''own'' list'!", "Клиенты!", "A1:B2!", "[1]Other!"])
OTHERS = st.sampled_from(
    ['"A1 ""B2"""', "1.5E+3", "Rate", "Deals[[#This Row],[Q1]]", "#REF!", "TRUE", "LOG10(5)", "_xlfn.SINGLE(B:B)"]
)


@st.composite
def cells(draw: st.DrawFn) -> str:
    def corner() -> str:
        column, row = draw(st.integers(20, 60)), draw(st.integers(20, 60))
        return f"{draw(MARKS)}{letters(column)}{draw(MARKS)}{row}"

    return corner() if draw(st.booleans()) else f"{corner()}:{corner()}"


REFERENCES = st.builds(str.__add__, SHEETS, cells())
FORMULAS = st.lists(st.one_of(REFERENCES, OTHERS), min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from("+-*/&,").map(lambda sign: f"SUM({sign.join(parts)})")
)


@given(st.one_of(FORMULAS, st.text(alphabet="A1$:!'[]\"#(),@ xE.", max_size=40), st.text(max_size=40)))
def test_a_formula_that_keeps_its_rows_stays_byte_for_byte(text: str) -> None:
    assert rewritten(text, "Deals", lambda ref: None) == text
    mentions(text, "Deals")


@given(FORMULAS)
def test_other_rows_and_back_is_the_same_formula(text: str) -> None:
    def down(ref: Ref) -> tuple[int, int]:
        return ref.top + 5, ref.bottom + 5

    def up(ref: Ref) -> tuple[int, int]:
        return ref.top - 5, ref.bottom - 5

    assert rewritten(rewritten(text, "", down), "", up) == text
    moved = list(references(rewritten(text, "", down), ""))
    assert [(ref.top, ref.bottom) for ref in moved if ref.spelled] == [
        down(ref) for ref in references(text, "") if ref.spelled
    ]


@given(FORMULAS, st.integers(0, 9), st.integers(0, 9))
def test_filled_down_a_formula_means_what_its_references_mean_there(text: str, rows: int, columns: int) -> None:
    there = translated(text, (10, 3), (10 + rows, 3 + columns))
    assert shape(there, (10 + rows, 3 + columns)) == shape(text, (10, 3))
    expected = [shifted(ref, rows, columns) for ref in references(text, "")]
    found = list(references(there, ""))
    assert [(ref.sheet, *ref[2:6]) for ref in found] == [(ref.sheet, *ref[2:6]) for ref in expected]


BOXES = st.builds(
    lambda top, left, height, width: Box("Deals", top, left, top + height, left + width),
    *(st.integers(1, 12), st.integers(0, 5), st.sampled_from([0, 0, 1, 3, 50]), st.sampled_from([0, 0, 1, 9])),
)


@given(st.lists(st.lists(BOXES, max_size=3), max_size=12), st.lists(BOXES, min_size=1, max_size=6))
def test_everyone_who_watches_a_touched_cell_is_named(watched: list[list[Box]], touched: list[Box]) -> None:
    watch = Watch()
    for watcher, boxes in enumerate(watched):
        watch.add(watcher, boxes)
    named = {watcher for box in touched for watcher in watch.touched(box)}
    assert named == {
        watcher for watcher, boxes in enumerate(watched) if any(_meet(b, t) for b in boxes for t in touched)
    }


def _meet(one: Box, other: Box) -> bool:
    rows = one.top <= other.bottom and other.top <= one.bottom
    return rows and one.left <= other.right and other.left <= one.right
