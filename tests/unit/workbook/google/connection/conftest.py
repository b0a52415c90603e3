"""A machine on which nobody has signed in to anything, and the local Google."""

import os
from pathlib import Path

import pytest

from tests.google.conftest import key, private_key, served, server
from tests.unit.workbook.google.connection.wire import Script, Timing

__all__ = ["key", "private_key", "served", "server"]


@pytest.fixture(autouse=True)
def nobody_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No credentials of whoever runs the tests, and no look for the metadata server of a machine of Google's."""
    for name in [*os.environ]:
        if name.upper().endswith("_PROXY") or name.startswith(("GOOGLE_", "SHEETS_", "GCE_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GCE_METADATA_IP", "127.0.0.1:1")
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path / "gcloud"))
    for name in ("HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def timing() -> Timing:
    return Timing()


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """Google as a list of answers: whatever is sent, by whichever session, gets the next one."""
    script = Script()
    monkeypatch.setattr("requests.Session.get_adapter", lambda self, url: script)
    return script
