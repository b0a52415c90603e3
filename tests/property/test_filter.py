"""Laws of the filter language over any data."""

from hypothesis import given
from hypothesis import strategies as st

from sheetcrm.errors import UsageError
from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.filter import parse
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Cell, Sheet, book
from tests.books import TODAY

CITIES = ("Perm", "perm ", "Omsk", "")
TURNOVERS = (0.0, 10.0, 10.5, "11", "n/a", "")
HEADER: list[Cell] = ["Company ID", "Name", "City", "Turnover"]

rows = st.lists(st.tuples(st.sampled_from(CITIES), st.sampled_from(TURNOVERS)), min_size=1, max_size=8)
atoms = st.sampled_from(
    ["city = Perm", 'city = ""', "city ~ m", "turnover > 10", "turnover <= 10,5", "turnover != 10", "city in (Omsk, x)"]
)
filters = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map(lambda a: f"not ({a})"),
        st.tuples(inner, st.sampled_from(["and", "or", "и", "ИЛИ"]), inner).map(lambda p: f"({p[0]}) {p[1]} {p[2]}"),
    ),
    max_leaves=6,
)


def firm(companies: list[tuple[Cell, Cell]]) -> Facts:
    body = [[f"C-{n:06}", f"Firm {n}", city, turnover] for n, (city, turnover) in enumerate(companies)]
    return Facts(load(book("b", "r", [Sheet("Companies", [HEADER, *body])], recognise)), TODAY)


def picked(facts: Facts, text: str) -> frozenset[int]:
    return parse(text, "companies", facts.base).positions(facts)


@given(rows, filters, filters)
def test_filters_are_sets(companies: list[tuple[Cell, Cell]], a: str, b: str) -> None:
    facts = firm(companies)
    everything = frozenset(range(len(companies)))
    assert picked(facts, f"({a}) and ({b})") == picked(facts, a) & picked(facts, b)
    assert picked(facts, f"({a}) or ({b})") == picked(facts, a) | picked(facts, b)
    assert picked(facts, f"not ({a})") == everything - picked(facts, a)


@given(rows, st.sampled_from(["5", "10", "10.5", "11"]))
def test_a_number_is_less_equal_more_or_unknown(companies: list[tuple[Cell, Cell]], number: str) -> None:
    facts = firm(companies)
    parts = [picked(facts, f"turnover {sign} {number}") for sign in ("<", "=", ">")]
    parts.append(picked(facts, 'turnover = ""'))
    assert sum(map(len, parts)) == len(companies) == len(frozenset().union(*parts))


@given(st.text(alphabet="ab=<>!~()[]`'\"«»,. \nне0123", max_size=30))
def test_any_text_is_understood_or_refused_with_its_place(text: str) -> None:
    facts = firm([("Perm", 1.0)])
    try:
        picked(facts, text)
    except UsageError as refused:
        said = str(refused)
    else:
        said = "understood ^"
    assert "^" in said
