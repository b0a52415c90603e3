"""Write the reference from the code: `python docs/generate.py`, or with `--check` only say what is stale."""

import importlib
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from inspect import cleandoc
from pathlib import Path

import click

from sheetcrm.cli.program import COMMANDS, Program
from sheetcrm.errors import Exit, SheetcrmError
from sheetcrm.reports.registry import OURS
from sheetcrm.schema.gates import COMPANY_GATES, DEAL_GATES, GATES, Demand, Gate, Place
from sheetcrm.schema.record import FieldInfo, Record, fields
from sheetcrm.schema.settings import Settings, as_typed, meanings
from sheetcrm.schema.tables import SCHEMA, field_of
from sheetcrm.schema.words import ENUMERATIONS, Enumeration
from sheetcrm.tasks.registry import RULES as TASK_RULES
from sheetcrm.tasks.rule import TaskRule
from sheetcrm.text import say
from sheetcrm.validators.manual import manual
from sheetcrm.validators.registry import RULES
from sheetcrm.validators.rule import Rule

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Written by docs/generate.py; edit the code instead. -->"

EXITS: Mapping[Exit, str] = {
    Exit.DONE: "Done. `validate`: nothing is wrong.",
    Exit.FINDINGS: "`validate` found errors; with `--strict`, warnings too.",
    Exit.USAGE: "The command's words are off.",
    Exit.CANNOT_RUN: "It cannot run: the book is missing, damaged, locked with a password or not a workbook; Google "
    "does not let us in, or does not answer.",
    Exit.BUSY: "The book is open in another program, or changed after it was read; another run wrote into the Google "
    "Sheet.",
    Exit.GUARDED: "A guard refused: going on could lose something of yours.",
    Exit.INTERRUPTED_RUN: "An earlier run was interrupted and awaits recovery.",
    Exit.INTERRUPTED: "You stopped it.",
}


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [header, tuple("-" for _ in header), *rows]
    return "\n".join("|" + "|".join(cell.replace("|", r"\|") for cell in line) + "|" for line in lines)


def page(*parts: str) -> str:
    """Parts with a blank line between them."""
    return "\n\n".join(parts)


def summary(documented: type) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((documented.__doc__ or "").split("\n\n")[0].split())


def prose(manual: str) -> str:
    """A docstring as Markdown: an indented section such as `Source:` becomes a paragraph that begins with its name."""
    return re.sub(
        r"^(\w+):\n((?: {4}.*\n?)+)",
        lambda section: f"*{section[1]}:* {cleandoc(section[2])}",
        cleandoc(manual),
        flags=re.MULTILINE,
    )


def cli() -> str:
    """What every command says to `--help`."""
    program = Program("en")
    context = click.Context(program, info_name="sheetcrm", terminal_width=100)
    return page(
        "# Commands",
        f"```text\n{program.get_help(context).rstrip()}\n```",
        *(command_help(program, name, context) for name in COMMANDS),
    )


def command_help(group: click.Group, name: str, parent: click.Context) -> str:
    """What one command says to `--help`, and what those of a group say."""
    command = group.get_command(parent, name)
    if command is None:
        raise LookupError(name)
    context = click.Context(command, info_name=name, parent=parent, terminal_width=100)
    names = command.list_commands(context) if isinstance(command, click.Group) else []
    return page(
        f"## {context.command_path}",
        f"```text\n{command.get_help(context).rstrip()}\n```",
        *(command_help(command, each, context) for each in names if isinstance(command, click.Group)),
    )


def rules() -> str:
    """The manual of every rule."""
    return page(
        "# Rules of validate",
        "The letter says what a rule is about: S structure, K keys, R references, V values, G gates, H hygiene, F the "
        "firm's own. An error makes `validate` end with 1, a warning does not. A firm adds its own on the tab Rules "
        "([how](../how-to/firm-rules.md)), or in Python through the entry point group `sheetcrm.rules`.",
        table(
            ("Code", "Name", "Severity", "Fault"),
            (
                (f"[{rule.code}](#{rule.code.lower()})", rule.name, rule.severity.value, say(rule.title, "en"))
                for rule in RULES.values()
            ),
        ),
        *(rule_manual(rule) for rule in RULES.values()),
    )


