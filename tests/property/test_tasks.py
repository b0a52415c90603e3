"""What holds for the tasks of any firm: a second run is idle, a day has its bounds, typing is never lost."""

from collections import Counter
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sheetcrm.schema.base import load
from sheetcrm.tasks.workdays import after_workdays
from tests.books import TODAY
from tests.unit.tasks.running import ACTIVITIES, MANAGERS, TASKS, Desk

CAP = 3
day = st.integers(-400, 40).map(lambda days: (TODAY + timedelta(days=days)).isoformat())
maybe_day = st.one_of(st.just(""), day)
manager = st.sampled_from(["Petrov", "Ivanova", "Leaver", "", "Nobody"])
stage = st.sampled_from(["lead", "prospect", "sale", "buyer", "lost", ""])
name = st.sampled_from(["Rose", "Lily", "Iris", "Tulip", "rose"])

company = st.tuples(name, stage, manager, st.sampled_from("ABCD"), maybe_day, maybe_day)
deal = st.tuples(name, st.sampled_from(["need", "agreed", "lost", "settled"]), manager, maybe_day, maybe_day)
past = st.integers(-300, 0).map(lambda days: (TODAY + timedelta(days=days)).isoformat())
activity = st.tuples(
    past, st.sampled_from(["call", "note"]), name, st.sampled_from(["reached", "not_reached"]), maybe_day
)
task = st.tuples(name, manager, maybe_day, st.sampled_from(["New", "Done", "In work", ""]))


def table(header: str, rows: list[tuple[str, ...]], line: str) -> str:
    return "\n".join([header, *(line.format(f"{n:06d}", *row) for n, row in enumerate(rows, 1))])


@st.composite
def firms(draw: st.DrawFn) -> Desk:
    def rows(of: st.SearchStrategy[tuple[str, ...]]) -> list[tuple[str, ...]]:
        return draw(st.lists(of, max_size=6))

    companies = "Company ID|Name|Stage|Manager|Category|▦ Created on|Next contact"
    deals = "Deal ID|Company|Stage|Manager|Due date|Delivered on|Amount"
    return Desk(
        {
            "Companies": table(companies, rows(company), "C-{}|{}|{}|{}|{}|{}|{}"),
            "Deals": table(deals, rows(deal), "D-{}|{}|{}|{}|{}|{}|100"),
            "Activities": table(ACTIVITIES, rows(activity), "A-{}|{}|{}|out|{}||Petrov|{}||{}|"),
            "Tasks": table(TASKS, rows(task), "T-{}|Do it|{}|{}|{}|2|{}|||||||"),
            "Managers": MANAGERS.rstrip() + "\nM-000003|Leaver|seller|2026-01-01|",
            "Settings": f"Name|Value\ntasks_a_day|{CAP}",
        }
    )


words = st.sampled_from(["", "wants samples", "15.12 call back", "25.12.2026", "some day"])
typed_line = st.fixed_dictionaries(
    {"tick": st.sampled_from(["", "x", "☑", "perhaps"]), "summary": words, "next_step": words}
)


@settings(max_examples=60)
@given(firms())
def test_a_second_run_of_the_day_changes_nothing(desk: Desk) -> None:
    first = desk.run()
    second = desk.run()
    assert second.changes == []
    assert second.tabs == first.tabs


@settings(max_examples=60)
@given(firms())
def test_no_rule_fills_a_managers_day_beyond_its_bound(desk: Desk) -> None:
    run = desk.run()
    near = after_workdays(TODAY, 3)
    own = Counter(one.manager for one in run.planned.kept if one.due is None or one.due <= near)
    added = Counter(one.manager for one in run.planned.created)
    assert all(count + own[manager] <= CAP for manager, count in added.items())
    assert all(added[manager] + own[manager] >= CAP for manager in run.planned.backlog)


@settings(max_examples=60)
@given(firms(), st.data())
def test_what_is_typed_is_logged_or_still_stands_there(desk: Desk, data: st.DataObject) -> None:
    open_tasks = [one for one in desk.run().planned.tasks if one.manager >= 0]
    lines = {one.id: data.draw(typed_line) for one in open_tasks}
    for id, cells in lines.items():
        desk.type(id, **cells)
    run = desk.run()
    base = load(desk.workbook.read())
    logged = "\n".join(base.texts("activities", "summary") + base.texts("tasks", "result"))
    standing = {str(row[1]): row for tab in run.tabs for row in (r.values for r in tab.rows) if len(row) > 1}
    for id, cells in lines.items():
        if cells["tick"] in ("x", "☑"):
            assert id not in standing
            assert cells["summary"] in logged
            step = cells["next_step"]
            assert not step or step in logged or step.split(" ")[0].startswith(("15.12", "25.12"))
        elif any(cells.values()):
            assert {value for value in cells.values() if value} <= set(standing[id])
    assert desk.run().changes == []
