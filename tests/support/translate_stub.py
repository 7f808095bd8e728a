"""A stand-in for the translation service that the real gTTS talks to, through a local proxy.

It accepts CONNECT, speaks TLS with its own certificate and answers in the service's format. It
proves what we do with each answer, not that the service still gives it.
"""

import base64
import json
import socket
import socketserver
import ssl
import struct
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path
from typing import Any

HOST = "translate.google.com"
RPC = "jQ1olc"
FAULTS = (
    "429", "503", "portal", "noaudio", "reset", "truncated", "hang", "drip", "proxy_407",
    "hang_connect", "hang_tls",
)  # fmt: skip
"""Eleven ways in which the service, or what stands before it, can fail."""


def make_certificate(folder: Path) -> Path:
    """A certificate of the service's name that signs itself, with its key in one file."""
    file = folder / "stub.pem"
    subprocess.run(  # noqa: S603 (own arguments)
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",  # noqa: S607
         "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
         "-keyout", str(file), "-out", str(folder / "certificate.pem")],
        check=True,
        capture_output=True,
    )  # fmt: skip
    file.write_text(file.read_text() + (folder / "certificate.pem").read_text())
    return file


WHOLE_ANSWERS = {
    "429": ("429 Too Many Requests", "slow down"),
    "503": ("503 Service Unavailable", "not now"),
    "portal": ("200 OK", "<html>Please sign in to the hotel's network</html>"),
    "noaudio": ("200 OK", f'[["wrb.fr","{RPC}",null,null]]\n'),
}
"""Faults that are answers like any other: status and body."""


class TranslateStub(socketserver.ThreadingTCPServer):
    """Answers every request by `mode`: ok, or one of `FAULTS`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, certificate: Path, audio: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate)
        self.certificate = certificate
        self.audio = audio
        self.mode = "ok"
        self.asked: list[tuple[str, str]] = []
        """Text and language of every request."""
        self.hosts: list[str] = []
        self.asked_at_s = float("-inf")
        """When the last request came, by `time.monotonic`."""
        self.came = threading.Event()
        """A request came since somebody cleared it."""
        self.ended = threading.Event()

    @property
    def environment(self) -> dict[str, str]:
        """What a client needs to come here and to trust what it finds."""
        return {
            "https_proxy": f"http://127.0.0.1:{self.server_address[1]}",
            "REQUESTS_CA_BUNDLE": str(self.certificate),
        }

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that are killed or that distrust us are part of the test."""


class _Connection(socketserver.BaseRequestHandler):
    server: TranslateStub
    request: socket.socket

    def handle(self) -> None:
        head = self._read_head(self.request)
        self.server.hosts.append(head.split()[1].decode())
        self.server.asked_at_s = time.monotonic()
        self.server.came.set()
        match self.server.mode:
            case "proxy_407":
                self.request.sendall(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
                )
                return
            case "hang_connect":
                self.server.ended.wait(30)
                return
            case _:
                pass
        self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        if self.server.mode == "hang_tls":
            self.server.ended.wait(30)
            return
        with self.server.tls.wrap_socket(self.request, server_side=True) as line:
            self._answer(line)

    def _answer(self, line: ssl.SSLSocket) -> None:
        self.server.asked.append(self._question(line))
        audio = base64.b64encode(self.server.audio).decode()
        match self.server.mode:
            case "ok":
                self._send(line, "200 OK", f'[["wrb.fr","{RPC}","[\\"{audio}\\"]",null]]\n')
            case "truncated":
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                line.sendall(f'[["wrb.fr","{RPC}","[\\"{audio[:200]}'.encode())
            case "hang":
                self.server.ended.wait(30)
            case "drip":
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
                while not self.server.ended.wait(0.2):
                    line.sendall(b"x")
            case "reset":
                lingering = struct.pack("ii", 1, 0)
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, lingering)
            case other:
                self._send(line, *WHOLE_ANSWERS[other])

    def _question(self, line: ssl.SSLSocket) -> tuple[str, str]:
        head = self._read_head(line)
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        body = head.partition(b"\r\n\r\n")[2]
        while len(body) < length:
            body += line.recv(65536)
        form = urllib.parse.parse_qs(body.decode())
        text, language, *_ = json.loads(json.loads(form["f.req"][0])[0][0][1])
        return text, language

    @staticmethod
    def _read_head(line: socket.socket) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            part = line.recv(65536)
            if not part:
                raise ConnectionError("the client went away")
            data += part
        return data

    @staticmethod
    def _send(line: ssl.SSLSocket, status: str, text: str) -> None:
        body = text.encode()
        line.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
