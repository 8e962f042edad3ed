import pytest

from stuifmail.config.models import Delivery
from stuifmail.dispatch.transports import open_transport
from stuifmail.errors import TransportFailed

BASE = {
    "list_id": "news.example.org",
    "public_url": "https://news.example.org",
    "unsubscribe_url": "https://news.example.org/u",
}
LOGIN = {"STUIFMAIL_SMTP_USER": "house", "STUIFMAIL_SMTP_PASSWORD": "s3cret"}


def test_mail_goes_into_a_folder_of_the_newsroom_by_default(tmp_path):
    transport = open_transport(Delivery(**BASE), tmp_path, {})
    assert (transport.place, transport.exact) == ("maildir:outputs/mail", True)


def test_smtp_is_opened_without_calling_the_server(tmp_path):
    settings = Delivery(**BASE, transport="smtp", smtp={"host": "relay.example.org", "port": 587})
    transport = open_transport(settings, tmp_path, LOGIN)
    assert (transport.place, transport.exact) == ("smtp://relay.example.org:587", False)


@pytest.mark.parametrize("missing", list(LOGIN))
def test_half_a_login_is_refused_and_the_other_half_not_shown(tmp_path, missing):
    environment = {name: value for name, value in LOGIN.items() if name != missing}
    with pytest.raises(TransportFailed, match=f"{missing} is missing") as caught:
        open_transport(Delivery(**BASE, transport="smtp"), tmp_path, environment)
    assert "s3cret" not in str(caught.value)


def test_a_password_never_travels_unencrypted(tmp_path):
    settings = Delivery(**BASE, transport="smtp", smtp={"host": "relay.example.org", "security": "none"})
    with pytest.raises(TransportFailed, match="travel unencrypted"):
        open_transport(settings, tmp_path, LOGIN)
