"""Templates say with what a book begins."""

import pytest

from sheetcrm.errors import UsageError
from sheetcrm.fresh.template import names, template
from sheetcrm.schema.settings import read_settings
from sheetcrm.schema.tables import SCHEMA
from sheetcrm.schema.words import ENUMERATIONS


def test_there_are_templates_for_three_kinds_of_firm() -> None:
    assert names() == ["project-sales", "services", "wholesale"]


@pytest.mark.parametrize("name", names())
def test_a_template_names_only_what_there_is(name: str) -> None:
    found = template(name)
    assert set(found.tabs) <= set(SCHEMA)
    assert set(found.choices) <= {name for name, list_ in ENUMERATIONS.items() if list_.open}
    assert read_settings(list(found.settings), list(found.settings.values()))[1] == []
    assert found.title.en
    assert found.title.ru


def test_an_unknown_template_is_answered_with_the_choices() -> None:
    with pytest.raises(UsageError, match="There is no template “retail”; there are project-sales, services, wholesale"):
        template("retail")


def test_a_misspelt_template_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError) as stop:
        template("wholesail")
    assert stop.value.hint is not None
    assert stop.value.hint.args == {"name": "wholesale"}


def test_the_files_that_templates_share_cannot_be_chosen() -> None:
    with pytest.raises(UsageError):
        template("_demo_ru")
