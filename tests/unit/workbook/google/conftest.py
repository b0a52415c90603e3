"""The local Google in its own process."""

from tests.google.conftest import served, server

__all__ = ["served", "server"]
