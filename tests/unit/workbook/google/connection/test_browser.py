"""The browser's answer arrives, whatever else connects or hangs up."""

import socket
import struct

import pytest

from sheetcrm.workbook.google.connection.browser import Listener

_RESET = struct.pack("ii", 1, 0)


def call(listener: Listener, asked: bytes) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", listener.server_port), timeout=9)
    made.sendall(asked)
    return made


def test_a_connection_that_breaks_off_is_neither_an_answer_nor_trouble(capfd: pytest.CaptureFixture[str]) -> None:
    with Listener("Done.") as listener:
        hasty = call(listener, b"GET /?state=x&code=y")
        hasty.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        hasty.close()
        with call(listener, b"GET /?state=s&code=c HTTP/1.1\r\n\r\n"):
            assert listener.wait(9) == "/?state=s&code=c"
    assert capfd.readouterr().err == ""
