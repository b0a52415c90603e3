"""What is wrong does not depend on how the rows and columns stand."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetcrm.validators.checking import check
from tests.books import facts_of

COMPANIES = """
    Company ID | Name      | Stage       | Phone            | City  | INN          | Manager | Industry | Discount
    C-000001   | Aurum     | Buyer       | 8-912-34         | Perm  | "7707083894" | Bob     | ?        | 5
    C-000002   | ООО Заря  | Information | +7 912 345-67-80 | Perm  |              | Rob     | Steel    | 150
    C-000003   | Заря, ООО | Informatoin | +7 912 345-67-81 | Perm  |              |         | Steel    |
    C-00004    | Cord      | Sale        | +7 912 345-67-82 | Omsk  | "7707083893" | Bob     | Food     | -3
    C-000005   | Dorn      |             |                  |       |              | Kim     |          |
"""
CONTACTS = """
    Contact ID | Full name  | Company   | Position | Phone             | Email
    P-000001   | Ann Gray   | Aurum     | Buyer    | +7 912 345-67-90  | ann@
    P-000002   | Gray A.    | Aurum     |          | 8 (912) 345-67-90 |
    P-000003   | Bob Stone  | Auram     | Boss     | 89123456799       | bob@cord.ru
    P-000004   | Kim Lee    | Cord      | Boss     |                   | kim@cord.ru
"""
DEALS = """
    Deal ID  | Company | Stage      | Manager | Need date  | Due date   | Amount | Contact
    D-000001 | Aurum   | Need found | Bob     | 2026-10-01 | 2026-09-01 | 100    | P-000004
    D-000002 | Cord    | Offer sent | Kim     | 31.02.2026 | 2026-12-01 | lots   | P-000009
"""
MANAGERS = "Manager ID | Name | Role\nM-000001 | Bob | Seller\nM-000002 | Kim | Seller"


def shuffled(text: str, draw: st.DataObject) -> str:
    """The table with its rows and columns in another order."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    order = draw.draw(st.permutations(range(len(rows[0]))))
    body = draw.draw(st.permutations(rows[1:]))
    return "\n".join(" | ".join(row[column] or '""' for column in order) for row in [rows[0], *body])


def wrong(tabs: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """What is wrong, wherever it stands; of twins it is the later row that is named, so those are left out."""
    found = [one for one in check(facts_of(tabs)) if one.code not in ("H001", "H004", "R006")]
    return sorted((one.code, one.place.id, one.place.field, one.value) for one in found)


TABS = {"Companies": COMPANIES, "Contacts": CONTACTS, "Deals": DEALS, "Managers": MANAGERS}


def test_the_table_has_many_faults() -> None:
    assert len({code for code, *_ in wrong(TABS)}) >= 12


@settings(max_examples=30)
@given(st.data())
def test_findings_are_the_same_in_any_order_of_rows_and_columns(data: st.DataObject) -> None:
    assert wrong({title: shuffled(text, data) for title, text in TABS.items()}) == wrong(TABS)
