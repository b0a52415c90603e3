"""The local Google, in this process or served, and a service account's key for it."""

from collections.abc import Iterator
from typing import Any

import gspread
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from google.auth.credentials import CredentialsWithRegionalAccessBoundary

from tests.google.local import Asked, Book, Local, Served, serving


@pytest.fixture(autouse=True)
def no_lookup_at_google(monkeypatch: pytest.MonkeyPatch) -> None:
    """google-auth asks iamcredentials.googleapis.com in the background where a key may be used; no test does."""
    name = "_is_regional_access_boundary_lookup_required"
    monkeypatch.setattr(CredentialsWithRegionalAccessBoundary, name, lambda _: False)


@pytest.fixture
def local() -> Local:
    return Local()


@pytest.fixture
def book(local: Local) -> Book:
    """An American book with one empty tab of 100 × 10."""
    return local.book()


@pytest.fixture
def russian(local: Local) -> Book:
    return local.book(locale="ru_RU")


@pytest.fixture(scope="session")
def server() -> Iterator[Served]:
    with serving() as running:
        yield running


@pytest.fixture
def served(server: Served) -> Served:
    """The local Google in its own process, with nothing in it."""
    server.control("POST", "reset")
    return server


@pytest.fixture
def asked(served: Served) -> Iterator[Asked]:
    """The served Google, asked over HTTP without a client's library."""
    with requests.Session() as session:
        yield Asked(served.url, session)


@pytest.fixture(scope="session")
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture
def key(served: Served, private_key: str) -> dict[str, Any]:
    """A service account's key file whose token_uri is local."""
    return {
        "type": "service_account",
        "project_id": "local",
        "private_key_id": "1",
        "private_key": private_key,
        "client_email": "robot@local.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": f"{served.url}/token",
    }


@pytest.fixture
def client(served: Served, key: dict[str, Any]) -> Iterator[gspread.Client]:
    """gspread, as the service account of that key."""
    client = served.client(key)
    yield client
    client.http_client.session.close()
