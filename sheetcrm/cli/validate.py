"""`sheetcrm validate`: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import click

from sheetcrm.app.validating import Checked, Judging, validate
from sheetcrm.cli.asked import (
    Asked,
    as_of_option,
    book_argument,
    book_of,
    command,
    dry_run_option,
    google_options,
    recalculate_option,
)
from sheetcrm.cli.screen import print_json, say_line
from sheetcrm.errors import Exit, UsageError
from sheetcrm.text import Lang, msg, say
from sheetcrm.validators.selection import Selection

EXAMPLE = """
sheetcrm validate clients.xlsx
sheetcrm validate clients.xlsx --manager Anna --stage buyer
sheetcrm validate any-list-of-yours.xlsx
sheetcrm validate gsheet:1AbCdEfGh
"""


def build(lang: Lang) -> click.Command:
    """The command, its help in that language."""

    @command(
        lang,
        "validate",
        msg("Check the book. Exit code 1: errors were found. A list that sheetcrm did not make is answered too."),
        EXAMPLE,
    )
    @book_argument()
    @click.option(
        "--stage", metavar="S", help=say(msg("Only companies of this stage with all theirs, or deals."), lang)
    )
    @click.option("--manager", metavar="M", help=say(msg("Only what this manager answers for."), lang))
    @click.option("--table", metavar="T", help=say(msg("Only this tab; the findings are grouped by tab."), lang))
    @click.option("--select", multiple=True, metavar="CODES", help=say(msg("Only these rules: V, or V004,H001."), lang))
    @click.option("--ignore", multiple=True, metavar="CODES", help=say(msg("Not these rules."), lang))
    @as_of_option(lang, msg("The day to judge by; today if left out."))
    @click.option("--strict", is_flag=True, help=say(msg("Warnings count as errors."), lang))
    @click.option(
        "--all", "every", is_flag=True, help=say(msg("Every finding, not the ten worst of each group."), lang)
    )
    @click.option("--tab", is_flag=True, help=say(msg("Write the findings into the book, on the tab ▦ Check."), lang))
    @google_options(lang)
    @recalculate_option(lang)
    @dry_run_option(lang)
    def run(
        asked: Asked,
        stage: str | None,
        manager: str | None,
        table: str | None,
        select: tuple[str, ...],
        ignore: tuple[str, ...],
        as_of: date | None,
        strict: bool,
        every: bool,
        tab: bool,
        recalculate: bool,
        dry_run: bool,
    ) -> int:
        if recalculate and not tab:
            raise UsageError(msg("--recalculate goes with --tab: without it nothing is written."))
        selection = Selection(select, ignore, table or "", manager or "", stage or "")
        judging = Judging(as_of or asked.now.date(), selection, strict, tab and not dry_run, asked.now)
        found = validate(book_of(asked, recalculate=recalculate), judging)
        if isinstance(found, Checked):
            return _tell(found, asked, by_table=bool(table), every=every)
        from sheetcrm.cli.foreign import tell_foreign

        return tell_foreign(found, asked, judging.today, every=every, tab=tab)

    return run


def _tell(checked: Checked, asked: Asked, *, by_table: bool, every: bool) -> int:
    lang = asked.language(checked.opened.base.lang)
    if asked.json:
        print_json(checked.shape(lang))
    elif checked.findings:
        _print(checked, asked, lang, by_table=by_table, every=every)
    else:
        say_line(msg("{book}: nothing is wrong.", book=checked.opened.base.book.name), lang)
    for note in () if asked.json or asked.quiet else checked.notes:
        say_line(note, lang)
    return Exit.FINDINGS if checked.errors else Exit.DONE


def _print(checked: Checked, asked: Asked, lang: Lang, *, by_table: bool, every: bool) -> None:
    # Printing needs rich; a clean book is answered without it.
    from sheetcrm.cli.findings import print_groups, print_kinds, tally

    findings = checked.findings
    found = tally(checked.errors, len(findings) - checked.errors)
    if not asked.quiet:
        print_groups(findings, lang, checked.opened.base.book.urls, by_table=by_table, every=every)
        print_kinds(Counter(finding.code for finding in findings), checked.titles, lang)
    say_line(msg("{book}: {found}.", book=checked.opened.base.book.name, found=found), lang)
