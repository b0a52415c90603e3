from sheetcrm.tab import Look, Shown
from sheetcrm.validators.checking import check
from sheetcrm.validators.show import check_tab, summary, to_json
from tests.books import TODAY, facts_of

TABS = {
    "Клиенты": """
        ID компании | Наименование | Этап        | Телефон  | Адрес    | Ответственный
        C-000142    | Ромашка      | Информация  | 8-912-34 | Ленина 1 | Анна Петрова
        C-000143    | Берег        | Информация  | 8-912-35 | Ленина 2 |
    """,
    "Ответственные": "ID ответственного | Имя\nM-000001 | Анна Петрова\nM-000002 | Борис",
}


def test_a_finding_in_json_has_the_documented_shape() -> None:
    facts = facts_of(TABS)
    found = dict(to_json(check(facts), "en", {"Клиенты": "https://docs.google.com/spreadsheets/d/1/edit#gid=7"})[0])
    assert str(found.pop("message")).startswith("phone “8-912-34” has 6 digits")
    assert found.pop("hint")
    assert found == {
        "code": "V004",
        "severity": "error",
        "table": "Companies",
        "sheet": "Клиенты",
        "cell": "D2",
        "row": 2,
        "column": "phone",
        "url": "https://docs.google.com/spreadsheets/d/1/edit#gid=7&range=D2",
        "id": "C-000142",
        "manager": "Анна Петрова",
    }


def test_the_summary_counts_records_by_english_tab_and_findings_by_weight_and_code() -> None:
    facts = facts_of(TABS)
    assert summary(check(facts), facts.base) == {
        "records": {"Companies": 2, "Managers": 2},
        "errors": 2,
        "warnings": 1,
        "by_code": {"G003": 1, "V004": 2},
    }


def test_the_check_tab_lists_each_manager_s_findings_with_links_to_their_cells() -> None:
    facts = facts_of(TABS)
    tab = check_tab(check(facts), facts.base, TODAY)
    assert (tab.title, tab.filter) == ("▦ Проверка", True)
    assert tab.rows[0].values[0] == "Анна Петрова"
    links = [cell.link for row in tab.rows for cell in row.values if isinstance(cell, Shown) and cell.link]
    assert ("Клиенты", "D2") in links
    looks = {cell.look for row in tab.rows for cell in row.values if isinstance(cell, Shown)}
    assert {Look.BAD, Look.WARN} <= looks
