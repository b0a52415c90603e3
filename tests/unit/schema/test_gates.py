"""Which stage the data bears out, and what it lacks for the typed one (S-14…S-27)."""

import pytest

from sheetcrm.schema.facts import Facts
from sheetcrm.schema.gates import describe, missing_text
from tests.books import facts_of

PERSON = """
    Contact ID | Full name | Company | Position | Phone
    P-000001   | Ann Gray  | Aurum   | Buyer    | +7 912 345-67-80
"""
NEED = """
    Deal ID  | Company | Stage      | Manager | Product | Need qty | Unit | Need date  | Due date
    D-000001 | Aurum   | Need found | Bob     | Steel   | 5        | t    | 2026-10-01 | 2026-12-01
"""
SETTLED = """
    Deal ID  | Company | Stage   | Delivered qty | Delivered on | Terms  | Amount
    D-000001 | Aurum   | Settled | 5             | 2026-10-20   | pickup | 100
"""
TWO_SETTLED = SETTLED + "D-000002 | Aurum | Settled | 5 | 2026-11-10 | pickup | 100"
MANAGERS = "Manager ID | Name\nM-000001 | Bob"


def company(cells: str, **more: str) -> Facts:
    """The facts of one company, typed as `column: value` pairs."""
    pairs = [pair.split(": ") for pair in cells.split("; ")]
    row = " | ".join(["C-000001", *(value for _, value in pairs)])
    tabs = {"Companies": " | ".join(["Company ID", *(name for name, _ in pairs)]) + "\n" + row}
    return facts_of({**tabs, **{title.capitalize(): text for title, text in more.items()}})


def lacking(facts: Facts) -> list[str]:
    """The demands that the typed stage of the one company makes in vain."""
    return [demand.name for lack in facts.company_lacks(0) for demand in lack.demands]


@pytest.mark.parametrize(
    "cells",
    [
        "Name: Aurum; Phone: +7 912 345-67-89",
        "Name: Aurum; Address: Lenina 1",
        "Address: Lenina 1; Email: info@aurum.ru",
        "Name: Aurum; Messenger: @aurum",
    ],
)
def test_a_lead_needs_any_two_of_three(cells: str) -> None:
    facts = company(f"Stage: Information; {cells}")
    assert lacking(facts) == []
    assert facts.stage_fact == ["lead"]


@pytest.mark.parametrize(
    "cells", ["Name: Aurum", "Phone: +7 912 345-67-89; Email: info@aurum.ru", "Address: Lenina 1", "City: Perm"]
)
def test_one_of_three_is_not_enough(cells: str) -> None:
    facts = company(f"Stage: Information; {cells}")
    assert facts.stage_fact == [None]
    assert facts.company_lacks(0)[0].enough in (1, 2)


def test_a_contact_s_name_stands_for_the_firm_s() -> None:
    facts = company(
        "Stage: Information; Address: Lenina 1", contacts="Contact ID | Full name | Company\nP-000001 | Ann | C-000001"
    )
    assert lacking(facts) == []


def test_a_phone_that_is_none_and_a_placeholder_do_not_count() -> None:
    assert lacking(company("Stage: Information; Name: Aurum; Phone: 8-912-34; Address: ?")) == ["address", "channel"]


def test_a_strict_firm_wants_a_phone() -> None:
    strict = "Setting | Value\nstrict_phone | yes"
    assert lacking(company("Stage: Information; Name: Aurum; Email: info@aurum.ru")) == []
    assert lacking(company("Stage: Information; Name: Aurum; Email: info@aurum.ru", settings=strict)) == [
        "address",
        "channel",
    ]


def test_a_prospect_needs_a_person_with_a_position_and_a_line_of_their_own() -> None:
    firm = "Stage: Potential client; Name: Aurum; City: Perm; Phone: +7 912 345-67-89"
    assert lacking(company(firm, contacts=PERSON)) == []
    assert lacking(company(firm)) == ["person", "position", "person_channel"]
    assert lacking(company(firm, contacts=PERSON.replace("Buyer", ""))) == ["position"]


def test_one_person_must_have_all_of_it() -> None:
    halves = """
        Contact ID | Full name | Company | Position | Phone
        P-000001   | Ann       | Aurum   | Buyer    |
        P-000002   | Kim       | Aurum   |          | +7 912 345-67-80
    """
    firm = "Stage: Potential client; Name: Aurum; City: Perm; Phone: +7 912 345-67-89"
    assert len(lacking(company(firm, contacts=halves))) == 1


