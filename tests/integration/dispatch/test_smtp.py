import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stuifmail.dispatch.transports.smtp import SmtpLogin, SmtpTransport
from stuifmail.errors import TransportFailed, TransportFailedForNow
from stuifmail.model.deliveries import DeliveryState
from tests.letters import make_builder, make_deliveries

ACCEPTED, DEFERRED = DeliveryState.ACCEPTED, DeliveryState.DEFERRED
REJECTED, UNCERTAIN = DeliveryState.REJECTED, DeliveryState.UNCERTAIN
PASSWORD = "a very secret word"


def connect(server, **changes):
    settings = {"host": "127.0.0.1", "port": server.port, "security": "none", "timeout_s": 5.0}
    return SmtpTransport(**(settings | changes))


def send(transport, delivery):
    return transport.send(delivery, *make_builder().build(delivery))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate of our own for 127.0.0.1, and a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(
        built.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(path)
    return server_side, ssl.create_default_context(cafile=str(path))


def test_messages_arrive_as_they_were_built_over_one_connection(server):
    rows = make_deliveries(20)
    with connect(server) as transport:
        receipts = [send(transport, row) for row in rows]
    assert {(receipt.state, receipt.detail) for receipt in receipts} == {(ACCEPTED, "250 2.0.0 taken")}
    assert [taken.raw for taken in server.taken] == [make_builder().build(row)[1] for row in rows]
    assert [taken.recipient for taken in server.taken] == [row.address for row in rows]
    assert {taken.sender for taken in server.taken} == {"nieuws@example.org"}
    assert server.connections_count == 1
    assert server.commands[-1].upper() == "QUIT"


def test_lines_that_begin_with_a_full_stop_arrive_whole(server):
    (row,) = make_deliveries(1)
    message = b"Subject: dots\r\n\r\n.\r\n..\r\n.x\r\nend.\r\n"
    with connect(server) as transport:
        transport.send(row, "nieuws@example.org", message)
    assert server.taken[0].raw == message


def test_no_copy_means_no_connection(server):
    with connect(server):
        pass
    assert server.connections_count == 0


@pytest.mark.parametrize("stage", ["rcpt", "data", "end"])
@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("450 4.2.0 mailbox busy", DEFERRED),
        ("451 4.3.0 try later", DEFERRED),
        ("550 5.1.1 unknown", REJECTED),
    ],
)
def test_a_refusal_keeps_the_servers_words_and_the_next_message_goes_out(server, stage, words, state):
    first, second = make_deliveries(2)
    server.fault(first.address, f"{stage} {words}")
    with connect(server) as transport:
        receipt = send(transport, first)
        assert (receipt.state, receipt.detail) == (state, words)
        assert send(transport, second).state is ACCEPTED
    assert server.counts() == {second.address: 1}
    assert server.connections_count == 1


@pytest.mark.parametrize("stage", ["rcpt drop", "data drop", "rcpt 421 4.3.2 shutting down"])
def test_a_connection_lost_before_the_message_was_complete_is_made_anew_and_used_again(server, stage):
    first, second = make_deliveries(2)
    server.fault(first.address, stage)
    with connect(server) as transport:
        assert send(transport, first).state is ACCEPTED
        assert send(transport, second).state is ACCEPTED
    assert server.counts() == {first.address: 1, second.address: 1}
    assert server.connections_count == 2


def test_a_reader_for_whom_the_connection_always_breaks_waits_and_stops_nobody(server):
    first, second = make_deliveries(2)
    server.fault(first.address, "data drop", "data drop")
    with connect(server) as transport:
        receipt = send(transport, first)
        assert receipt.state is DEFERRED
        assert "connection broke before" in receipt.detail
        assert send(transport, second).state is ACCEPTED
    assert server.counts() == {second.address: 1}


def test_a_server_that_hangs_up_on_everybody_fails_as_a_whole(server):
    rows = make_deliveries(3)
    server.fault("*", *["data drop"] * 6)
    with connect(server) as transport:
        assert [send(transport, row).state for row in rows[:2]] == [DEFERRED, DEFERRED]
        with pytest.raises(TransportFailedForNow, match="hangs up on every message"):
            send(transport, rows[2])


@pytest.mark.parametrize(("stage", "stored_count"), [("end drop", 1), ("content drop", 0)])
def test_a_connection_lost_without_an_answer_leaves_doubt_and_is_not_retried(server, stage, stored_count):
    first, second = make_deliveries(2)
    server.fault(first.address, stage)
    with connect(server) as transport:
        receipt = send(transport, first)
        assert receipt.state is UNCERTAIN
        assert "no answer after the message was sent" in receipt.detail
        assert send(transport, second).state is ACCEPTED
    assert (server.counts()[first.address], server.counts()[second.address]) == (stored_count, 1)


