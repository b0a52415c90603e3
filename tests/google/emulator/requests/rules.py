"""Data validation and conditional formats: checked, kept and told. They are not carried out."""

from __future__ import annotations

from tests.google.emulator import colours, conditions
from tests.google.emulator.book import Book, Sheet
from tests.google.emulator.call import Call
from tests.google.emulator.errors import Json, invalid
from tests.google.emulator.ranges import from_grid, within

_PART = "conditionalFormats"


def _set_validation(book: Book, arguments: Json, _: Call) -> None:
    area = within(from_grid(book, arguments.get("range", {})))
    rule = arguments.get("rule")
    if rule is not None:
        conditions.check(book, rule.get("condition", {}), conditions.VALIDATION)
    for row in area.rows:
        for column in area.columns:
            cell = {name: part for name, part in area.sheet.cell(row, column).items() if name != "dataValidation"}
            area.sheet.put(row, column, cell if rule is None else {**cell, "dataValidation": rule})


def _check_rule(book: Book, rule: Json) -> Sheet:
    ranges = [within(from_grid(book, one)) for one in rule.get("ranges", [])]
    if not ranges:
        raise invalid("rule.ranges must not be empty.")
    if any(area.sheet is not ranges[0].sheet for area in ranges):
        raise invalid("All ranges of a rule must be on the same sheet.")
    if ("booleanRule" in rule) == ("gradientRule" in rule):
        raise invalid("A rule must have one of booleanRule or gradientRule.")
    if "booleanRule" in rule:
        conditions.check(book, rule["booleanRule"].get("condition", {}), conditions.FORMATTING)
    return ranges[0].sheet


def _add(book: Book, arguments: Json, _: Call) -> None:
    rule, index = colours.twice(arguments.get("rule", {})), arguments.get("index", 0)
    rules = _check_rule(book, rule).listed(_PART)
    if not 0 <= index <= len(rules):
        raise invalid(f"index[{index}] is out of bounds.")
    rules.insert(index, rule)


def _named(book: Book, arguments: Json) -> tuple[list[Json], int]:
    sheet = book.sheet(arguments.get("sheetId", 0))
    rules, index = sheet.listed(_PART), arguments.get("index", 0)
    if not 0 <= index < len(rules):
        raise invalid(f"No conditional format on sheet: {sheet.id} at index: {index}")
    return rules, index


def _update(book: Book, arguments: Json, _: Call) -> Json:
    if "rule" in arguments and "sheetId" not in arguments:
        arguments = {**arguments, "sheetId": _check_rule(book, arguments["rule"]).id}
    rules, index = _named(book, arguments)
    old = rules[index]
    if "rule" in arguments:
        _check_rule(book, arguments["rule"])
        rules[index] = colours.twice(arguments["rule"])
        return {"oldRule": old, "oldIndex": index, "newRule": rules[index], "newIndex": index}
    target = arguments.get("newIndex", 0)
    if not 0 <= target <= len(rules):
        raise invalid(f"newIndex[{target}] is out of bounds.")
    rules.insert(target, rules.pop(index))
    return {"oldRule": old, "oldIndex": index, "newRule": old, "newIndex": target}


def _delete(book: Book, arguments: Json, _: Call) -> Json:
    rules, index = _named(book, arguments)
    return {"rule": rules.pop(index)}


HANDLERS = {
    "setDataValidation": _set_validation,
    "addConditionalFormatRule": _add,
    "updateConditionalFormatRule": _update,
    "deleteConditionalFormatRule": _delete,
}
