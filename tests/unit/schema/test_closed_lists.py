"""The firm's Lists tab relabels a closed list but adds nothing to it: gates and reports know its values."""

from tests.books import base_of, facts_of

COMPANIES = "Company ID | Name | Stage | Source\nC-000001 | Alpha | Hot | Fair"
LISTS = """
    List          | Code | English | Russian
    company_stage | hot  | Hot     | Горячий
    company_stage | lead | Cold    | Холодный
    source        | fair | Fair    | Ярмарка
"""


def test_a_stage_of_the_firms_own_is_no_stage() -> None:
    facts = facts_of({"Companies": COMPANIES, "Lists": LISTS})
    assert facts.base.values("companies", "stage") == [None]
    assert facts.counted_stage == ["lead"]


def test_a_stage_may_be_relabelled_and_an_open_list_extended() -> None:
    base = base_of({"Companies": COMPANIES.replace("Hot", "Cold"), "Lists": LISTS})
    assert base.values("companies", "stage") == ["lead"]
    assert base.values("companies", "source") == ["fair"]