def test_an_answer_that_comes_too_late_leaves_doubt(server):
    (row,) = make_deliveries(1)
    server.behaviour.delay_s = 0.8
    with connect(server, timeout_s=0.2) as transport:
        assert send(transport, row).state is UNCERTAIN


@pytest.mark.parametrize("words", ["421 4.3.2 shutting down", "452 4.3.1 disk full"])
def test_not_now_after_the_message_is_an_answer_and_no_doubt(server, words):
    first, second = make_deliveries(2)
    server.fault(first.address, f"end {words}")
    with connect(server) as transport:
        assert send(transport, first).state is DEFERRED
        assert send(transport, second).state is ACCEPTED


@pytest.mark.parametrize("answer", ["end nonsense", "end 354 more please"])
def test_an_answer_that_is_none_leaves_doubt(server, answer):
    (row,) = make_deliveries(1)
    server.fault(row.address, answer)
    with connect(server) as transport:
        assert send(transport, row).state is UNCERTAIN


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("greeting 421 4.3.2 too busy", TransportFailedForNow),
        ("greeting 554 5.7.1 go away", TransportFailed),
        ("mail 451 4.3.0 later", TransportFailedForNow),
        ("mail 421 4.3.2 going down", TransportFailedForNow),
        ("mail 550 5.7.1 we do not know you", TransportFailed),
        ("rcpt 554 5.7.1 Relay access denied", TransportFailed),
    ],
)
def test_a_refusal_of_us_as_a_whole_blames_no_reader(server, fault, error):
    server.fault("*", fault)
    transport = connect(server)
    with transport, pytest.raises(error) as caught:
        send(transport, make_deliveries(1)[0])
    assert type(caught.value) is error
    assert fault.partition(" ")[2] in str(caught.value)
    assert caught.value.place == f"smtp://127.0.0.1:{server.port}"
    assert caught.value.remedy


def test_a_server_that_is_not_there_fails_for_now():
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        transport = SmtpTransport(
            host="127.0.0.1", port=reserved.getsockname()[1], security="none", timeout_s=2
        )
        with pytest.raises(TransportFailedForNow, match="no connection"):
            send(transport, make_deliveries(1)[0])


@pytest.mark.parametrize("at_once", [False, True])
def test_over_tls_with_a_login_everything_arrives(server, certificate, at_once):
    server.behaviour.tls, client = certificate
    server.behaviour.tls_at_once = at_once
    server.behaviour.login = ("house", PASSWORD)
    transport = connect(
        server,
        host="localhost",
        security="tls" if at_once else "starttls",
        login=SmtpLogin(user="house", password=PASSWORD),
        tls=client,
    )
    with transport:
        assert {send(transport, row).state for row in make_deliveries(3)} == {ACCEPTED}
    assert len(server.taken) == 3


@pytest.mark.parametrize("at_once", [False, True])
def test_a_certificate_that_nobody_vouches_for_is_refused(server, certificate, at_once):
    server.behaviour.tls = certificate[0]
    server.behaviour.tls_at_once = at_once
    transport = connect(server, host="localhost", security="tls" if at_once else "starttls")
    with pytest.raises(TransportFailed, match="no secure connection"):
        send(transport, make_deliveries(1)[0])
    assert server.taken == []


def test_a_server_without_starttls_gets_nothing(server):
    with pytest.raises(TransportFailed, match="STARTTLS"):
        send(connect(server, security="starttls"), make_deliveries(1)[0])
    assert server.taken == []


@pytest.mark.parametrize("password", ["wrong " + PASSWORD, "pässwörd " + PASSWORD])
def test_a_refused_login_names_the_setting_and_never_the_password(server, password, caplog):
    server.behaviour.login = ("house", PASSWORD)
    transport = connect(server, login=SmtpLogin(user="house", password=password))
    with pytest.raises(TransportFailed, match="STUIFMAIL_SMTP_PASSWORD") as caught:
        send(transport, make_deliveries(1)[0])
    seen, error = "", caught.value
    while error is not None:
        seen, error = f"{seen}{error!r}{error}{vars(error)}", error.__cause__
    assert password not in seen + repr(transport) + repr(vars(transport)) + caplog.text


def test_a_server_cannot_be_asked_what_it_took(server):
    (row,) = make_deliveries(1)
    with connect(server) as transport:
        send(transport, row)
        assert transport.find(row) is None
        assert not transport.exact
