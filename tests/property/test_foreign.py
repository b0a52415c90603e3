"""A list that isn't ours may hold anything: the answer always comes, and no row is lost in it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.schema.foreign.rows import shape
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Sheet, Spot, book
from sheetcrm.text import say
from sheetcrm.validators.foreign.answer import answer, headline
from sheetcrm.validators.foreign.shape import list_section

WORDS = ["Клиент", "Телефон", "ИНН/КПП", "Статус", "Сумма", "Дата", "№", "Итого", "Пермь", "ООО «Ромашка»"]
CELLS = st.one_of(
    st.just(""),
    st.sampled_from([*WORDS, "8 912 345-67-89", "7707083893", "info@romashka.ru", "нет", "▦ Долг", "Думает"]),
    st.text(max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(min_value=date(1900, 1, 1)),
)


@st.composite
def sheets(draw: st.DrawFn, title: str) -> Sheet:
    width, height = draw(st.integers(1, 6)), draw(st.integers(0, 12))
    rows = [draw(st.lists(CELLS, min_size=width, max_size=width)) for _ in range(height)]
    spots = st.tuples(st.integers(1, max(height, 1)), st.integers(0, width - 1))
    corners = draw(st.lists(st.tuples(spots, spots), max_size=3)) if height else []
    merged: list[tuple[Spot, Spot]] = [
        ((min(a[0], b[0]), min(a[1], b[1])), (max(a[0], b[0]), max(a[1], b[1]))) for a, b in corners
    ]
    fills = draw(st.dictionaries(st.integers(1, 15), st.sampled_from(["FF0000", "FFFFFF", "92D050"]), max_size=4))
    errors = draw(st.dictionaries(spots, st.just("#N/A"), max_size=2)) if height else {}
    return Sheet(title, rows, errors=errors, merged=tuple(merged), fills=fills)


@given(sheets("Лист1"))
def test_every_row_below_the_header_is_a_record_or_something_else(sheet: Sheet) -> None:
    found = shape(sheet)
    below = [*found.records, *(number for numbers in found.asides.values() for number in numbers)]
    last = len(sheet.rows)
    assert sorted(below) == list(range(last - len(below) + 1, last + 1))


@given(st.tuples(sheets("Иванова"), sheets("Петров")))
def test_the_answer_always_comes(tabs: tuple[Sheet, Sheet]) -> None:
    answered = answer(book("list.xlsx", "1", tabs, recognise))
    section = list_section(answered, "en")
    assert section["headline"] == say(headline(answered), "en")
    assert answered.understood <= len(answered.columns)
    assert {*answered.sheets, *answered.left_out} == {"Иванова", "Петров"}
