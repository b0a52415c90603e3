"""The answer to a list that isn't ours."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from sheetcrm.schema.foreign.ours import is_foreign
from sheetcrm.schema.tables import recognise
from sheetcrm.table import Sheet, Spot, book
from sheetcrm.text import say
from sheetcrm.validators.foreign.answer import ForeignAnswer, answer, headline, worst
from sheetcrm.validators.foreign.questions import colour_name
from sheetcrm.validators.foreign.shape import list_section
from sheetcrm.workbook import open_workbook
from tests.books import book_of, sheet
from tests.e2e.foreign_lists import LISTS


def answer_to(
    rows: str,
    *,
    fills: Mapping[int, str] | None = None,
    merged: tuple[tuple[Spot, Spot], ...] = (),
    errors: Mapping[Spot, str] | None = None,
    uncached: Iterable[Spot] = (),
) -> ForeignAnswer:
    """The answer to a list on one tab."""
    plain = sheet("Лист1", rows)
    tab = replace(plain, fills=fills or {}, merged=merged, errors=errors or {}, uncached=frozenset(uncached))
    return answer(book("list.xlsx", "1", [tab], recognise))


def found(answered: ForeignAnswer) -> list[tuple[str, str]]:
    return [(finding.place.cell, say(finding.message, "en")) for finding in answered.findings]


# ── whole lists, whose faults are known by how they were built ──


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_understood_judged_and_left_as_it_was(name: str, tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    known = LISTS[name](path)
    before = path.read_bytes()
    read = open_workbook(path, recognise).read(fills=True)
    answered = answer(read)

    assert is_foreign(read)
    assert answered.sheets == known.sheets
    assert (answered.rows, answered.ready, dict(answered.asides)) == (known.rows, known.ready, known.asides)
    assert (len(answered.columns), answered.understood) == known.columns
    assert answered.counts == known.counts
    several = len(known.sheets) > 1
    cells = Counter(one.place.address if several else one.place.cell for one in answered.findings)
    assert cells == Counter(cell for of in known.cells.values() for cell in of)
    colours = {
        say(question.message.args["colour"], "en"): question.rows  # type: ignore[arg-type]  # a colour's label
        for question in answered.questions
        if question.about == "colour"
    }
    assert colours == known.colours
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", LISTS)
def test_the_answer_reads_well_in_both_languages(name: str, tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    LISTS[name](path)
    answered = answer(open_workbook(path, recognise).read(fills=True))
    said = [headline(answered), *(note.message for note in answered.notes), *answered.next_steps]
    said += [part for one in answered.findings for part in (one.message, one.hint) if part is not None]
    said += [part for one in answered.questions for part in (one.message, one.clue) if part is not None]
    assert all("{" not in say(message, "en") for message in said)


def test_the_sentence_names_columns_faults_and_the_question() -> None:
    answered = answer_to(
        """Клиент | ИНН | Телефон | Шоурум
        Ромашка | "7707083894" | 8-912-34 | был
        Вектор | "7736050003" | 8 912 345-67-89 | нет
        Вектор | "7736050003" | | нет
        Заря | | 8 912 345-67-80 | был""",
        fills={5: "FF0000"},
    )
    assert say(headline(answered), "en") == (
        "understood 3 of 4 columns: 1 duplicate, 1 wrong INN, 1 wrong phone; 1 row is filled red: what does that mean?"
    )


def test_a_sound_list_is_told_so() -> None:
    answered = answer_to("Клиент | Телефон\nРомашка | 8 912 345-67-89")
    assert say(headline(answered), "en") == "understood 2 of 2 columns, and nothing wrong in them"


@pytest.mark.parametrize("rows", [" | ", "Инструкция\nСначала впишите клиента", "Товар | Цена\nТруба | 100"])
def test_a_book_without_clients_is_told_so(rows: str) -> None:
    answered = answer_to(rows)
    assert say(headline(answered), "en").startswith("found no list of clients")
    assert (answered.findings, answered.questions, answered.next_steps) == ((), (), ())


# ── cells ──


def test_several_phones_in_a_cell_are_no_fault_when_each_is_good() -> None:
    answered = answer_to(
        """Клиент | Телефон
        Ромашка | 8 912 345-67-89 Ольга, доб. 12; (343) 222-33-44
        Вектор | 8 912 345-67-88 / 8-912-34"""
    )
    assert found(answered) == [("B3", "phone “8-912-34” has 6 digits; a Russian number has 10 after +7")]
    assert "1 cell holds several phones; each is understood" in [say(note.message, "en") for note in answered.notes]


def test_a_fault_of_most_of_a_column_is_said_once() -> None:
    rows = "\n".join(f"Фирма {i} | нет сайта {i}" for i in range(12))
    answered = answer_to(f"Клиент | E-mail\n{rows}")
    assert found(answered) == [("B1", "12 cells of the column: “нет” is not an e-mail address")]
    assert answered.counts == {"email": 12}


def test_error_cells_and_formulas_never_calculated_are_found_among_the_records_only() -> None:
    answered = answer_to(
        "Клиент | Телефон | Код\nРомашка | 8 912 345-67-89 | \nВектор | 8 912 345-67-88 | \nИтого | | ",
        errors={(2, 2): "#N/A", (4, 2): "#REF!"},
        uncached=[(3, 2)],
    )
    assert [cell for cell, _ in found(answered)] == ["C2", "C3"]


def test_one_header_over_two_columns_is_found() -> None:
    answered = answer_to("Клиент | Сумма | Сумма\nРомашка | 10 | 20")
    assert [cell for cell, _ in found(answered)] == ["C1"]


def test_numbers_and_dates_typed_as_text_are_noted_not_judged() -> None:
    answered = answer_to(
        """Клиент | Сумма | Дата заказа
        Ромашка | 1 234,50 | 12.03.2026
        Вектор | 100 | 2026-03-13"""
    )
    assert answered.findings == ()
    assert [(say(note.message, "en"), note.places[0].cell) for note in answered.notes] == [
        ("1 number in “Сумма” is typed as text: Excel does not add it up", "B2"),
        ("1 date in “Дата заказа” is typed as text, others are real dates: sorting parts them", "C2"),
    ]


# ── duplicates without ids ──


@pytest.mark.parametrize(
    "rows",
    [
        'Клиент | ИНН\nООО «Ромашка» | "7707083893"\nРомашка плюс | "7707083893"',
        "Клиент | Город\nООО «Ромашка» | Пермь\nРОМАШКА, ООО | г. Пермь",
        "Клиент | Город\nООО «Ромашка» | Пермь\nРомашка | ",
        "Клиент | Телефон\nРомашка | 8 912 345-67-89\nТД Ромашка | (343) 222-33-44, +7 (912) 3456789",
        "Клиент | E-mail\nРомашка | info@romashka.ru\nТД Ромашка | INFO@romashka.ru",
        "Клиент | Сайт\nРомашка | www.romashka.ru\nТД Ромашка | https://romashka.ru/about",
    ],
    ids=["INN", "name and city", "name", "phone", "e-mail", "website"],
)
def test_a_client_typed_twice_is_suspected(rows: str) -> None:
    answered = answer_to(rows)
    assert answered.counts == {"duplicate": 1}
    assert found(answered)[0][0] == "A3"


@pytest.mark.parametrize(
    "rows",
    [
        'Клиент | ИНН | Телефон\nВектор | "7707083893" | 8 912 345-67-89\nВектор | "7736050003" | 8 912 345-67-89',
        'Клиент | ИНН | КПП\nВектор | "7707083893" | "770701001"\nВектор | "7707083893" | "665801001"',
        "Клиент | Город\nООО Вектор | Пермь\nООО Вектор | Тюмень",
        "Клиент | Город\nООО Вектор | Пермь\nАО Вектор | Пермь",
        "Клиент | Сайт\nРомашка | vk.com/romashka\nВектор | vk.com/vector",
        "Клиент | Телефон\n" + "\n".join(f"Фирма {i} | 8 912 345-67-89" for i in range(5)),
        "Клиент | Товар | Сумма\nРомашка | Труба | 1\nРомашка | Труба | 2\nВектор | Труба | 3",
        "Компания | ФИО | Тел.\nРомашка | Иванов Иван | 8 912 345-67-89\nРомашка | Серов Олег | 8 912 345-67-89",
    ],
    ids=[
        "two INNs",
        "branches of one firm",
        "another city",
        "another legal form",
        "pages on one site",
        "a phone of many",
        "two deals of a client",
        "two people of a firm",
    ],
)
def test_clients_that_something_tells_apart_are_not(rows: str) -> None:
    assert "duplicate" not in answer_to(rows).counts


def test_rows_of_one_merged_block_are_one_client_and_the_merge_is_the_fault() -> None:
    rows = 'Клиент | ИНН | ФИО\nРомашка | "7707083893" | Иванов Иван\n"" | | Петрова Анна'
    answered = answer_to(rows, merged=(((2, 0), (3, 0)), ((2, 1), (3, 1))))
    assert found(answered) == [("A2", "merged cells A2:A3, B2:B3: only the first cell of each holds the value")]
    assert answered.ready == 0


def test_a_deal_typed_twice_whole_is_noted() -> None:
    deal = "2026-03-12 | Ромашка | Труба | 100"
    answered = answer_to(f"Дата | Клиент | Товар | Сумма\n{deal}\n2026-03-13 | Ромашка | Труба | 100\n{deal}")
    assert answered.findings == ()
    (note,) = answered.notes
    assert (say(note.message, "en"), [place.cell for place in note.places]) == (
        "1 row repeats another one whole",
        ["4"],
    )


def test_a_duplicate_on_another_tab_is_named_with_its_tab() -> None:
    head = "Клиент | Телефон\n"
    answered = answer(
        book_of({"Иванова": f"{head}Ромашка | 8 912 345-67-89", "Петров": f"{head}Ромашка | 8 912 345-67-89"})
    )
    (finding,) = answered.findings
    assert (finding.place.address, finding.place.manager) == ("Петров!A2", "Петров")
    assert "in Иванова!A2" in say(finding.message, "en")


# ── questions ──


def many(fill: str, rows: list[int]) -> Sheet:
    head = "Клиент | Телефон | Статус\n"
    text = "\n".join(
        f"Фирма {i} | 8 912 345-67-{i:02d} | {'Отказ' if i + 2 in rows else 'В работе'}" for i in range(20)
    )
    return replace(sheet("Лист1", head + text), fills=dict.fromkeys(rows, fill))


def test_a_colour_is_asked_about_with_what_its_rows_have_in_common() -> None:
    (question,) = answer(book("b", "1", [many("FF6B6B", [3, 7, 12])], recognise)).questions
    assert say(question.message, "en") == "3 rows are filled red: what does that mean?"
    assert question.clue is not None
    assert say(question.clue, "en") == "3 of them have “Отказ” in “Статус”"
    assert [place.cell for place in question.places] == ["A3", "A7", "A12"]


@pytest.mark.parametrize("rows", [list(range(2, 22, 2)), list(range(2, 20)), [1], [25]])
def test_stripes_and_colours_of_most_rows_or_of_none_are_not_asked_about(rows: list[int]) -> None:
    assert answer(book("b", "1", [many("DDEBF7", rows)], recognise)).questions == ()


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ("FF0000", "red"),
        ("F4B183", "orange"),
        ("FFFF00", "yellow"),
        ("92D050", "green"),
        ("00FFFF", "light blue"),
        ("0070C0", "blue"),
        ("7030A0", "violet"),
        ("FF99CC", "pink"),
        ("D9D9D9", "grey"),
        ("000000", "black"),
    ],
)
def test_a_colour_has_the_name_that_people_give_it(rgb: str, name: str) -> None:
    named = colour_name(rgb)
    assert named is not None
    assert named.en == name


def test_words_of_the_firms_own_are_asked_about_and_the_likeliest_meaning_is_suggested() -> None:
    statuses = ["Думает", "Отказ", "Постояный", "Думает", "синий"]
    rows = "\n".join(f"Фирма {i} | {status}" for i, status in enumerate(statuses))
    (question,) = answer_to(f"Клиент | Статус\n{rows}").questions
    assert [(word.typed, word.rows, word.means and word.means.en, word.sure) for word in question.words] == [
        ("Думает", 2, "Potential client", False),
        ("Постояный", 1, "Regular buyer", False),
        ("синий", 1, None, False),
        ("Отказ", 1, "Refused", True),
    ]
    assert question.rows == 4


def test_dates_under_a_header_that_says_nothing_are_asked_about() -> None:
    (question,) = answer_to("Клиент | Телефон | Акция\nРомашка | 8 912 345-67-89 | 2026-03-12").questions
    assert say(question.message, "en") == "“Акция” holds dates: of what?"


# ── what comes next ──


def test_rows_that_hold_enough_for_a_client_of_the_first_stage_are_counted() -> None:
    answered = answer_to("Клиент | Телефон\nРомашка | 8 912 345-67-89\nВектор | \nЗаря | нет")
    assert (answered.ready, [place.cell for place in answered.wanting]) == (1, ["A3", "A4"])


INIT = "`sheetcrm init list.xlsx` adds to this book what is missing; your columns stay as they are"
COPY = (
    "`sheetcrm init clients.xlsx --lang ru` makes an empty client base; copy the understood columns into it under the "
    "names given here, then run `sheetcrm validate clients.xlsx`"
)


@pytest.mark.parametrize(
    ("title", "rows", "steps"),
    [
        ("Клиенты", "Клиент | Телефон\nРомашка | 8 912 345-67-89", [INIT, f"or: {COPY}"]),
        (
            "Лист1",
            "Клиент | Телефон\nРомашка | 8 912 345-67-89",
            ["rename the tab “Лист1” to “Companies”", INIT, f"or: {COPY}"],
        ),
        (
            "Клиенты",
            "Наименование клиента | Телефон | E-mail\nРомашка | 8 912 345-67-89 | a@b.ru",
            [
                "change the headers that only this answer guesses: “Наименование клиента” to “Name”",
                INIT,
                f"or: {COPY}",
            ],
        ),
        ("Клиенты", "Клиент | Телефон\nРомашка | 8 912 345-67-89\nИтого | 1", [COPY]),
    ],
    ids=["could be ours as it stands", "under another title", "under other headers", "with rows that are no clients"],
)
def test_the_next_steps_are_those_that_work(title: str, rows: str, steps: list[str]) -> None:
    answered = answer(book_of({title: rows}, "list.xlsx"))
    assert [say(step, "en") for step in answered.next_steps] == steps


def test_the_findings_to_show_first_are_errors_and_of_every_kind() -> None:
    rows = "\n".join(f"Фирма {i} | 8-912-{i} | a{i}.ru" for i in range(4))
    good = "\n".join(f"Завод {i} | 8 912 345-67-{i:02d} | a@b{i}.ru" for i in range(8))
    shown = worst(answer_to(f"Клиент | Телефон | Почта\n{rows}\nЗавод 0 | 8 912 345-67-99 |\n{good}"), 4)
    assert [one.place.cell for one in shown] == ["B2", "C2", "B3", "C3"]


def test_the_answer_as_json_says_what_was_understood() -> None:
    section = list_section(answer_to("Клиент | Телефон | Шоурум\nРомашка | 8-912-34 | был"), "en")
    assert (section["columns"], section["rows"], section["counts"]) == (3, 1, {"phone": 1})
    assert section["understood"] == [
        {
            "sheet": "Лист1",
            "cell": cell,
            "header": header,
            "table": "Companies",
            "column": column,
            "row_numbers": False,
            "by": "header",
            "filled": 1,
            "good": good,
            "example": example,
        }
        for cell, header, column, good, example in (
            ("A1", "Клиент", "name", 1.0, "Ромашка"),
            ("B1", "Телефон", "phone", 0.0, "8-912-34"),
        )
    ]
