"""HTTP/1.1 around the service: kept-alive connections, gzip both ways, loopback only."""

from __future__ import annotations

import gzip
import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.google.emulator.log import Entry
from tests.google.emulator.service import Answer, Google, Request

_SMALL = 1024
_QUICK = 1


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    google: Google

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr: the log is under /_test/log."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Now, by the clock that a test may put forward."""
        return super().date_time_string(self.google.store.clock.now().timestamp() if timestamp is None else timestamp)

    def serve(self) -> None:
        """Answer one request, whatever its method."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        zipped = self.headers.get("Content-Encoding", "") == "gzip"
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, gzip.decompress(raw) if zipped else raw)
        answer, entry = self.google.answer(request)
        if entry:
            entry.request_bytes = len(raw)
        if answer.dropped:
            self._drop()
        else:
            self._send(answer, entry)

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _send(self, answer: Answer, entry: Entry | None) -> None:
        body, zip_it = answer.body, "gzip" in self.headers.get("Accept-Encoding", "") and len(answer.body) > _SMALL
        if zip_it:
            body = gzip.compress(body, _QUICK)
        if entry:
            entry.response_bytes = len(body)
        try:
            self.send_response(answer.status, HTTPStatus(answer.status).phrase)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
            if zip_it:
                self.send_header("Content-Encoding", "gzip")
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The caller did not wait, as after a hang; what was asked for is done all the same.
            self.close_connection = True


for _method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
    setattr(Handler, f"do_{_method}", Handler.serve)


def served(port: int, folder: Path | None = None) -> ThreadingHTTPServer:
    """A server on that port of this machine (0: any free one), ready to serve."""
    google = Google(folder)
    handler = type("BoundHandler", (Handler,), {"google": google})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server
