"""An SMTP server on loopback that counts what it takes and misbehaves when told to."""

import base64
import email
import email.policy
import socket
import socketserver
import ssl
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One message that the server stored."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The message as the standard library reads it."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)


class _Drop(Exception):
    """Close the connection without a word."""


@dataclass(slots=True)
class Behaviour:
    """What the server does.

    Args:
        faults: for each recipient ("*": whoever comes) what happens to the next attempts, in
            order: "STAGE CODE WORDS" answers so at greeting, mail, rcpt, data or end;
            "STAGE drop" hangs up there. At end the message was stored if the server drops,
            and was not if it refuses. "content drop" hangs up in the middle of the content.
        delay_s: pause before the answer to each message.
        login: user and password to ask for.
        tls: certificate for STARTTLS.
        on_taken: called with the count of stored messages, before the answer.
    """

    faults: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    delay_s: float = 0.0
    login: tuple[str, str] | None = None
    tls: ssl.SSLContext | None = None
    tls_at_once: bool = False
    on_taken: Callable[[int], None] | None = None


class SmtpServer:
    """The server, running inside `with`."""

    def __init__(self) -> None:
        self.behaviour = Behaviour()
        self.taken: list[Taken] = []
        self.connections_count = 0
        self.commands: list[str] = []
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        with self._lock:
            for open_socket in self._sockets:
                with suppress(OSError):
                    open_socket.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()

    def fault(self, recipient: str, *what: str) -> None:
        """Add faults for a recipient's next attempts."""
        self.behaviour.faults[recipient].extend(what)

    def counts(self) -> Counter[str]:
        """How many messages each recipient has."""
        return Counter(taken.recipient for taken in self.taken)

    def take(self, taken: Taken) -> None:
        """Store a message."""
        with self._lock:
            self.taken.append(taken)
            count = len(self.taken)
        if self.behaviour.on_taken:
            self.behaviour.on_taken(count)

    def opened(self, connection: socket.socket) -> None:
        """Remember a connection, to end it with the server."""
        with self._lock:
            self.connections_count += 1
            self._sockets.add(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection."""
        with self._lock:
            self._sockets.discard(connection)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True
    owner: SmtpServer


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.request.settimeout(60)
        self.owner = self.server.owner
        self.behaviour = self.owner.behaviour
        self.sender = self.recipient = self.fault = ""
        self.secure, self.known = False, False
        self.owner.opened(self.request)

    def finish(self) -> None:
        self.owner.closed(self.connection)
        with suppress(OSError):
            super().finish()
        if self.secure:
            self.connection.close()

    def handle(self) -> None:
        with suppress(_Drop, OSError, ValueError):
            if self.behaviour.tls_at_once:
                self._encrypt()
            self.fault = self._next_fault("*", "greeting")
            self._answer("greeting", "220 loopback at your service")
            while line := self.rfile.readline():
                self._obey(line.decode("latin-1").strip())

    def _obey(self, line: str) -> None:
        self.owner.commands.append(line)
        verb = line.upper().partition(" ")[0]
        {
            "EHLO": self._greet,
            "STARTTLS": self._start_tls,
            "AUTH": self._log_in,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "RSET": self._reset,
            "QUIT": self._quit,
        }.get(verb, self._unknown)(line)

    def _greet(self, _line: str) -> None:
        offers = ["loopback"]
        if self.behaviour.tls and not self.secure:
            offers.append("STARTTLS")
        if self.behaviour.login:
            offers.append("AUTH PLAIN")
        for offer in offers[:-1]:
            self._say(f"250-{offer}")
        self._say(f"250 {offers[-1]}")

    def _start_tls(self, _line: str) -> None:
        self._say("220 go ahead")
        self._encrypt()

    def _encrypt(self) -> None:
        assert self.behaviour.tls is not None
        self.owner.closed(self.connection)
        self.connection = self.behaviour.tls.wrap_socket(self.connection, server_side=True)
        self.owner.opened(self.connection)
        self.owner.connections_count -= 1
        self.rfile.close()
        self.rfile = self.connection.makefile("rb")
        self.wfile = socketserver._SocketWriter(self.connection)  # type: ignore[attr-defined]
        self.secure = True

    def _log_in(self, line: str) -> None:
        _, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
        self.known = (user, password) == self.behaviour.login
        self._say("235 welcome" if self.known else "535 5.7.8 wrong user or password")

    def _mail(self, line: str) -> None:
        if self.behaviour.login and not self.known:
            self._say("530 5.7.0 authentication required")
            return
        self.sender = line.partition("<")[2].partition(">")[0]
        self.fault = self._next_fault("*", "mail")
        self._answer("mail", "250 ok")

    def _rcpt(self, line: str) -> None:
        self.recipient = line.partition("<")[2].partition(">")[0]
        self.fault = self._next_fault(self.recipient) or self._next_fault(
            "*", "rcpt", "data", "content", "end"
        )
        self._answer("rcpt", "250 ok")

    def _data(self, _line: str) -> None:
        if not self._answer("data", "354 go ahead"):
            return
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line or self.fault == "content drop":
                raise _Drop
            lines.append(line.removeprefix(b"."))
        time.sleep(self.behaviour.delay_s)
        if not self.fault.startswith("end ") or self.fault == "end drop":
            self.owner.take(Taken(sender=self.sender, recipient=self.recipient, raw=b"".join(lines)))
        self._answer("end", "250 2.0.0 taken")

    def _reset(self, _line: str) -> None:
        self.sender = self.recipient = ""
        self._say("250 ok")

    def _quit(self, _line: str) -> None:
        self._say("221 bye")
        raise _Drop

    def _unknown(self, line: str) -> None:
        self._say(f"500 what is {line.partition(' ')[0]}?")

    def _next_fault(self, recipient: str, *stages: str) -> str:
        waiting = self.behaviour.faults.get(recipient)
        if waiting and (not stages or waiting[0].partition(" ")[0] in stages):
            return waiting.popleft()
        return ""

    def _answer(self, stage: str, usual: str) -> bool:
        """Say the usual thing, or what a fault wants said; False after a fault."""
        wanted, _, words = self.fault.partition(" ")
        if wanted != stage:
            self._say(usual)
            return True
        if words == "drop":
            raise _Drop
        self._say(words)
        if words.startswith("421"):
            raise _Drop
        return False

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")
