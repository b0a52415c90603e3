"""The part of our checks that pandera and frictionless can be given: types, lists, bounds, ids, forms of values.

`python -m benchmarks.peers pandera|frictionless BOOK` reads the tabs of `big_books` and prints how much is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from benchmarks.big_books import DEAL_STAGES, STAGES

ID = r"[A-Z]{1,3}-\d{6,}"
EMAIL = r"[^@\s]+@[^@\s]+\.[a-z]{2,}"
PHONE = r"[+\d][\d ()\-,]{9,}"

TABS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "Компании": {
        "ID компании": {"type": "string", "pattern": ID, "unique": True},
        "Наименование": {"type": "string", "required": True},
        "Этап": {"type": "string", "required": True, "enum": list(STAGES)},
        "Телефон": {"type": "string", "pattern": PHONE},
        "E-mail": {"type": "string", "pattern": EMAIL},
        "ИНН": {"type": "string", "pattern": r"\d{10}|\d{12}"},
        "КПП": {"type": "string", "pattern": r"\d{9}"},
        "Дата договора": {"type": "date"},
        "Отсрочка, дн.": {"type": "number", "minimum": 0},
        "Скидка, %": {"type": "number", "minimum": 0, "maximum": 100},
    },
    "Контактные лица": {
        "ID контакта": {"type": "string", "pattern": ID, "unique": True},
        "ФИО": {"type": "string"},
        "Компания": {"type": "string", "required": True},
        "Телефон": {"type": "string", "pattern": PHONE},
        "Мобильный": {"type": "string", "pattern": PHONE},
        "E-mail": {"type": "string", "pattern": EMAIL},
        "День рождения": {"type": "date"},
    },
    "Сделки": {
        "ID сделки": {"type": "string", "pattern": ID, "unique": True},
        "Компания": {"type": "string", "required": True},
        "Стадия": {"type": "string", "required": True, "enum": list(DEAL_STAGES)},
        "Объём потребности": {"type": "number", "minimum": 0},
        "Цена": {"type": "number", "minimum": 0},
        "Сумма": {"type": "number", "minimum": 0},
        "Дата выявления": {"type": "date"},
        "Срок поставки": {"type": "date"},
        "Дата поставки": {"type": "date"},
    },
}
"""The checks by tab and column; other columns pass."""


def with_pandera(book: str) -> int:
    """How many cells fail, read by pandas through calamine."""
    import pandas
    import pandera.pandas as pandera

    tabs = pandas.read_excel(book, sheet_name=None, engine="calamine", dtype=object)
    failures = 0
    for title, columns in TABS.items():
        schema = pandera.DataFrameSchema(
            {name: pandera.Column(object, _checks(c), nullable=not c.get("required"), unique=c.get("unique", False))
             for name, c in columns.items()}
        )  # fmt: skip
        try:
            schema.validate(tabs[title], lazy=True)
        except pandera.errors.SchemaErrors as errors:
            failures += len(errors.failure_cases)
    return failures


def _checks(column: dict[str, Any]) -> list[Any]:
    import datetime

    import pandera.pandas as pandera

    kinds = {"string": str, "number": (int, float), "date": (datetime.date, datetime.datetime)}
    kind = kinds[column["type"]]
    found = [pandera.Check(lambda cells: cells.map(lambda cell: isinstance(cell, kind)))]
    if "pattern" in column:
        found.append(pandera.Check(lambda cells: cells.astype(str).str.fullmatch(column["pattern"])))
    if "enum" in column:
        found.append(pandera.Check.isin(column["enum"]))
    if "minimum" in column:
        low, high = column["minimum"], column.get("maximum", float("inf"))
        found.append(
            pandera.Check(lambda cells: cells.map(lambda cell: isinstance(cell, (int, float)) and low <= cell <= high))
        )
    return found


def with_frictionless(book: str) -> int:
    """How many cells fail, read by frictionless in its own way."""
    from frictionless import Detector, Dialect, Resource, Schema, system
    from frictionless.formats import ExcelControl

    failures = 0
    for title, columns in TABS.items():
        fields = [_field(name, column) for name, column in columns.items()]
        resource = Resource(
            path=book,
            dialect=Dialect(controls=[ExcelControl(sheet=title)]),
            schema=Schema.from_descriptor({"fields": fields}),
            detector=Detector(schema_sync=True),
        )
        with system.use_context(trusted=True):
            failures += resource.validate().stats["errors"]
    return failures


def _field(name: str, column: dict[str, Any]) -> dict[str, Any]:
    constraints = {key: value for key, value in column.items() if key != "type"}
    return {"name": name, "type": column["type"], "constraints": constraints}


if __name__ == "__main__":
    print({"pandera": with_pandera, "frictionless": with_frictionless}[sys.argv[1]](sys.argv[2]))
