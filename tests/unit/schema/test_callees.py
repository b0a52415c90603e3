"""Whom to call: the same person on the task sheet and in the queue of silent clients."""

from sheetcrm.schema.callees import Callees
from sheetcrm.schema.links import ABSENT
from tests.books import facts_of

COMPANIES = "Company ID | Name | Phone\nC-000001 | Alpha | +7 912 345-67-89 switchboard"


def callees(*contacts: str, deals: str = "") -> Callees:
    """Alpha's contacts, typed as name, phone, is main, role, status, do not contact."""
    rows = [f"P-{number:06d} | Alpha | {contact}" for number, contact in enumerate(contacts, 1)]
    header = "Contact ID | Company | Full name | Phone | Is main | Role | Status | Do not contact"
    tabs = {"Companies": COMPANIES, "Contacts": "\n".join((header, *rows))}
    return Callees(facts_of(tabs | ({"Deals": deals} if deals else {})))


def called(*contacts: str) -> str:
    found = callees(*contacts)
    return found.name(found.of(0))


def test_the_main_contact_is_called_first() -> None:
    assert called("Ann | | | | |", "Bob | | yes | | |") == "Bob"


def test_then_the_one_who_decides_then_one_who_has_a_phone() -> None:
    assert called("Ann | +7 912 345-67-01 | | Buyer | |", "Bob | | | Decision maker | |") == "Bob"
    assert called("Ann | | | Buyer | |", "Bob | +7 912 345-67-02 | | Buyer | |") == "Bob"


def test_who_left_or_asked_not_to_be_is_not_called() -> None:
    assert called("Ann | | yes | | Left |", "Bob | | | | |") == "Bob"
    assert called("Ann | | yes | | | yes") == ""


def test_a_deal_has_a_contact_of_its_own_or_of_its_order() -> None:
    deals = "Deal ID | Company | Contact | Order no.\nD-000001 | Alpha | P-000002 | 7\nD-000002 | Alpha | | 7"
    found = callees("Ann | | yes | | |", "Bob | | | | |", deals=deals)
    assert (found.of(0, 0), found.of(0, 1)) == (1, 1)


def test_a_phone_is_shown_with_its_words_and_the_firm_s_stands_in() -> None:
    found = callees("Ann | +7 912 345-67-01 ext. 12 | | | |", "Bob | | | | |")
    assert found.phone(0, 0) == "+7 912 345-67-01 ext. 12"
    assert found.phone(1, 0) == "+7 912 345-67-89 switchboard"


def test_a_contact_without_a_company_is_nobodys() -> None:
    header = "Contact ID | Company | Full name | Phone | Is main | Role | Status | Do not contact"
    stranger = "P-000001 | | Eve | +7 912 345-67-01 | yes | | |"
    found = Callees(facts_of({"Companies": COMPANIES, "Contacts": f"{header}\n{stranger}"}))
    assert found.of(ABSENT) == ABSENT
