"""What a strict firm asks for is what it is told of."""

from sheetcrm.schema.gates import G1, describe
from sheetcrm.text import say
from tests.books import facts_of


def missing(settings: str) -> list[str]:
    facts = facts_of(
        {
            "Companies": "Company ID | Name | Stage | E-mail\nC-000001 | Aurum | Information | a@aurum.ru",
            "Settings": f"Setting | Value\n{settings}",
        }
    )
    return [say(message, "en") for message in describe(facts.company_lacks(0), "companies")]


def test_an_e_mail_reaches_a_lead_unless_the_firm_is_strict() -> None:
    assert missing("strict_phone | no") == []
    assert missing("strict_phone | yes") == ["1 of: Address, Phone"]


def test_of_a_lax_firm_every_way_to_reach_a_lead_is_named() -> None:
    facts = facts_of({"Companies": "Company ID | Name | Stage\nC-000001 | Aurum | Information"})
    lack = facts.lacks(0, G1)
    assert lack is not None
    assert [say(message, "en") for message in describe([lack], "companies")] == [
        "1 of: Address, Phone or Email or Messenger"
    ]
