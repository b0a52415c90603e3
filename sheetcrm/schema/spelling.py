"""Phones, e-mails and tax numbers as people type them: what is good in a cell, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sheetcrm.text import Message, msg

if TYPE_CHECKING:
    from phonenumbers import PhoneNumberDesc

_SEPARATORS = re.compile(r"[,;/\n]+")
_EXTENSION = re.compile(r"(?:доб(?:авочный)?|вн(?:утр(?:енний)?)?|ext|x|#)\.?\s*:?\s*\d{1,6}\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[\d(][\d\s().\-\u00a0\u2010-\u2014\u2212]*\d")
_REPEATED = frozenset(digit * length for digit in "0123456789" for length in range(1, 16))
_USUAL = str.maketrans("", "", " ()-")
_TYPES = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)


def is_filler(typed: str) -> bool:
    """Whether the cell is filled only to look filled: `0`, one digit repeated, `1@1.ru`."""
    text = typed.strip().lower()
    if re.fullmatch(r"\w@\w\.\w{2,3}", text):
        return True
    digits = re.sub(r"\D", "", text)
    return bool(digits) and len(set(digits.removeprefix("7") or digits)) == 1 and not re.search(r"[^\W\d]", text)


def parts(typed: str) -> list[str]:
    """The phones of a cell, one by one, as typed."""
    return [part.strip() for part in _SEPARATORS.split(typed)]


_NO_LINES = re.compile(r"^().*$", re.MULTILINE)
"""For regions whose trunk prefix is none, or more than a prefix."""


class Phones:
    """Reads phones of a default region; phonenumbers decides, its own patterns give the fast path."""

    def __init__(self, region: str) -> None:
        """Take the region's ISO code, `RU`."""
        self.region = region

    @cached_property
    def example(self) -> str:
        """A mobile number of the region, as it is written there with the country's code."""
        if self.region == "RU":
            return "+7 912 345-67-89"
        from phonenumbers import PhoneNumberFormat, PhoneNumberType, example_number_for_type, format_number

        number = example_number_for_type(self.region, PhoneNumberType.MOBILE)
        return format_number(number, PhoneNumberFormat.INTERNATIONAL) if number else "+44 7400 123456"

    def read(self, typed: str) -> tuple[list[str], list[Message]]:
        """Split a cell into phones.

        Returns:
            The good ones as E.164, in order, and what is wrong with each of the others.
        """
        good: list[str] = []
        bad: list[Message] = []
        for part in parts(typed):
            part = _EXTENSION.sub("", part).strip()
            found = _NUMBER.search(part)
            if found is None:
                continue
            number = found.group()
            phone = None if re.fullmatch(r"\d+\.0+", number) else self.normal(number)
            if phone is not None:
                good.append(phone)
            else:
                bad.append(self._fault(part, number))
        if not good and not bad:
            bad.append(msg("no phone number in it"))
        return good, bad

    def _fault(self, part: str, number: str) -> Message:
        digits = sum(map(str.isdigit, number))
        if self.region == "RU" and not number.startswith("+") and digits not in (10, 11):
            return msg(
                "phone “{phone}” has {digits} digits; a Russian number has 10 after +7", phone=part, digits=digits
            )
        return msg("phone “{phone}” is not a number that exists", phone=part)

    def read_many(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells that hold nothing but one number of the region in a usual spelling, each with its E.164."""
        if not cells:
            return {}
        found = self._lines.findall("\n".join(cells).translate(_USUAL))
        code = f"+{self._country}"
        return {
            cell: code + national
            for cell, national in zip(cells, found, strict=True)
            if national and national not in _REPEATED
        }

    def normal(self, number: str) -> str | None:
        """One phone as E.164, or None where there is no such number."""
        usual = self._lines.fullmatch(number.translate(_USUAL))
        if usual is not None and usual[1]:
            return f"+{self._country}{usual[1]}"
        import phonenumbers  # only an unusual one needs it

        try:
            parsed = phonenumbers.parse(number, self.region)
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_valid_number(parsed):
            return None
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)

    @cached_property
    def _country(self) -> int:
        from phonenumbers import country_code_for_region

        return int(country_code_for_region(self.region))

    @cached_property
    def _lines(self) -> re.Pattern[str]:
        """Lines of digits that are numbers of the region, by the library's own patterns of each type of line.

        The national number is the group. Before it may stand the country code or the trunk prefix; the code without
        a plus only where the whole could not be a number at home, and nothing only where it begins with neither.
        """
        from phonenumbers import PhoneMetadata

        metadata = PhoneMetadata.metadata_for_region(self.region, None)
        trunk = metadata.national_prefix if metadata is not None else None
        if metadata is None or not trunk or trunk != metadata.national_prefix_for_parsing:
            return _NO_LINES
        if metadata.national_prefix_transform_rule or metadata.general_desc is None:
            return _NO_LINES
        code, home = metadata.country_code, metadata.general_desc.national_number_pattern
        kinds = (getattr(metadata, name) for name in _TYPES)
        national = "|".join(_of_kind(kind) for kind in kinds if kind and kind.possible_length)
        prefix = rf"(?:\+{code}|{trunk}|(?!(?:{home})$){code}|(?!{trunk}|{code}))"
        return re.compile(rf"^{prefix}(?=(?:{home})$)({national})$|^.*$", re.MULTILINE)


def _of_kind(kind: PhoneNumberDesc) -> str:
    """Numbers of one type of line, as a pattern: how many digits they have, and which."""
    lengths = "|".join(rf"\d{{{length}}}" for length in kind.possible_length)
    return rf"(?=(?:{lengths})$)(?:{kind.national_number_pattern})"


_EMAIL = re.compile(
    r"[a-z0-9_+\-]+(?:\.[a-z0-9_+\-]+)*@(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z]{2,18}", re.IGNORECASE
)


def emails(typed: str) -> tuple[list[str], list[Message]]:
    """Split a cell into e-mails: the good ones with the domain in lower case, and what is wrong with the others."""
    good: list[str] = []
    bad: list[Message] = []
    for part in re.split(r"[,;/\s]+", typed.strip()):
        address = part.strip("<>()")
        if not address:
            continue
        if _EMAIL.fullmatch(address):
            local, _, domain = address.rpartition("@")
            good.append(f"{local}@{domain.lower()}")
        elif "@" in address and "." in address.rpartition("@")[2] and (normal := _international(address)) is not None:
            good.append(normal)
        elif "@" in address or not good:
            bad.append(msg("“{email}” is not an e-mail address", email=address))
    return good, bad


def _international(address: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        return None


def inn(typed: str) -> tuple[str | None, Message | None]:
    """A Russian tax number: its digits, or what is wrong with it."""
    from stdnum.exceptions import InvalidChecksum, ValidationError
    from stdnum.ru import inn as library

    text = re.sub(r"[\s\u00a0\-]", "", typed)
    # A spreadsheet eats a leading zero; with it restored, the check digit tells whether that was it.
    restored = "0" + text if text.isdigit() and len(text) in (9, 11) else text
    try:
        return str(library.validate(restored)), None
    except InvalidChecksum:
        if restored is text:
            return None, msg("not an INN: the check digit does not match")
    except ValidationError:
        pass
    return None, msg("not an INN: it has {digits} characters; a firm's has 10, a person's 12", digits=len(text))
