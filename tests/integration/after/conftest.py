"""An SMTP server for each test."""

from collections.abc import Iterator

import pytest

from tests.servers.smtp import SmtpServer


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    """A well-behaved SMTP server on a free port; make it misbehave with `fault`."""
    with SmtpServer() as running:
        yield running
