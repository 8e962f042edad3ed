"""Failures are told in words that a newsroom understands."""

import socket

import httpcore
import pytest

from stuifmail.errors import FetchFailed, FetchFailedForNow
from stuifmail.harvest.fetching.troubles import explain_error, explain_status


@pytest.mark.parametrize(
    ("status", "words", "passes"),
    [
        (404, "the address no longer exists (404)", False),
        (410, "removed for good", False),
        (403, "refuses us", False),
        (418, "gave no document (418)", False),
        (304, "gave no document (304)", False),
        (429, "too often", True),
        (503, "the server is overloaded (503)", True),
        (599, "made an error (599)", True),
    ],
)
def test_each_status_has_words_and_is_retried_only_where_it_may_pass(
    status: int, words: str, passes: bool
) -> None:
    error = explain_status(status, {}, "https://berm.example.org/feed")
    assert words in error.message
    assert isinstance(error, FetchFailedForNow) is passes
    assert error.place == "https://berm.example.org/feed"
    assert error.remedy


def test_the_servers_wish_to_wait_is_passed_on() -> None:
    asked = explain_status(503, {"retry-after": "120"}, "x").remedy
    assert asked == "it will be tried again after the time that the server asks for"
    assert explain_status(503, {}, "x").remedy == "it will be tried again at the next run"


def chained(cause: Exception) -> httpcore.ConnectError:
    error = httpcore.ConnectError("no")
    error.__cause__ = OSError("wrapped")
    error.__cause__.__cause__ = cause
    return error


def test_an_unknown_name_is_told_from_a_network_that_is_down() -> None:
    unknown = explain_error(chained(socket.gaierror(socket.EAI_NONAME, "x")), "x")
    down = explain_error(chained(socket.gaierror(socket.EAI_AGAIN, "x")), "x")
    assert (type(unknown), unknown.message) == (FetchFailed, "there is no server of this name")
    assert (type(down), "own network" in down.remedy) == (FetchFailedForNow, True)


def test_a_server_that_nobody_runs_is_told_plainly() -> None:
    assert explain_error(chained(ConnectionRefusedError()), "x").message == "nobody answers at this address"
