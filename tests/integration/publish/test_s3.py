import os
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from moto.server import ThreadedMotoServer

from stuifmail.config.models import Archive
from stuifmail.errors import StorageError
from stuifmail.publish.archive import archive_publication, list_archive, verify_archive
from stuifmail.publish.storage import open_storage
from tests.letters import ISSUE, make_record

KEYS = {"STUIFMAIL_S3_ACCESS_KEY_ID": "key", "STUIFMAIL_S3_SECRET_ACCESS_KEY": "secret"}


@pytest.fixture(scope="module")
def endpoint():
    """The address of a moto server of our own."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(endpoint):
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-central-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    )


@pytest.fixture
def bucket(client, tmp_path):
    name = f"archive-{abs(hash(str(tmp_path)))}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return name


@pytest.fixture
def storage(endpoint, bucket, tmp_path):
    return connect(endpoint, bucket, tmp_path, prefix="/news/")


def connect(endpoint, bucket, root, environment=KEYS, **changes):
    settings = {"storage": "s3", "bucket": bucket, "endpoint": endpoint, "region": "eu-central-1"}
    return open_storage(Archive(**(settings | changes)), root, environment)


def test_content_comes_back_under_its_prefix_with_its_type(storage, client, bucket):
    assert storage.put("a/b.html", b"one", "text/html; charset=utf-8")
    assert not storage.put("a/b.html", b"one", "text/html; charset=utf-8")
    assert storage.get("a/b.html") == b"one"
    assert storage.exists("a/b.html")
    assert not storage.exists("a/c.html")
    assert client.head_object(Bucket=bucket, Key="news/a/b.html")["ContentType"] == "text/html; charset=utf-8"
    assert storage.place == f"s3://{bucket}/news"


def test_other_content_is_refused_unless_it_may_be_replaced(storage):
    storage.put("a.txt", b"one", "text/plain")
    with pytest.raises(StorageError, match="never changes"):
        storage.put("a.txt", b"two", "text/plain")
    assert storage.get("a.txt") == b"one"
    storage.put("a.txt", b"two", "text/plain", replace=True)
    assert storage.get("a.txt") == b"two"


def test_all_pages_of_a_long_list_are_read_and_other_prefixes_are_not(storage, client, bucket):
    for number in range(1005):
        client.put_object(Bucket=bucket, Key=f"news/a/{number:04}.txt", Body=b"")
    client.put_object(Bucket=bucket, Key="other/a/1.txt", Body=b"")
    keys = storage.list("a/")
    assert (len(keys), keys[0], keys[-1]) == (1005, "a/0000.txt", "a/1004.txt")


def test_a_publication_is_archived_listed_verified_and_not_written_twice(storage, client, bucket, tmp_path):
    record = make_record(tmp_path)
    assert archive_publication(storage, record) == f"s3://{bucket}/news/{ISSUE}"
    before = {key["Key"]: key["LastModified"] for key in client.list_objects_v2(Bucket=bucket)["Contents"]}
    archive_publication(storage, record)
    after = {key["Key"]: key["LastModified"] for key in client.list_objects_v2(Bucket=bucket)["Contents"]}
    assert before == after
    assert [(entry.publication_id, entry.finished) for entry in list_archive(storage)] == [(ISSUE, True)]
    assert verify_archive(storage, ISSUE) == []
    client.put_object(Bucket=bucket, Key=f"news/{ISSUE}/nl.html", Body=b"forged")
    assert verify_archive(storage, ISSUE) == [f"{ISSUE}/nl.html: this file is not what was archived"]


def test_a_missing_bucket_is_named_with_a_remedy(endpoint, tmp_path):
    storage = connect(endpoint, "no-such-bucket", tmp_path)
    for act in (lambda: storage.put("a.txt", b"", "text/plain"), storage.list, lambda: storage.get("a.txt")):
        with pytest.raises(StorageError, match="there is no such bucket") as caught:
            act()
        assert "archive.bucket" in caught.value.remedy


def test_what_is_not_there_is_named(storage):
    with pytest.raises(StorageError, match="nothing is kept here"):
        storage.get("a/b.txt")


def test_no_key_leads_out_of_the_prefix(storage):
    with pytest.raises(StorageError, match="no key of the archive"):
        storage.put("../a.txt", b"", "text/plain")


def test_a_server_that_is_not_there_is_named_with_a_remedy(tmp_path):
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        storage = connect(f"http://127.0.0.1:{reserved.getsockname()[1]}", "archive", tmp_path)
        with pytest.raises(StorageError, match="does not answer") as caught:
            storage.list()
    assert "archive.endpoint" in caught.value.remedy


@pytest.fixture
def no_credentials(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))


@pytest.mark.usefixtures("no_credentials")
def test_without_credentials_the_settings_to_make_are_named(endpoint, bucket, tmp_path):
    with pytest.raises(StorageError, match="there are no credentials") as caught:
        connect(endpoint, bucket, tmp_path, {}).list()
    assert "STUIFMAIL_S3_SECRET_ACCESS_KEY" in caught.value.remedy


@pytest.mark.parametrize("missing", list(KEYS))
def test_half_the_credentials_are_refused_and_the_other_half_not_shown(endpoint, tmp_path, missing):
    half = {name: "very-hidden" for name in KEYS if name != missing}
    with pytest.raises(StorageError, match=f"{missing} is missing") as caught:
        connect(endpoint, "archive", tmp_path, half)
    assert "very-hidden" not in str(caught.value)


@pytest.mark.parametrize("bucket_name", ["a b", "UPPER/case"])
def test_an_impossible_bucket_name_is_an_error_of_ours(endpoint, tmp_path, bucket_name):
    with pytest.raises(StorageError):
        connect(endpoint, bucket_name, tmp_path).list()


class Refusing(BaseHTTPRequestHandler):
    """A server that refuses everything with the code in its bucket's name."""

    def do_GET(self):
        bucket = re.match(r"/(\w+)", self.path)[1]
        code = {"denied": "AccessDenied", "stranger": "InvalidAccessKeyId", "odd": "Weird"}[bucket]
        body = f"<Error><Code>{code}</Code><Message>words of the server</Message></Error>".encode()
        self.send_response(403)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_PUT = do_HEAD = do_GET  # noqa: N815 - as http.server has it

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def refusing():
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("name", "message", "remedy"),
    [
        ("denied", "access is denied", "read, write and list"),
        ("stranger", "credentials are not accepted", "STUIFMAIL_S3_ACCESS_KEY_ID"),
        ("odd", r"the server refuses \(words of the server\)", ""),
    ],
)
def test_a_refusal_is_explained_with_a_remedy(refusing, tmp_path, name, message, remedy):
    storage = connect(refusing, name, tmp_path)
    for act in (storage.list, lambda: storage.get("a.txt")):
        with pytest.raises(StorageError, match=message) as caught:
            act()
        assert remedy in caught.value.remedy
    with pytest.raises(StorageError, match="access is denied"):
        storage.put("a.txt", b"", "text/plain")  # asks with HEAD, which is answered without words
