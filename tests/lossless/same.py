"""Whether two pieces of XML say the same: names, attributes, texts, order, comments, prefixes in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from lxml import etree

from tests.lossless.opened import attributes, local

Norm = Callable[[str], str]
"""How a text is seen before it is compared."""

_PREFIXED = ("Ignorable", "Requires", "MustUnderstand", "ProcessContent")


def as_it_is(text: str) -> str:
    """The text, seen as it is."""
    return text


def differing(
    before: etree._Element,
    after: etree._Element,
    more: bool = False,
    norm: Norm = as_it_is,
    path: str = "",
) -> Iterator[str]:
    """How the second differs from the first, each difference with its path.

    Args:
        before: What was.
        after: What is.
        more: Whether it may hold more children and attributes, anywhere.
        norm: How texts are seen before they are compared.
        path: Where the elements stand.
    """
    here = f"{path}/{local(before)}"
    if before.tag != after.tag:
        yield f"{here}: became {local(after)}"
        return
    yield from _attributes(before, after, more, norm, here)
    yield from _prefixes(before, after, here)
    if norm(_text(before)) != norm(_text(after)):
        yield f"{here}: text {_text(before)!r} became {_text(after)!r}"
    yield from _children(before, after, more, norm, here)


def same(before: etree._Element, after: etree._Element, more: bool = False, norm: Norm = as_it_is) -> bool:
    """Whether there is no difference."""
    return next(differing(before, after, more, norm), None) is None


def _attributes(before: etree._Element, after: etree._Element, more: bool, norm: Norm, here: str) -> Iterator[str]:
    old, new = attributes(before), attributes(after)
    for key in old.keys() - new.keys():
        yield f"{here}@{_short(key)}: lost"
    for key in old.keys() & new.keys():
        counted = more and _short(key) in ("count", "uniqueCount")
        if not counted and norm(old[key]) != norm(new[key]):
            yield f"{here}@{_short(key)}: {old[key]!r} became {new[key]!r}"
    if not more:
        for key in new.keys() - old.keys():
            yield f"{here}@{_short(key)}: added"


def _prefixes(before: etree._Element, after: etree._Element, here: str) -> Iterator[str]:
    """Prefixes that values speak of must still mean the same namespaces."""
    for key, value in attributes(before).items():
        if _short(key) in _PREFIXED:
            for prefix in value.split():
                if before.nsmap.get(prefix) != after.nsmap.get(prefix):
                    yield f"{here}@{_short(key)}: prefix {prefix} lost"
    if before.getparent() is None:
        for lost in before.nsmap.items() - after.nsmap.items():
            yield f"{here}: namespace prefix {lost[0]} lost"


def _children(before: etree._Element, after: etree._Element, more: bool, norm: Norm, here: str) -> Iterator[str]:
    old, new = list(before), list(after)
    if more:
        yield from _among(old, new, norm, here)
    elif [child.tag for child in old] != [child.tag for child in new]:
        yield from _other_children(old, new, here)
    else:
        for number, (one, other) in enumerate(zip(old, new, strict=True), 1):
            where = f"{here}[{number}]" if len(old) > 1 else here
            yield from differing(one, other, more, norm, where)
            if _tail(one) != _tail(other):
                yield f"{where}/{local(one)}: the text behind it changed"


def _other_children(old: list[etree._Element], new: list[etree._Element], here: str) -> Iterator[str]:
    names, others = Counter(map(local, old)), Counter(map(local, new))
    for name in names - others:
        yield f"{here}/{name}: lost"
    for name in others - names:
        yield f"{here}/{name}: added"
    if names == others:
        yield f"{here}: children in another order"


def _among(old: list[etree._Element], new: list[etree._Element], norm: Norm, here: str) -> Iterator[str]:
    """The old children must all be found among the new, in their order."""
    at = 0
    for child in old:
        kin = [index for index in range(at, len(new)) if new[index].tag == child.tag]
        found = next((index for index in kin if same(child, new[index], True, norm)), None)
        if found is not None:
            at = found + 1
        elif len(kin) == 1 and sum(one.tag == child.tag for one in old) == 1:
            yield from differing(child, new[kin[0]], True, norm, here)
        else:
            yield f"{here}/{local(child)}{_label(child)}: lost"


def _label(element: etree._Element) -> str:
    """What tells an element from its kin."""
    for key in ("name", "sqref", "ref", "uri", "Id", "PartName"):
        if element.get(key):
            return f"[{element.get(key)}]"
    return ""


def _short(key: str) -> str:
    return key.rpartition("}")[2]


def _text(element: etree._Element) -> str:
    text = str(element.text or "")
    return "" if len(element) and not text.strip() else text


def _tail(element: etree._Element) -> str:
    tail = str(element.tail or "")
    return tail if tail.strip() else ""