def rule_manual(rule: Rule) -> str:
    """The manual of one rule, with its examples."""
    read = manual(rule)
    where = f" Found in {read.where}." if read.where else ""
    today = f" Today is {read.today}." if read.today else ""
    parts = [f"## {rule.code}", f"**{say(rule.title, 'en')}** (`{rule.name}`, {rule.severity.value})", read.finds]
    if read.why:
        parts.append(f"*Why it matters:* {read.why}")
    if read.broken:
        parts += [f"*Broken:*{where}{today}", f"```text\n{read.broken}\n```"]
    if read.sound:
        parts += ["*Sound:*", f"```text\n{read.sound}\n```"]
    if read.to_do:
        parts.append(f"*What to do:* {read.to_do}")
    return page(*parts)


def reports() -> str:
    """The manual of every report."""
    return page(
        "# Reports",
        "A report is asked for by its word or its code: `sheetcrm report clients.xlsx reactivation`. Each stands on a "
        "tab of its own, which is replaced whole. A firm adds its own through the entry point group "
        "`sheetcrm.reports`.",
        *(
            page(f"## {entry.code} {entry.name}", f"«▦ {entry.title.en}», «▦ {entry.title.ru}»", prose(entry.manual))
            for entry in OURS
        ),
    )


def tasks() -> str:
    """The manual of every task rule."""
    return page(
        "# Task rules",
        "A task has a key made of its rule, its record and its due period, so that a second run adds nothing. It "
        "closes itself when its reason is gone; tasks that people wrote are never touched.",
        *(task_rule(rule) for rule in TASK_RULES.values()),
    )


def task_rule(rule: TaskRule) -> str:
    """The manual of one task rule, and what it tells people to say."""
    return page(f"## {rule.code} {rule.title.en}", f"«{rule.title.ru}»", prose(rule.manual), f"> {rule.script.en}")


def kinds(stop: type[SheetcrmError]) -> Iterable[type[SheetcrmError]]:
    """The kinds of a stop, and theirs."""
    for kind in stop.__subclasses__():
        yield kind
        yield from kinds(kind)


def exit_codes() -> str:
    """The exit codes, and the stops of each."""
    importlib.import_module("sheetcrm.workbook.google")  # it has stops of its own
    stops = sorted(kinds(SheetcrmError), key=lambda stop: (stop.exit_code, stop.__name__))
    return page(
        "# Exit codes",
        "Every command ends with one of these; others than `validate` end with 0 and name the count of findings.",
        table(("Code", "Means"), ((str(code.value), EXITS[code]) for code in Exit)),
        "## Stops",
        'With `--format json` a stop prints `{"version":1,"error":{"code","message","hint"}}`; the codes are:',
        table(
            ("Code", "Exit", "When"),
            ((f"`{stop.__name__.removesuffix('Error')}`", str(stop.exit_code.value), summary(stop)) for stop in stops),
        ),
    )


def workbook() -> str:
    """The tabs and their columns, and the enumerations."""
    return page(
        "# The workbook",
        "Tabs marked ★ stand in a fresh book; the others are added by `sheetcrm enable`. A column is known by either "
        "of its headers, by an alias or by its code; columns may stand in any order. Columns marked ▦ are derived: "
        "`update` rewrites them. A gate names the stage from which a column is asked for; some gates ask for any two "
        "of several ([gates](gates.md)).",
        *(tab(record) for record in SCHEMA.values()),
        "## Values",
        "What the drop-downs offer. The tab Lists adds values and renames them; a code is understood too.",
        *(choices(enumeration) for enumeration in ENUMERATIONS.values()),
    )


def tab(record: type[Record]) -> str:
    """One tab: what it is, and its columns."""
    info = record.info
    ids = f" Ids look like `{info.prefix}-000001`." if info.prefix else ""
    hidden = " Hidden, written by the tool." if info.group == "system" else ""
    return page(
        f"## {info.label.en}{' ★' if info.star else ''}",
        f"«{info.label.ru}», `{info.name}`. {summary(record)}{ids}{hidden}",
        table(
            ("Column", "Колонка", "Code", "Holds", "Gates", "Also known as"),
            (column(field) for field in fields(record).values() if not field.col.hidden),
        ),
    )


def column(field: FieldInfo) -> tuple[str, ...]:
    """One column of a tab, as a row."""
    aliases = ", ".join(dict.fromkeys(field.col.aliases))
    return field.label.en, field.label.ru, f"`{field.code}`", holds(field), " ".join(field.col.gates), aliases


