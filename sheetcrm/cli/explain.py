"""`sheetcrm explain`: the manual of a rule, a report or a task rule."""

from __future__ import annotations

from itertools import groupby

import click

from sheetcrm.app.explaining import Entry, Explained, entries, explain
from sheetcrm.cli.asked import Asked, command
from sheetcrm.cli.screen import console, print_json, print_table, say_line
from sheetcrm.text import Lang, Message, msg, say
from sheetcrm.validators.manual import Manual

EXAMPLE = """
sheetcrm explain
sheetcrm explain V004
sheetcrm explain reactivation
"""

_KINDS = {"rule": msg("Rules of the check"), "report": msg("Reports"), "task": msg("Task rules")}


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(
        lang, "explain", msg("Print the manual of a rule, a report or a task rule; without a code, list all."), EXAMPLE
    )
    @click.argument("code", required=False, metavar="[CODE]")
    def run(asked: Asked, code: str | None) -> None:
        said = asked.language(asked.spoken)
        if code is None:
            found = entries()
            if asked.json:
                print_json({"entries": [_shape(entry, said) for entry in found]})
            else:
                _print_all(found, said)
            return
        explained = explain(code, said)
        if asked.json:
            print_json(_manual_shape(explained, said))
        else:
            _print_manual(explained, said)

    return run


def _print_all(found: list[Entry], lang: Lang) -> None:
    for kind, group in groupby(found, lambda entry: entry.kind):
        say_line(_KINDS[kind], lang, bold=True)
        rows = [[f"  {entry.code}", say(entry.title, lang), entry.name, entry.severity] for entry in group]
        print_table(["", "", "", ""], rows)
        click.echo()


def _print_manual(explained: Explained, lang: Lang) -> None:
    from rich.text import Text

    screen = console()
    entry = explained.entry
    screen.print(
        Text.assemble((entry.code, "bold"), "  ", (say(entry.title, lang), "bold"), (f"  {entry.name}", "dim"))
    )
    screen.print()
    screen.print(Text(explained.text))
    for title, body in _sections(explained):
        screen.print()
        screen.print(Text(say(title, lang), "bold"))
        screen.print(Text(body))


def _sections(explained: Explained) -> list[tuple[Message, str]]:
    sections = [(msg("What to say"), explained.script)]
    if explained.rule is not None:
        sections += _rule_sections(explained.rule)
    return [(title, body) for title, body in sections if body]


def _rule_sections(manual: Manual) -> list[tuple[Message, str]]:
    return [
        (msg("Why it matters"), manual.why),
        (msg("Broken"), manual.broken + (f"\n→ {manual.where}" if manual.where else "")),
        (msg("Sound"), manual.sound),
        (msg("What to do"), manual.to_do),
    ]


def _shape(entry: Entry, lang: Lang) -> dict[str, str]:
    return {
        "kind": entry.kind,
        "code": entry.code,
        "name": entry.name,
        "title": say(entry.title, lang),
        "severity": entry.severity,
    }


def _manual_shape(explained: Explained, lang: Lang) -> dict[str, object]:
    rule = explained.rule
    shape: dict[str, object] = {**_shape(explained.entry, lang), "text": explained.text}
    if rule is not None:
        shape |= {"why": rule.why, "broken": rule.broken, "where": rule.where, "sound": rule.sound, "to_do": rule.to_do}
    if explained.script:
        shape["script"] = explained.script
    return shape
