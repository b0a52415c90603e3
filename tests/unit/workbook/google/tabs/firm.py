"""Every tab that sheetcrm makes for the demo firm."""

from __future__ import annotations

from functools import cache

from sheetcrm.fresh.tabs import fresh_tabs
from sheetcrm.reports.native import native_tabs
from sheetcrm.reports.pivot import Ask, counting, told
from sheetcrm.reports.question import question
from sheetcrm.reports.registry import OURS
from sheetcrm.reports.show import to_tab
from sheetcrm.schema.base import load
from sheetcrm.schema.facts import Facts
from sheetcrm.schema.ids import mint
from sheetcrm.schema.tables import recognise
from sheetcrm.tab import Tab
from sheetcrm.tasks.answers import take
from sheetcrm.tasks.plan import plan
from sheetcrm.tasks.rule import Situation
from sheetcrm.tasks.staff import Staff
from sheetcrm.tasks.tabs import task_tabs
from sheetcrm.text import Lang
from sheetcrm.validators.checking import check
from sheetcrm.validators.show import check_tab
from sheetcrm.workbook.memory import MemoryWorkbook
from tests.books import TODAY
from tests.unit.tasks.running import NOW


@cache
def firm_tabs(lang: Lang) -> tuple[Tab, ...]:
    """The tabs of a fresh book, all reports, the managers' task tabs, the check, and a native pivot with its data."""
    fresh = fresh_tabs(lang, "wholesale", TODAY, demo=True)
    workbook = MemoryWorkbook(recognise)
    workbook.write((), fresh, "")
    base = load(workbook.read())
    facts = Facts(base, TODAY)
    situation = Situation(facts, Staff(base, TODAY))
    asked = counting(facts, Ask(("territory", "manager"), ("deal_stage",), ("sum:amount", "share", "count")), "")
    taken = take(base, mint(base).issued, NOW)
    return (
        *fresh,
        *(to_tab(entry.compute(question(facts, "")), base, lang) for entry in OURS),
        *task_tabs(situation, plan(situation, taken), taken.lines),
        check_tab(check(facts), base, TODAY),
        *native_tabs(asked, told(asked), lang),
    )
