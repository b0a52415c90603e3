"""Names, phones, addresses and tax numbers of people and firms that do not exist; each is given once."""

from __future__ import annotations

from random import Random

from sheetcrm.fresh.demo.recipe import City, World


class Registry:
    """Gives out what must not be given twice."""

    def __init__(self, world: World, rng: Random) -> None:
        """Begin with nothing given.

        Args:
            world: Whose names and spellings to use.
            rng: The source of chance.
        """
        self._world = world
        self._rng = rng
        self._given: set[str] = set()

    def _once(self, make: str, **slots: str) -> str:
        """A spelling filled with digits that nobody has yet."""
        while True:
            digits = {name: self._rng.randrange(1000 if name == "a" else 100) for name in "abcd"}
            text = make.format(**slots, **digits)
            if text not in self._given:
                self._given.add(text)
                return text

    def landline(self, city: City) -> str:
        """A phone of the city."""
        return self._once(self._world.spelling["landline"], code=city.code)

    def mobile(self) -> str:
        """A mobile phone."""
        return self._once(self._world.spelling["mobile"])

    def address(self, city: City) -> str:
        """A street and a house, the city before them where that is the custom."""
        street = self._rng.choice(self._world.words["streets"])
        address = self._world.spelling["address"].format(street=street, house=self._rng.randint(1, 140))
        if self._world.is_russian:
            return f"{city.postcode}{self._rng.randint(0, 99):03}, {city.name}, {address}"
        return f"{address}, {city.name} {city.postcode}{self._rng.randint(1, 20)}"

    def person(self) -> tuple[str, str]:
        """A full name, and how its e-mail begins."""
        people = self._world.people
        while True:
            is_woman = self._rng.random() < 0.5
            first = self._rng.choice(people["women" if is_woman else "men"])
            surname = self._rng.choice(people["surnames"])
            name = self._full_name(first, surname, is_woman)
            local = f"{latin(first)[0]}.{latin(surname)}"
            if name not in self._given and local not in self._given:
                self._given |= {name, local}
                return name, local

    def _full_name(self, first: str, surname: str, is_woman: bool) -> str:
        if not self._world.is_russian:
            return f"{first} {surname}"
        father = self._rng.choice(self._world.people["fathers"])
        return f"{surname}{'а' if is_woman else ''} {first} {patronymic(father, is_woman)}"

    def inn(self, city: City) -> str:
        """A tax number of a firm in the city, its check digit right."""
        body = self._once(f"{city.tax}{{a:03}}{{b:02}}")
        return body + check_digit(body)


def check_digit(body: str) -> str:
    """The tenth digit of a firm's INN, by the first nine."""
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return str(sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11 % 10)


_IRREGULAR = {"Михаил": "Михайл"}


def patronymic(father: str, is_woman: bool) -> str:
    """A patronymic by the father's first name."""
    stem = _IRREGULAR.get(father, father)
    if stem.endswith("й"):
        return stem[:-1] + ("евна" if is_woman else "евич")
    if stem.endswith("ь"):
        return stem[:-1] + ("евна" if is_woman else "евич")
    return stem + ("овна" if is_woman else "ович")


_LATIN = {
    **dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}


def latin(text: str) -> str:
    """A name as it stands in an e-mail address."""
    return "".join(_LATIN.get(letter, letter) for letter in text.lower() if letter.isalpha())