@pytest.mark.parametrize("status", ["Left", "Merged", "Erased"])
def test_a_person_who_is_gone_bears_no_stage(status: str) -> None:
    gone = PERSON.replace("Phone\n", "Phone | Status\n").replace("67-80", f"67-80 | {status}")
    firm = "Stage: Potential client; Name: Aurum; City: Perm; Phone: +7 912 345-67-89"
    assert lacking(company(firm, contacts=gone)) == ["person", "position", "person_channel"]


SALE = "Stage: Sale; Name: Aurum; City: Perm; Phone: +7 912 345-67-89"


def test_a_sale_needs_an_open_deal_whose_need_is_known() -> None:
    assert lacking(company(SALE, contacts=PERSON, deals=NEED, managers=MANAGERS)) == []
    assert lacking(company(SALE, contacts=PERSON)) == ["open_deal"]
    half = NEED.replace("Steel", "")
    assert lacking(company(SALE, contacts=PERSON, deals=half, managers=MANAGERS)) == ["open_deal"]
    lost = NEED.replace("Need found", "Lost")
    assert lacking(company(SALE, contacts=PERSON, deals=lost, managers=MANAGERS)) == ["open_deal"]


BUYER = "Stage: Buyer; Name: Aurum; City: Perm; Phone: +7 912 345-67-89"
INN = '; INN: "7707083893"'


def test_a_buyer_needs_an_inn_and_a_settled_deal_with_its_terms() -> None:
    assert lacking(company(BUYER + INN, contacts=PERSON, deals=SETTLED)) == []
    assert lacking(company(BUYER, contacts=PERSON, deals=SETTLED)) == ["inn"]
    assert lacking(company(BUYER + INN, contacts=PERSON, deals=SETTLED.replace("pickup", ""))) == ["terms"]
    assert lacking(company(BUYER + INN, contacts=PERSON)) == ["delivered_qty", "delivered_on", "terms", "settled"]


def test_a_firm_may_do_without_inns() -> None:
    waived = "Setting | Value\ninn_required | no"
    assert lacking(company(BUYER, contacts=PERSON, deals=SETTLED, settings=waived)) == []


def test_a_purchase_before_the_base_makes_a_buyer() -> None:
    assert lacking(company(BUYER + INN + "; Purchases before: 1", contacts=PERSON)) == []


REGULAR = BUYER.replace("Buyer", "Regular buyer") + INN
CONTRACT = "; Contract no.: 7; Contract date: 2026-01-10; Payment days: 0"


def test_a_regular_buyer_needs_purchases_that_repeat_and_a_contract() -> None:
    assert lacking(company(REGULAR + CONTRACT, contacts=PERSON, deals=TWO_SETTLED)) == []
    assert lacking(company(REGULAR + CONTRACT, contacts=PERSON, deals=SETTLED)) == ["orders"]
    assert lacking(company(REGULAR, contacts=PERSON, deals=TWO_SETTLED)) == [
        "contract_no",
        "contract_date",
        "payment_days",
    ]


def test_rows_of_one_order_are_one_purchase() -> None:
    one_order = TWO_SETTLED.replace("Amount", "Amount | Order no.").replace("100\n", "100 | 7\n") + " | 7"
    assert lacking(company(REGULAR + CONTRACT, contacts=PERSON, deals=one_order)) == ["orders"]


def test_purchases_before_the_base_count_towards_a_regular_buyer() -> None:
    facts = company(REGULAR + CONTRACT + "; Purchases before: 1", contacts=PERSON, deals=SETTLED)
    assert lacking(facts) == []
    assert facts.stage_fact == ["regular"]


def test_a_refused_client_needs_why_and_when_and_one_that_is_not_ours_nothing() -> None:
    assert lacking(company("Stage: Refused; Name: Aurum")) == ["lost_reason", "lost_on"]
    assert lacking(company("Stage: Not our client; City: Perm")) == []


def test_what_is_missing_is_said_by_column_and_tab_in_the_reader_s_language() -> None:
    facts = company(
        "Этап: Покупатель; Наименование: Аурум; Город: Пермь; Телефон: 89123456789",
        contacts=PERSON.replace("Buyer", ""),
    )
    text = missing_text(facts.company_lacks(0), "companies", "ru")
    assert "ИНН" in text
    assert "Контактные лица: Должность" in text
    assert "сделка, по которой расчёты завершены" in text


