from tests.unit.validators.finding import AURUM, companies, findings, found, said


def contact(company: str, *more: str) -> str:
    return f"Contact ID | Full name | Company\nP-000001 | Ann Gray | {company}" + "".join(more)


def test_an_unknown_name_is_told_the_nearest_as_cells_write_it() -> None:
    tabs = {
        "Companies": companies(
            "Ромашка | Information | 89123456781 | Perm",
            "Ромашка | Information | 89123456782 | Kazan",
            "Berg | Information | 89123456783 | Omsk",
            header="Name | Stage | Phone | City",
        ),
        "Contacts": contact("Ромажка", "\nP-000002 | Bob Stone | Bergg", "\nP-000003 | Kim Lee | Wholly other"),
    }
    hints = [said(one).split(" — ")[1] for one in findings(tabs) if one.code == "R001"]
    assert hints == [
        "did you mean “Ромашка (Perm)”?",
        "did you mean “Berg”?",
        "correct the name, or add the record to “Companies” first",
    ]


def test_an_ambiguous_name_is_told_how_to_write_each() -> None:
    tabs = {
        "Companies": companies(
            "Aurum | Information | 89123456781 | Perm",
            "Aurum | Information | 89123456782 | Kazan",
            header="Name | Stage | Phone | City",
        ),
        "Contacts": contact("aurum"),
    }
    (finding,) = [one for one in findings(tabs) if one.code == "R002"]
    assert "write one of: Aurum (Perm), Aurum (Kazan)" in said(finding)


def test_a_chain_of_mergers_leads_to_the_record_that_stayed() -> None:
    tabs = {
        "Companies": AURUM,
        "Contacts": contact("C-000003"),
        "Merged": "Loser | Winner\nC-000003 | C-000002\nC-000002 | C-000001",
    }
    (finding,) = findings(tabs)
    assert (finding.code, said(finding)) == ("R003", "C-000003 was merged into another record — write C-000001 instead")


def test_a_merger_that_leads_in_a_circle_does_not_hang() -> None:
    tabs = {
        "Companies": AURUM,
        "Contacts": contact("C-000003"),
        "Merged": "Loser | Winner\nC-000003 | C-000002\nC-000002 | C-000003",
    }
    assert found(tabs) == [("Contacts!C2", "R003")]


def test_a_contact_with_the_status_merged_is_not_to_be_referred_to() -> None:
    tabs = {
        "Companies": AURUM,
        "Contacts": "Contact ID | Full name | Company | Status\nP-000001 | Ann Gray | Aurum | Merged",
        "Activities": "Activity ID | At | Company | Contact\nA-000001 | 2026-01-10 | Aurum | P-000001",
    }
    assert found(tabs) == [("Activities!D2", "R003")]


def test_rows_of_a_company_that_cannot_be_identified_are_told_once() -> None:
    tabs = {
        "Companies": companies("Aurum | Information | | Perm", header="Name | Stage | Phone | City"),
        "Activities": "Activity ID | At | Company\nA-000001 | 2026-01-10 | Aurum\nA-000002 | 2026-01-11 | Aurum",
    }
    assert found(tabs) == [("Companies!C2", "G001"), ("Activities!C2", "R006")]


def test_a_refused_client_may_be_as_little_known_as_it_is() -> None:
    tabs = {
        "Companies": companies("Aurum | Refused | Price | 2026-10-01", header="Name | Stage | Lost reason | Lost on"),
        "Activities": "Activity ID | At | Company\nA-000001 | 2026-01-10 | Aurum",
    }
    assert found(tabs) == []
