"""Books that a write would harm as a whole, whatever it writes: signed ones and shared ones."""

from __future__ import annotations

from sheetcrm.errors import GuardError
from sheetcrm.text import msg
from sheetcrm.workbook.xlsx.package import Package
from sheetcrm.workbook.xlsx.parts import relations, workbook_part

_SHARED = {"revisionHeaders", "usernames"}


def check_writable(package: Package, force: bool) -> None:
    """Do nothing if the book may be changed.

    Args:
        package: The book, opened.
        force: Whether its owner accepts what the change does to the signature or to the history.

    Raises:
        GuardError: If it is signed, or keeps the change history of a shared book.
    """
    if force:
        return
    _check_unsigned(package)
    _check_unshared(package)


def _check_unsigned(package: Package) -> None:
    for relation in relations(package, ""):
        if relation.kind == "origin" and not relation.external:
            raise GuardError(
                msg(
                    "{book} is digitally signed (part {part}), and any change would void the signature.",
                    book=package.name,
                    part=relation.target,
                ),
                msg("Work in a copy without it: in Excel choose File, Info, View Signatures, Remove Signature."),
            )


def _check_unshared(package: Package) -> None:
    for relation in relations(package, workbook_part(package)):
        if relation.kind in _SHARED and not relation.external:
            raise GuardError(
                msg(
                    "{book} is a shared book that keeps the history of its changes (part {part}); ours would not be "
                    "in it.",
                    book=package.name,
                    part=relation.target,
                ),
                msg("In Excel choose Review, Unshare Workbook, save, and run the command again."),
            )
