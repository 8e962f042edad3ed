"""Opening the transport that sources.yaml names."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from stuifmail.config import models as config
from stuifmail.dispatch.transports.base import Transport
from stuifmail.dispatch.transports.maildir import MaildirTransport
from stuifmail.dispatch.transports.smtp import SmtpLogin, SmtpTransport
from stuifmail.errors import TransportFailed


def open_transport(delivery: config.Delivery, root: Path, environment: Mapping[str, str]) -> Transport:
    """Answer the configured transport; use it as a context manager.

    Args:
        delivery: the `delivery` part of sources.yaml.
        root: the newsroom's folder.
        environment: where STUIFMAIL_SMTP_USER and STUIFMAIL_SMTP_PASSWORD are looked up.

    Raises:
        TransportFailed: user or password is missing, or would travel unencrypted.
    """
    if delivery.transport == "maildir":
        return MaildirTransport(root / delivery.maildir, delivery.maildir)
    smtp = delivery.smtp
    return SmtpTransport(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        timeout_s=smtp.timeout_s,
        login=_find_login(environment) if smtp.login else None,
        helo=urlsplit(delivery.public_url).hostname or "localhost",
    )


def _find_login(environment: Mapping[str, str]) -> SmtpLogin | None:
    names = ("STUIFMAIL_SMTP_USER", "STUIFMAIL_SMTP_PASSWORD")
    user, password = (environment.get(name, "") for name in names)
    if bool(user) != bool(password):
        missing = names[1] if user else names[0]
        raise TransportFailed(
            f"{missing} is missing",
            place="delivery.smtp",
            remedy="set both, or neither for a relay without log-in",
        )
    return SmtpLogin(user=user, password=password) if user else None
