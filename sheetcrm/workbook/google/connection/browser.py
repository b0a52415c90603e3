"""What the browser brings back when a person has agreed: listened for on this machine only."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

_HOST = "127.0.0.1"


class Listener(HTTPServer):
    """Waits on a free port for one answer.

    Attributes:
        page: What the person reads at the end.
        brought: The address with which the browser came back; "" until it does.
    """

    # Otherwise another program could take the same port on Windows.
    allow_reuse_address = False

    def __init__(self, page: str) -> None:
        """Listen at once: the browser may be quick."""
        super().__init__((_HOST, 0), _Handler)
        self.page = page
        self.brought = ""

    @property
    def address(self) -> str:
        """Where the browser is to go."""
        return f"http://{_HOST}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a connection that breaks off brings nothing, and the next one may."""

    def wait(self, patience: float) -> str:
        """The address with which the browser came back; "" if it did not within so many seconds."""
        until = time.monotonic() + patience
        while not self.brought and (left := until - time.monotonic()) > 0:
            self.timeout = left
            self.handle_request()
        return self.brought


class _Handler(BaseHTTPRequestHandler):
    server: Listener
    # A browser may connect ahead and say nothing.
    timeout = 5

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the address holds the code."""

    def do_GET(self) -> None:  # the name is the library's
        """Take what was brought; an icon that is asked for is no answer."""
        comes_back = "state" in parse_qs(urlsplit(self.path).query)
        if comes_back:
            # At once: the browser may hang up before it has heard us out.
            self.server.brought = self.path
        body = self.server.page.encode() if comes_back else b""
        self.send_response(200 if comes_back else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