def holds(field: FieldInfo) -> str:
    """What the cells of a column hold."""
    if field.enumeration:
        return f"one of [{field.enumeration}](#{field.enumeration})"
    if field.reference:
        return f"a row of {SCHEMA[field.reference].info.label.en}"
    low, high = field.col.low, field.col.high
    limits = "" if low is None else f", from {low}" if high is None else f", {low}–{high}"
    return field.kind.name + (f", {field.col.unit}" if field.col.unit else "") + limits


def choices(enumeration: Enumeration) -> str:
    """One enumeration and its values."""
    return page(
        f"### {enumeration.name}",
        f"{enumeration.label.en}, «{enumeration.label.ru}»{'' if enumeration.open else '; a firm cannot add to it'}.",
        table(
            ("Value", "Значение", "Code"),
            ((choice.label.en, choice.label.ru, f"`{choice.code}`") for choice in enumeration.choices),
        ),
    )


def gates() -> str:
    """The stages, and what each of them asks for."""
    return page(
        "# Stages and their gates",
        "A stage is borne out by data. Its gates say which columns must hold a valid value; a placeholder such as "
        "“n/a” counts as blank. People may type any stage: where the data does not bear it out, `validate` names every "
        "missing column, and «▦ Stage fact» shows the highest stage that it does.",
        "## Companies",
        stages(ENUMERATIONS["company_stage"], COMPANY_GATES),
        "## Deals",
        stages(ENUMERATIONS["deal_stage"], DEAL_GATES),
        *(gate(each) for each in GATES.values()),
    )


def stages(enumeration: Enumeration, asked: Mapping[str, tuple[Gate, ...]]) -> str:
    """The stages of one kind of record, and the gates of each."""
    return table(
        ("Stage", "Этап", "Asks for"),
        ((*choice.label, asks(asked.get(choice.code, ()))) for choice in enumeration.choices),
    )


def asks(gates: tuple[Gate, ...]) -> str:
    """The gates of a stage as links; the gate of the lost has no section of its own."""
    words = (
        f"[{gate.code}](#{gate.code.lower()})" if gate.code in GATES else "; ".join(map(demand, gate.demands))
        for gate in gates
    )
    return ", ".join(words) or "nothing"


def gate(asking: Gate) -> str:
    """One gate: what it asks for, and what it would like."""
    about = asking.label.en[:1].upper() + asking.label.en[1:]
    enough = "" if asking.at_least is None else f" Any {asking.at_least} of these will do."
    wishes = f"\n\nA warning only: {', '.join(map(place, asking.desirable))}." if asking.desirable else ""
    lines = "\n".join(f"- {demand(each)}" for each in asking.demands)
    return page(f"## {asking.code}", f"{about}, «{asking.label.ru}».{enough}", lines + wishes)


def demand(asked: Demand) -> str:
    """The columns that can fill a demand."""
    return " or ".join(map(place, asked.columns))


def place(column: Place) -> str:
    """A column of a table in words."""
    name, code = column
    return f"{SCHEMA[name].info.label.en}: {field_of(name, code).label.en}"


def settings() -> str:
    """The settings, their defaults and meanings."""
    return page(
        "# Settings",
        "What the tab Settings may hold. A setting that is not there, or blank, has its default; one that cannot be "
        "read is a finding, and the default counts.",
        table(
            ("Setting", "Default", "Meaning", "Значение"),
            ((f"`{name}`", as_typed(Settings(), name), *meaning) for name, meaning in meanings().items()),
        ),
    )


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli,
    "exit-codes.md": exit_codes,
    "gates.md": gates,
    "reports.md": reports,
    "rules.md": rules,
    "settings.md": settings,
    "tasks.md": tasks,
    "workbook.md": workbook,
}


def pages() -> dict[Path, str]:
    """The text of every generated page."""
    return {REFERENCE / name: f"{NOTE}\n\n{write()}\n" for name, write in PAGES.items()}


def stale() -> list[str]:
    """The names of the pages that differ from what the code says now."""
    return [path.name for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]


def main() -> int:
    """Write the pages; with `--check`, write nothing and fail where one is stale."""
    if "--check" in sys.argv:
        for name in stale():
            print(f"docs/reference/{name} is stale; run: python docs/generate.py")
        return 1 if stale() else 0
    for path, text in pages().items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
