"""The relay of the house: one connection, used again for each message.

The one moment of doubt is between the end of a message and the server's answer to it. The
end mark is sent on its own, so that whatever breaks earlier surely sent nothing.

Source: RFC 5321, 4.2 (replies), 4.5.2 (transparency); RFC 3207 (STARTTLS).
"""

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from stuifmail.errors import TransportFailed, TransportFailedForNow
from stuifmail.model.deliveries import Delivery, DeliveryState, Receipt

#: After so many readers in a row for whom the connection broke, the server is at fault.
_MOST_LOSSES = 3
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
#: A relay that does not serve us refuses every reader alike; none of them is to blame.
_NOT_OUR_RELAY = re.compile(rb"\brelay|authenticat", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpLogin:
    """User and password; the password is never shown."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Reply:
    code: int
    text: bytes

    @property
    def words(self) -> str:
        """The server's own words on one line."""
        return " ".join(f"{self.code} {self.text.decode('utf-8', 'replace')}".split())


class _ConnectionLost(Exception):
    """The connection broke before the message was complete: it was not accepted."""


class SmtpTransport:
    """Hands copies to an SMTP server; calls it when the first copy comes.

    Args:
        host: the relay.
        port: its port.
        security: "starttls", "tls" from the first byte on, or "none".
        timeout_s: longest wait for one answer, in seconds.
        login: user and password, None for a relay without log-in.
        helo: our name in the greeting.
        tls: how to check the server's certificate; None: as the system does.

    Raises:
        TransportFailed: the password would travel unencrypted.
    """

    exact = False

    def __init__(
        self,
        *,
        host: str,
        port: int,
        security: Literal["starttls", "tls", "none"] = "starttls",
        timeout_s: float = 30.0,
        login: SmtpLogin | None = None,
        helo: str = "localhost",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._security, self._timeout_s = host, port, security, timeout_s
        self._login, self._helo, self._tls = login, helo, tls
        self._smtp: smtplib.SMTP | None = None
        self._losses_count = 0
        if login and security == "none" and host not in _LOOPBACK:
            raise TransportFailed(
                "the password would travel unencrypted",
                place=self.place,
                remedy="set delivery.smtp.security to starttls or tls, or unset STUIFMAIL_SMTP_USER",
            )

    @property
    def place(self) -> str:
        """The server's address."""
        return f"smtp://{self._host}:{self._port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take leave of the server, or hang up after an error."""
        if self._smtp and error is None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._hang_up()

    def find(self, delivery: Delivery) -> Receipt | None:  # noqa: ARG002 - as the protocol has it
        """Answer None: a server cannot be asked what it took."""
        return None

    def send(self, delivery: Delivery, envelope_from: str, message: bytes) -> Receipt:
        """Hand the message to the server.

        A connection that broke before the message was complete is made anew once: servers
        hang up on idle or long-used connections. If it breaks again, the reader is deferred.

        Raises:
            TransportFailed: no log-in, no encryption, or the server refuses us as a whole.
            TransportFailedForNow: no connection, or it breaks for one reader after another.
        """
        receipt = self._try(delivery.address, envelope_from, message)
        if isinstance(receipt, _ConnectionLost):
            receipt = self._try(delivery.address, envelope_from, message)
        if not isinstance(receipt, _ConnectionLost):
            self._losses_count = 0
            return receipt
        self._losses_count += 1
        if self._losses_count >= _MOST_LOSSES:
            raise self._not_now(f"the server hangs up on every message ({receipt})") from receipt
        return Receipt(
            state=DeliveryState.DEFERRED, detail=f"the connection broke before the message: {receipt}"
        )

    def _try(self, address: str, envelope_from: str, message: bytes) -> Receipt | _ConnectionLost:
        fresh = self._smtp is None
        smtp = self._smtp = self._smtp or self._connect()
        try:
            self._introduce(smtp, envelope_from, fresh=fresh)
            return self._transact(smtp, address, message)
        except _ConnectionLost as error:
            self._hang_up()
            return error
        except BaseException:
            self._hang_up()
            raise

    def _introduce(self, smtp: smtplib.SMTP, envelope_from: str, *, fresh: bool) -> None:
        """Name the sender, who is the same for every reader: trouble here is the server's."""
        try:
            sender = _ask(smtp, f"MAIL FROM:<{envelope_from}>")
        except _ConnectionLost as error:
            if fresh:
                raise self._not_now(f"the server hangs up on us ({error})") from error
            raise
        if sender.code != 250:
            raise self._refused_as_a_whole(sender, f"the server does not take mail from {envelope_from}")

    def _transact(self, smtp: smtplib.SMTP, address: str, message: bytes) -> Receipt:
        recipient = _ask(smtp, f"RCPT TO:<{address}>")
        if recipient.code >= 500 and _NOT_OUR_RELAY.search(recipient.text):
            raise self._refused_as_a_whole(recipient, "the server does not relay for us")
        if recipient.code not in (250, 251):
            return self._refuse(smtp, recipient)
        go_ahead = _ask(smtp, "DATA")
        if go_ahead.code != 354:
            return self._refuse(smtp, go_ahead)
        _push(smtp, re.sub(rb"(?m)^\.", b"..", message))
        return self._finish(smtp)

    def _finish(self, smtp: smtplib.SMTP) -> Receipt:
        """Send the end mark and wait for the answer: what breaks here leaves doubt."""
        try:
            smtp.send(b".\r\n")
            reply = _Reply(*smtp.getreply())
        except (smtplib.SMTPException, OSError) as error:
            self._hang_up()
            return Receipt(
                state=DeliveryState.UNCERTAIN, detail=f"no answer after the message was sent: {error}"
            )
        if reply.code == 421 or not 200 <= reply.code < 600:
            self._hang_up()
        if 200 <= reply.code < 300:
            return Receipt(state=DeliveryState.ACCEPTED, detail=reply.words)
        if reply.code < 400:
            return Receipt(state=DeliveryState.UNCERTAIN, detail=f"an answer that is none: {reply.words}")
        return _refusal(reply)

    def _refuse(self, smtp: smtplib.SMTP, reply: _Reply) -> Receipt:
        """Note a refusal, and clear the server's mind for the next message."""
        if not 400 <= reply.code < 600:
            raise _ConnectionLost(f"an answer that is none: {reply.words}")
        try:
            _ask(smtp, "RSET")
        except _ConnectionLost:
            self._hang_up()
        return _refusal(reply)

    def _connect(self) -> smtplib.SMTP:
        try:
            return self._open()
        except ssl.SSLError as error:
            raise self._never(
                f"no secure connection ({error})", "check delivery.smtp.security and port"
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise self._never(str(error), "check delivery.smtp.security and port") from error
        except smtplib.SMTPAuthenticationError as error:
            words = _Reply(error.smtp_code, _as_bytes(error.smtp_error))
            if words.code < 500:
                raise self._not_now(f"the log-in was refused ({words.words})") from None
            remedy = "check STUIFMAIL_SMTP_USER and STUIFMAIL_SMTP_PASSWORD"
            raise self._never(f"the log-in was refused ({words.words})", remedy) from None
        except smtplib.SMTPResponseException as error:
            words = _Reply(error.smtp_code, _as_bytes(error.smtp_error))
            raise self._refused_as_a_whole(words, "the server does not let us in") from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._not_now(f"no connection ({error})") from error

    def _open(self) -> smtplib.SMTP:
        context = self._tls or ssl.create_default_context()
        where, name = (self._host, self._port), self._helo
        if self._security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(*where, name, timeout=self._timeout_s, context=context)
        else:
            smtp = smtplib.SMTP(*where, name, timeout=self._timeout_s)
        try:
            self._prepare(smtp, context)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _prepare(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        if smtp.sock:
            # The end mark is a small packet of its own; it must not wait for the one before.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.ehlo_or_helo_if_needed()
        if self._security == "starttls":
            code, text = smtp.starttls(context=context)
            if code != 220:
                raise smtplib.SMTPResponseException(code, text)
            smtp.ehlo_or_helo_if_needed()
        if self._login:
            self._log_in(smtp, self._login)

    def _log_in(self, smtp: smtplib.SMTP, login: SmtpLogin) -> None:
        try:
            smtp.login(login.user, login.password)
        except UnicodeEncodeError:
            # Not chained: that error would show the password.
            raise self._never(
                "user or password has letters outside ASCII", "choose another STUIFMAIL_SMTP_PASSWORD"
            ) from None

    def _hang_up(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None

    def _refused_as_a_whole(self, reply: _Reply, message: str) -> TransportFailed:
        if reply.code >= 500:
            return self._never(f"{message} ({reply.words})", "check delivery.from_address and delivery.smtp")
        return self._not_now(f"{message} ({reply.words})")

    def _never(self, message: str, remedy: str) -> TransportFailed:
        return TransportFailed(message, place=self.place, remedy=remedy)

    def _not_now(self, message: str) -> TransportFailed:
        return TransportFailedForNow(
            message, place=self.place, remedy="try again later; what was not sent stays planned"
        )


def _ask(smtp: smtplib.SMTP, command: str) -> _Reply:
    """Answer the server's reply; one that ends the connection counts as lost."""
    try:
        reply = _Reply(*smtp.docmd(command))
    except (smtplib.SMTPException, OSError) as error:
        raise _ConnectionLost(str(error)) from error
    if reply.code == 421:
        raise _ConnectionLost(reply.words)
    return reply


def _push(smtp: smtplib.SMTP, content: bytes) -> None:
    try:
        smtp.send(content)
    except (smtplib.SMTPException, OSError) as error:
        raise _ConnectionLost(str(error)) from error


def _refusal(reply: _Reply) -> Receipt:
    state = DeliveryState.DEFERRED if reply.code < 500 else DeliveryState.REJECTED
    return Receipt(state=state, detail=reply.words)


def _as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
