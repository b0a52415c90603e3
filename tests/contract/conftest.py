"""The local Google, for the adapter that talks to it."""

from tests.google.conftest import served, server

__all__ = ["served", "server"]
