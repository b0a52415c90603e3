"""What a manager's task tab looks like: its title and its columns, for writing it and for reading it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sheetcrm.schema.words import fold
from sheetcrm.tab import Format, Look
from sheetcrm.table import MARK
from sheetcrm.text import LANGUAGES, Label

TICK = "☑"
PREFIX = Label(f"{MARK} Tasks — ", f"{MARK} Задачи — ")


class SheetColumn(NamedTuple):
    """A column of a task tab.

    Attributes:
        code: Its name.
        label: Its header.
        width: In characters.
        look: INPUT where managers type.
        format: How its values are shown.
        note: What belongs there, as a comment on the header.
    """

    code: str
    label: Label
    width: float
    look: Look = Look.PLAIN
    format: Format = Format.TEXT
    note: Label = Label("", "")


COLUMNS = (
    SheetColumn("tick", Label(TICK, TICK), 5, Look.INPUT, note=Label("Done: tick it", "Сделано: поставьте галочку")),
    SheetColumn("task_id", Label("Task ID", "ID задачи"), 11, Look.KEY),
    SheetColumn("priority", Label("Priority", "Приоритет"), 11, format=Format.INTEGER),
    SheetColumn("due", Label("Due", "Срок"), 12, format=Format.DATE),
    SheetColumn("title", Label("Task", "Задача"), 42),
    SheetColumn("company", Label("Company", "Компания"), 26),
    SheetColumn("contact", Label("Contact", "Контактное лицо"), 24),
    SheetColumn("phone", Label("Phone", "Телефон"), 18),
    SheetColumn("amount", Label("Deal amount", "Сумма сделки"), 14, format=Format.MONEY),
    SheetColumn(
        "result",
        Label("Result", "Результат"),
        18,
        Look.INPUT,
        note=Label("Left blank it means: Reached", "Если пусто, считаем: Состоялся"),
    ),
    SheetColumn(
        "summary", Label("Summary", "Итог"), 40, Look.INPUT, note=Label("Six words will do", "Хватит шести слов")
    ),
    SheetColumn(
        "next_step",
        Label("Next step", "Следующий шаг"),
        24,
        Look.INPUT,
        note=Label(
            "A date, with a few words if you like: 15.12 call back. It becomes the next task.",
            "Дата и, если нужно, пара слов: 15.12 перезвонить. Станет следующей задачей.",
        ),
    ),
    SheetColumn("missing", Label("What is missing", "Чего не хватает"), 34),
    SheetColumn("script", Label("Script", "Сценарий"), 44),
)
SUMMARY = Label("Overdue by manager", "Просрочено по сотрудникам")
SUMMARY_TITLES = frozenset(SUMMARY)
"""Heads what the head of sales reads below the lines; nothing below it was typed."""

INPUTS = tuple(column.code for column in COLUMNS if column.look is Look.INPUT)


def is_task_tab(title: str) -> bool:
    """Whether a tab is a manager's task tab, in either language."""
    return title.startswith(tuple(PREFIX))


def column_codes() -> Mapping[str, str]:
    """Every folded header in either language → the column's name."""
    return {fold(column.label.get(lang)): column.code for column in COLUMNS for lang in LANGUAGES}
