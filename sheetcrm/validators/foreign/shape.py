"""The answer to a list that isn't ours as JSON: the section `list` of `validate --format json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetcrm.findings import Place
from sheetcrm.text import Lang, say
from sheetcrm.validators.foreign.answer import ColumnRead, ForeignAnswer, headline
from sheetcrm.validators.foreign.notes import Note
from sheetcrm.validators.foreign.questions import Question

Json = Mapping[str, object]


def list_section(answer: ForeignAnswer, lang: Lang) -> Json:
    """Everything but the findings, which stand beside it; messages in `lang`, labels of ours in English."""
    return {
        "headline": say(headline(answer), lang),
        "sheets": list(answer.sheets),
        "left_out": dict(answer.left_out),
        "rows": answer.rows,
        "not_records": dict(answer.asides),
        "columns": len(answer.columns),
        "understood": [_column(column) for column in answer.columns if column.understood],
        "not_understood": [_column(column) for column in answer.columns if not column.understood],
        "counts": dict(answer.counts),
        "questions": [_question(question, lang) for question in answer.questions],
        "notes": [_note(note, lang) for note in answer.notes],
        "ready": {"rows": answer.ready, "wanting": _addresses(answer.wanting)},
        "phone_region": answer.region,
        "next": [say(step, lang) for step in answer.next_steps],
    }


def _column(column: ColumnRead) -> Json:
    return {
        "sheet": column.place.sheet,
        "cell": column.place.cell,
        "header": column.header,
        "table": column.table.en if column.table else None,
        "column": column.place.field if column.field else None,
        "row_numbers": column.counter,
        "by": column.how.value if column.how else None,
        "filled": column.filled,
        "good": round(column.good, 4),
        "example": column.example,
    }


def _question(question: Question, lang: Lang) -> Json:
    return {
        "about": question.about,
        "message": say(question.message, lang),
        "rows": question.rows,
        "cells": _addresses(question.places),
        "clue": say(question.clue, lang) if question.clue else None,
        "words": [
            {"word": word.typed, "rows": word.rows, "means": word.means.en if word.means else None, "sure": word.sure}
            for word in question.words
        ],
    }


def _note(note: Note, lang: Lang) -> Json:
    return {"message": say(note.message, lang), "cells": _addresses(note.places)}


def _addresses(places: Sequence[Place]) -> list[str]:
    return [place.address for place in places]
