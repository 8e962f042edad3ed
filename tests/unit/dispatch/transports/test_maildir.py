import mailbox
import resource
import signal

import pytest

from stuifmail.dispatch.transports.maildir import MaildirTransport
from stuifmail.errors import TransportFailed
from stuifmail.model.deliveries import DeliveryState
from tests.letters import make_builder, make_deliveries


def message_for(delivery):
    return make_builder().build(delivery)


def send(transport, delivery):
    return transport.send(delivery, *message_for(delivery))


def test_a_mail_program_finds_each_copy_whole(tmp_path):
    rows = make_deliveries(3)
    with MaildirTransport(tmp_path / "mail") as transport:
        assert {send(transport, row).state for row in rows} == {DeliveryState.ACCEPTED}
    box = mailbox.Maildir(tmp_path / "mail", create=False)
    assert sorted(message["To"] for message in box) == [
        f"Redactie {n} <reader-{n}@example.org>" for n in range(3)
    ]
    assert {message["Return-Path"] for message in box} == {"<nieuws@example.org>"}
    assert {message.get_subdir() for message in box} == {"new"}
    assert all(
        message.get_payload()[0].get_payload(decode=True).decode().startswith("Café & één") for message in box
    )


def test_sending_a_copy_again_writes_nothing(tmp_path):
    (row,) = make_deliveries(1)
    transport = MaildirTransport(tmp_path)
    first = send(transport, row)
    written = [path.stat().st_mtime_ns for path in (tmp_path / "new").iterdir()]
    assert send(MaildirTransport(tmp_path), row) == first
    assert [path.stat().st_mtime_ns for path in (tmp_path / "new").iterdir()] == written


def test_a_copy_is_found_also_after_the_reader_opened_it(tmp_path):
    (row,) = make_deliveries(1)
    send(MaildirTransport(tmp_path), row)
    (path,) = (tmp_path / "new").iterdir()
    path.rename(tmp_path / "cur" / f"{path.name}:2,S")
    found = MaildirTransport(tmp_path).find(row)
    assert found is not None
    assert found.detail == f"cur/{path.name}:2,S"
    assert send(MaildirTransport(tmp_path), row) == found
    assert not list((tmp_path / "new").iterdir())


def test_a_copy_that_was_never_finished_is_not_found_and_is_written_again(tmp_path):
    (row,) = make_deliveries(1)
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp" / f"{row.id}.stuifmail").write_bytes(b"To: half")
    transport = MaildirTransport(tmp_path)
    assert transport.find(row) is None
    send(transport, row)
    assert [message["Message-ID"] for message in mailbox.Maildir(tmp_path)] == [row.message_id]
    assert not list((tmp_path / "tmp").iterdir())


def test_nothing_is_found_in_a_mailbox_that_does_not_exist(tmp_path):
    assert MaildirTransport(tmp_path / "none").find(make_deliveries(1)[0]) is None


def test_a_file_in_place_of_the_folder_is_named_with_a_remedy(tmp_path):
    (tmp_path / "mail").write_text("not a folder")
    with pytest.raises(TransportFailed, match="cannot be written") as caught:
        send(MaildirTransport(tmp_path / "mail", "outputs/mail"), make_deliveries(1)[0])
    assert caught.value.place == "maildir:outputs/mail"
    assert "make room" in caught.value.remedy


def test_a_full_disk_leaves_no_half_message(tmp_path):
    (row,) = make_deliveries(1)
    transport = MaildirTransport(tmp_path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, before[1]))
    try:
        with pytest.raises(TransportFailed, match="File too large"):
            send(transport, row)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert send(transport, row).state is DeliveryState.ACCEPTED
