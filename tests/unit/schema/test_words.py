"""How words are compared, and what a misspelt one is taken for."""

import pytest

from sheetcrm.schema.words import fold, fold_all, nearest


@pytest.mark.parametrize("typed", ["Счёт", " счет:", "СЧЕТ *", "с\u00adчет".replace("\u00ad", "")])
def test_case_yo_spaces_and_marks_do_not_matter(typed: str) -> None:
    assert fold(typed) == "счет"


def test_many_words_are_folded_as_each_alone() -> None:
    typed = ["Счёт: ", "a\u00a0 b", "x\ny", "", "ﬁrm*"]
    assert fold_all(typed) == [fold(one) for one in typed]


def test_the_nearest_words_the_closest_first() -> None:
    known = ("stages", "sales", "pipeline")
    assert nearest("Salez", known) == ["sales"]
    assert nearest("stage", known, most=2) == ["stages", "sales"]


def test_nothing_is_near_to_something_else() -> None:
    assert nearest("quux", ("stages", "sales")) == []
