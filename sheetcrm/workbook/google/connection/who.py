"""As whom we come to Google: who it is, and where the credentials came from; never a secret."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sheetcrm.text import Message, msg


class Kind(StrEnum):
    """What kind of account it is."""

    SERVICE_ACCOUNT = "service_account"
    PERSON = "person"
    OTHER = "other"
    NOBODY = "nobody"


class Source(StrEnum):
    """Where the credentials were found, in the order in which they are looked for."""

    ASKED = "asked"
    ENVIRONMENT = "environment"
    FOLDER = "folder"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Who:
    """Who we are to Google.

    Attributes:
        kind: What kind of account.
        source: Where the credentials were found.
        email: The address to share a sheet with; "" where it isn't known, as of a person.
        path: The file they were read from; "" where it was none of ours.
    """

    kind: Kind
    source: Source
    email: str = ""
    path: str = ""

    @property
    def told(self) -> Message:
        """One line for a person."""
        match self.kind:
            case Kind.SERVICE_ACCOUNT:
                return msg("the service account {email} ({where})", email=self.email, where=self._where)
            case Kind.PERSON:
                return msg("a person who signed in ({where})", where=self._where)
            case Kind.OTHER:
                return msg("the account of this computer ({where})", where=self._where)
            case Kind.NOBODY:
                return msg("nobody in particular: no credentials were found, and the local stand-in asks for none")

    @property
    def _where(self) -> Message | str:
        return self.path or msg("from Google's own tools")
