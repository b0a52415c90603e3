"""Whatever a tab holds, in whatever column: the book that is drawn of it gives it back."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetcrm.tab import Format, Look, Shown, Tab, TabColumn, TabRow
from sheetcrm.table import Value
from sheetcrm.workbook.cells import check_value
from sheetcrm.workbook.edited import grid, trimmed
from sheetcrm.workbook.grid import tab_values
from sheetcrm.workbook.xlsx.package import open_package
from sheetcrm.workbook.xlsx.read import read_sheets
from sheetcrm.workbook.xlsx.tabs.scratch import scratch

WIDTH = 3

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff\r"), max_size=12)
awkward = st.lists(st.sampled_from(["<r>", "</r>", "_x0041", "_x005F", "_", "=", "{", "}", "'", "&amp;", "\n"])).map(
    "".join
)
days = st.dates(date(1904, 1, 2), date(9999, 12, 31))
moments = st.datetimes(datetime(1904, 1, 2), datetime(2200, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
values: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    texts,
    awkward,
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.decimals(-(10**9), 10**9, places=12),
    days,
    moments,
)
items = st.one_of(
    values,
    st.builds(
        Shown,
        values,
        st.sampled_from([None, *Look]),
        st.sampled_from([None, ("Other", "A1"), ("https://example.org", "")]),
        texts,
    ),
)
rows = st.builds(
    TabRow, st.lists(items, max_size=WIDTH).map(tuple), st.sampled_from(Look), st.integers(0, 7), st.booleans()
)
columns = st.builds(TabColumn, texts, st.sampled_from(Format), look=st.sampled_from(Look), wrap=st.booleans())
tabs = st.builds(
    Tab,
    st.just("T"),
    st.lists(columns, min_size=WIDTH, max_size=WIDTH).map(tuple),
    st.lists(rows, max_size=3).map(tuple),
    lead=st.lists(rows, max_size=1).map(tuple),
    footer=st.lists(rows, max_size=1).map(tuple),
    group=st.sampled_from(["start", "work", "report", "system"]),
    spare=st.integers(0, 2),
)


@settings(deadline=None)
@given(tabs, st.booleans())
def test_a_drawn_tab_gives_back_what_it_holds(tab: Tab, date1904: bool) -> None:
    (sheet,) = read_sheets(open_package("", scratch([tab], date1904)))
    wanted = {spot: check_value(value, tab.title, spot) for spot, value in tab_values(tab)}
    assert trimmed(sheet.rows) == grid([], wanted)
    assert not sheet.formulas
    assert not sheet.errors