def test_any_two_of_three_is_said_once() -> None:
    facts = company("Stage: Potential client; Name: Aurum; City: Perm", contacts=PERSON)
    assert [message.args.get("n") for message in describe(facts.company_lacks(0), "companies")] == [1]


@pytest.mark.parametrize(
    ("stage", "cells", "missing"),
    [
        ("Need found", "", []),
        ("Offer sent", "", ["contact", "price", "amount", "expected_close"]),
        ("Offer sent", "Contact: P-000001; Amount: 100; Expected close: 2026-12-01", ["price"]),
        ("Offer sent", "Contact: P-000001; Price: 9; Amount: 100; Expected close: 2026-12-01", []),
        ("Agreed", "Contact: P-000001; Price: 9; Amount: 100; Expected close: 2026-12-01", ["terms"]),
        ("Postponed", "", []),
        ("Lost", "", ["lost_reason"]),
    ],
)
def test_a_deal_lacks_what_its_stage_asks_for(stage: str, cells: str, missing: list[str]) -> None:
    header, row = (line.strip() for line in NEED.strip().splitlines())
    for pair in filter(None, cells.split("; ")):
        name, value = pair.split(": ")
        header, row = f"{header} | {name}", f"{row} | {value}"
    facts = facts_of({
        "Companies": "Company ID | Name\nC-000001 | Aurum",
        "Contacts": PERSON,
        "Managers": MANAGERS,
        "Deals": f"{header}\n{row.replace('Need found', stage)}",
    })  # fmt: skip
    assert [demand.name for lack in facts.deal_lacks(0) for demand in lack.demands] == missing


def test_a_typed_amount_stands_for_a_quantity_with_its_unit() -> None:
    deals = """
        Deal ID  | Company | Stage      | Manager | Product | Need date  | Due date   | Amount
        D-000001 | Aurum   | Need found | Bob     | Steel   | 2026-10-01 | 2026-12-01 | 500
    """
    facts = facts_of({"Companies": "Company ID | Name\nC-000001 | Aurum", "Managers": MANAGERS, "Deals": deals})
    assert facts.deal_lacks(0) == []


def test_a_deal_s_manager_may_be_its_company_s() -> None:
    tabs = {
        "Companies": "Company ID | Name | Manager\nC-000001 | Aurum | Bob",
        "Managers": MANAGERS + "\nM-000002 | Kim",
    }
    facts = facts_of({**tabs, "Deals": NEED.replace("Bob", "")})
    assert facts.deal_lacks(0) == []


def test_rows_of_an_order_share_contact_terms_and_invoice() -> None:
    header = (
        "Deal ID | Company | Stage | Manager | Product | Price | Amount | Need date | Due date | Expected close"
        " | Order no."
    )
    need = "Aurum | Invoiced | Bob | Steel | 10 | 100 | 2026-10-01 | 2026-12-01 | 2026-12-01"
    deals = f"""
        {header} | Contact | Terms | Invoice no. | Invoice date | Pay due
        D-000001 | {need} | 7 | P-000001 | pickup | 55 | 2026-10-05 | 2026-10-25
        D-000002 | {need} | 7 | | | | |
        D-000003 | {need} | 8 | | | | |
    """
    tabs = {
        "Companies": "Company ID | Name\nC-000001 | Aurum",
        "Contacts": PERSON,
        "Managers": MANAGERS,
        "Deals": deals,
    }
    facts = facts_of(tabs)
    assert facts.deal_lacks(1) == []
    assert [d.name for lack in facts.deal_lacks(2) for d in lack.demands] == [
        "contact",
        "terms",
        "invoice_no",
        "invoice_date",
        "pay_due",
    ]


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("Information", "regular"),
        ("Regular buyer", "regular"),
        ("Refused", "lost"),
        ("Not our client", "disqualified"),
        ("", "regular"),
    ],
)
def test_a_buyer_by_the_facts_counts_as_one_unless_refused(typed: str, counted: str) -> None:
    facts = company(REGULAR.replace("Regular buyer", typed) + CONTRACT, contacts=PERSON, deals=TWO_SETTLED)
    assert facts.counted_stage == [counted]


@pytest.mark.parametrize(
    ("typed", "counted"), [("Buyer", "sale"), ("Sale", "sale"), ("Information", "lead"), ("", "lead")]
)
def test_a_typed_stage_counts_no_higher_than_the_data(typed: str, counted: str) -> None:
    facts = company(SALE.replace("Sale", typed), contacts=PERSON, deals=NEED, managers=MANAGERS)
    assert facts.counted_stage == [counted]
