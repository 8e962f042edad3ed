"""The archive in a bucket, by configuration alone."""

import socket
from dataclasses import dataclass, field
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.chain import ISSUE, READERS_COUNT

KEYS = {"STUIFMAIL_S3_ACCESS_KEY_ID": "key", "STUIFMAIL_S3_SECRET_ACCESS_KEY": "secret"}


@dataclass
class Bucket:
    """A bucket on a server that can be down."""

    port: int
    name: str = field(default_factory=lambda: f"kept-{uuid4().hex}")
    server: ThreadedMotoServer | None = None

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="eu-central-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )

    def start(self):
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self.server.start()
        place = {"LocationConstraint": "eu-central-1"}
        self.client.create_bucket(Bucket=self.name, CreateBucketConfiguration=place)


@pytest.fixture
def bucket():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Bucket(port)
    yield made
    if made.server:
        made.server.stop()


@pytest.fixture
def in_bucket(queued, bucket):
    queued.environment = KEYS
    place = f"bucket: {bucket.name}\n  prefix: letters\n  region: eu-central-1\n  endpoint: {bucket.endpoint}"
    queued.change("sources.yaml", "storage: local\n  folder: outputs/archive\n", f"storage: s3\n  {place}\n")
    return queued


def test_while_the_bucket_is_down_copies_leave_and_the_next_run_archives_them(in_bucket, bucket):
    report = in_bucket.dispatch()
    assert report.state == "queued"
    assert report.dispatched.counts["accepted"] == READERS_COUNT
    assert f"s3://{bucket.name}" in report.error
    bucket.start()
    report = in_bucket.dispatch()
    assert (report.state, report.error, report.archive) == ("sent", "", f"s3://{bucket.name}/letters/{ISSUE}")
    assert report.dispatched.attempted_count == 0
    assert len(in_bucket.mails()) == READERS_COUNT
    assert in_bucket.act("verify_archive", ISSUE) == []
    assert [entry["publication_id"] for entry in in_bucket.act("list_archive")] == [ISSUE]
    assert not (in_bucket.folder / "outputs/archive").exists()
    keys = [found["Key"] for found in bucket.client.list_objects_v2(Bucket=bucket.name)["Contents"]]
    assert {f"letters/{ISSUE}/{name}" for name in ("manifest.json", "nl.html", "en.txt")} <= set(keys)


def test_with_half_a_pair_of_keys_nothing_is_lost_and_the_missing_one_is_named(in_bucket, bucket):
    bucket.start()
    in_bucket.environment = {"STUIFMAIL_S3_ACCESS_KEY_ID": "key"}
    assert "STUIFMAIL_S3_SECRET_ACCESS_KEY" in in_bucket.dispatch().error
    in_bucket.environment = KEYS
    assert in_bucket.dispatch().state == "sent"
    assert len(in_bucket.mails()) == READERS_COUNT
