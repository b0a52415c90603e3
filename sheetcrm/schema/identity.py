"""By what two rows are suspected to be one client or one person: the match keys of companies and contacts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheetcrm.schema.words import fold, fold_all


def _forms(*forms: str) -> dict[str, str]:
    return {form.casefold(): form for line in forms for form in line.split()}


LEGAL_FORMS: Mapping[str, str] = {
    **_forms(
        "ООО ОАО ЗАО ПАО АО НАО ОДО ИП ЧП ГУП МУП ФГУП ФГБУ МБУ ГБУ МКУ КФХ СПК ТОО АНО НКО ТСЖ СНТ УП ЧУП",
        "LLC LLP PLC GMBH AG SARL BV SRL OY AB SPA",
    ),
    **dict.fromkeys(("ltd", "limited"), "LTD"),
    **dict.fromkeys(("inc", "incorporated", "corp", "corporation"), "INC"),
}
"""A folded word of a firm's name → the legal form that it is."""

_LONG_FORMS: Mapping[str, str] = {
    "общество с ограниченной ответственностью": "ооо",
    "открытое акционерное общество": "оао",
    "закрытое акционерное общество": "зао",
    "публичное акционерное общество": "пао",
    "акционерное общество": "ао",
    "индивидуальный предприниматель": "ип",
}
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([^\s/:?#]+\.[^\s/:?#]+)", re.IGNORECASE)
_CROWDED = frozenset({"vk.com", "t.me", "instagram.com", "facebook.com", "avito.ru", "ok.ru", "youtube.com", "wa.me"})


class FirmName(NamedTuple):
    """A firm's name as it is compared: without quotes, points and case, its legal form apart.

    Attributes:
        bare: Its words.
        form: Its legal form, "" where none is typed.
    """

    bare: str
    form: str


def firm_name(typed: str) -> FirmName:
    """The name as it is compared: «Ромашка» ООО and ООО "РОМАШКА" are one."""
    text = fold(typed)
    for phrase, short in _LONG_FORMS.items():
        text = text.replace(phrase, short)
    return _without_form(re.sub(r"[^\w&+]+", " ", text).split())


def _without_form(words: Sequence[str]) -> FirmName:
    forms = [word for word in words if word in LEGAL_FORMS]
    return FirmName(_bare(words), LEGAL_FORMS[forms[0]] if forms else "")


def _bare(words: Sequence[str]) -> str:
    return " ".join([word for word in words if word not in LEGAL_FORMS]) or " ".join(words)


def bare_names(typed: Sequence[str]) -> list[str]:
    """Each firm's name without its legal form, all at once: a tenth of the time."""
    text = "\n".join(fold_all(typed))
    if text.count("\n") != len(typed) - 1:
        return [firm_name(one).bare for one in typed]
    for phrase, short in _LONG_FORMS.items():
        text = text.replace(phrase, short)
    return [_bare(line.split()) for line in re.sub(r"[^\w&+\n]+", " ", text).split("\n")]


def city_key(typed: str) -> str:
    """The city as it is compared: «г. Пермь» is «Пермь»."""
    return fold(re.sub(r"^\s*(?:г|гор|город)\.?\s+|^\s*г\.", "", typed, flags=re.IGNORECASE))


def phone_keys(value: str) -> tuple[str, ...]:
    """The last ten digits of every phone in a canonical cell."""
    if ";" not in value:
        return (value.lstrip("+")[-10:],)
    return tuple(dict.fromkeys(one.strip(" +")[-10:] for one in value.split(";") if one.strip()))


def email_keys(value: str) -> tuple[str, ...]:
    """Every e-mail in a canonical cell, in lower case."""
    if ";" not in value:
        return (value.lower(),)
    return tuple(dict.fromkeys(one.strip().lower() for one in value.split(";") if one.strip()))


def web_domain(typed: str) -> str:
    """The domain of a web site; "" for none, and for places where many firms have a page."""
    found = _DOMAIN.match(typed.strip())
    domain = found[1].lower() if found else ""
    return "" if domain in _CROWDED else domain
