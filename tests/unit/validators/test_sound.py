"""What a real base looks like is no fault."""

import pytest

from tests.unit.validators.finding import AURUM, companies, found

SOUND = {
    "nothing but companies": {"Companies": AURUM},
    "tabs that nobody has filled yet": {
        "Companies": AURUM,
        "Contacts": "Contact ID | Full name | Company",
        "Deals": "Deal ID | Company | Stage",
        "Managers": "Manager ID | Name",
        "Lists": "List | Code | English | Russian",
        "Settings": "Setting | Value",
        "Rules": "Table | Columns | Need",
    },
    "free text where a tab is not enabled": {
        "Companies": companies(
            "Aurum | Information | 89123456789 | Lenina 1 | Урал", header="Name | Stage | Phone | Address | Territory"
        ),
        "Deals": """
            Deal ID  | Company | Stage | Product | Campaign | Lost reason
            D-000001 | Aurum   | Lost  | steel   | spring   | Price
        """,
    },
    "a group or the assortment for a product": {
        "Companies": AURUM,
        "Products": "Product ID | Product | Group\nPD-000001 | Pipe 57 | Steel",
        "Deals": "Deal ID | Company | Stage | Product | Lost reason\n"
        "D-000001 | Aurum | Lost | steel | Price\nD-000002 | Aurum | Lost | Ассортимент | Price",
    },
    "an id where a name could stand": {
        "Companies": AURUM,
        "Contacts": "Contact ID | Full name | Company\nP-000001 | Ann Gray | C-000001",
    },
    "phones of other countries, several in a cell, with words": {
        "Companies": companies(
            "Aurum | Information | +49 30 901820 | Lenina 1",
            "Berg | Information | +1 212 555 0123; +44 20 7946 0958 | Lenina 2",
            "Cord | Information | 8 (343) 222-33-44 доб. 12 (секретарь) | Lenina 3",
        )
    },
    "one office line for two people": {
        "Companies": AURUM,
        "Contacts": """
            Contact ID | Full name | Company | Phone       | Email
            P-000001   | Ann Gray  | Aurum   | 89123456780 | info@aurum.ru
            P-000002   | Bob Stone | Aurum   | 89123456780 | info@aurum.ru
        """,
    },
    "one name in two cities, and two firms of one name": {
        "Companies": companies(
            "ООО Заря | Information | 89123456781 | Perm",
            "ООО Заря | Information | 89123456782 | Kazan",
            "АО Заря | Information | 89123456783 | Perm",
            header="Name | Stage | Phone | City",
        )
    },
    "branches of one INN": {
        "Companies": companies(
            'Заря Пермь | Information | 89123456781 | "7707083893" | "590201001"',
            'Заря Казань | Information | 89123456782 | "7707083893" | "165501001"',
            header="Name | Stage | Phone | INN | KPP",
        )
        .replace("Заря Пермь | Information", "Заря Пермь | Not our client")
        .replace("Заря Казань | Information", "Заря Казань | Not our client")
    },
    "a person who moved": {
        "Companies": AURUM,
        "Contacts": "Contact ID | Full name | Company | Phone | Status\n"
        "P-000001 | Ann Gray | Aurum | 89123456780 | Left\nP-000002 | Ann Gray | Aurum | 89123456780 | Active",
    },
    "history of a person who left": {
        "Companies": AURUM,
        "Contacts": "Contact ID | Full name | Company | Status\nP-000001 | Ann Gray | Aurum | Left",
        "Activities": "Activity ID | At | Company | Contact\nA-000001 | 2026-01-10 | Aurum | P-000001",
        "Deals": "Deal ID | Company | Stage | Contact | Lost reason\nD-000001 | Aurum | Lost | P-000001 | Price",
    },
    "a lead entered long ago that is to be called": {
        "Companies": companies(
            "Aurum | Information | 89123456789 | Lenina 1 | 2026-12-01 | 2025-01-01",
            header="Name | Stage | Phone | Address | Next contact | created_on",
        )
    },
    "a refused client of a manager who left": {
        "Companies": companies(
            "Aurum | Refused | 89123456789 | Bob | Price | 2026-01-10",
            header="Name | Stage | Phone | Manager | Lost reason | Lost on",
        ),
        "Managers": "Manager ID | Name | Left\nM-000001 | Bob | 2026-06-30\nM-000002 | Kim |",
    },
    "a column and a tab of the firm's own": {
        "Companies": companies(
            "Aurum | Information | 89123456789 | Lenina 1 | -1", header="Name | Stage | Phone | Address | Долг"
        ),
        "Наши заметки": "что-то | своё\n-1 | н/д",
    },
    "zero and no are values": {
        "Companies": companies(
            "Aurum | Information | 89123456789 | Lenina 1 | 0 | нет",
            header="Name | Stage | Phone | Address | Discount | VIP",
        )
    },
}


@pytest.mark.parametrize("tabs", SOUND.values(), ids=SOUND.keys())
def test_it_is_no_fault(tabs: dict[str, str]) -> None:
    assert [one for one in found(tabs) if one[1] != "G003"] == []
