"""Sources wait for their server, never for another one."""

from pathlib import Path

import pytest

from stuifmail.harvest.fetching.fetch import FetchRequest
from stuifmail.harvest.fetching.queues import HostQueues


def make(*addresses: str) -> list[FetchRequest]:
    return [FetchRequest(source_id=str(n), address=address) for n, address in enumerate(addresses)]


def take_all(queues: HostQueues) -> list[str]:
    taken = []
    while request := queues.take():
        taken.append(request.address)
    return taken


def test_a_server_gets_so_many_at_once_and_the_next_when_one_is_done() -> None:
    requests = make(*(f"https://a.example.org/{n}" for n in range(4)))
    queues = HostQueues(requests, 2)
    assert take_all(queues) == ["https://a.example.org/0", "https://a.example.org/1"]
    queues.put_back(requests[0], is_timeout=False)
    assert take_all(queues) == ["https://a.example.org/2"]
    assert queues.waiting_count == 1


def test_servers_take_turns_and_those_with_most_sources_begin() -> None:
    queues = HostQueues(make("http://a/1", "http://b/1", "http://b/2", "http://b/3", "http://c/1"), 2)
    assert take_all(queues) == ["http://b/1", "http://a/1", "http://c/1", "http://b/2"]


def test_a_server_is_known_by_name_and_port_in_any_spelling() -> None:
    queues = HostQueues(
        make("http://A.example/1", "http://u:p@a.example/2", "http://a.example:81/3", "http://[::1"), 1
    )
    assert take_all(queues) == ["http://A.example/1", "http://a.example:81/3", "http://[::1"]


def test_files_wait_for_no_server() -> None:
    files = [FetchRequest(source_id=str(n), address=f"{n}.xml", path=Path(f"{n}.xml")) for n in range(5)]
    queues = HostQueues(files, 1)
    assert len(take_all(queues)) == 5
    for file in files:
        queues.put_back(file, is_timeout=True)
        assert queues.patience_s(file, 20) == 20
        assert not queues.is_asleep(file)


def test_a_server_that_sleeps_gets_little_time_until_it_answers() -> None:
    requests = make(*(f"http://a/{n}" for n in range(20)))
    queues = HostQueues(requests, 1)
    seen = []
    for request in requests[:6]:
        assert queues.take() is request
        assert not queues.is_asleep(request)
        seen.append(queues.patience_s(request, 20))
        queues.put_back(request, is_timeout=True)
    assert seen == [20, 0.625, 0.625, 0.625, 0.625, 0.625]
    assert queues.is_asleep(requests[6])
    queues.take()
    queues.put_back(requests[6], is_timeout=False)
    assert not queues.is_asleep(requests[7])
    assert queues.patience_s(requests[7], 20) == 20


@pytest.mark.parametrize(("timeout_s", "expected"), [(0.2, 0.2), (5, 0.5), (300, 9.375)])
def test_little_time_is_never_more_than_usual_nor_too_little(timeout_s: float, expected: float) -> None:
    [request] = make("http://a/")
    queues = HostQueues([request], 1)
    queues.take()
    queues.put_back(request, is_timeout=True)
    assert queues.patience_s(request, timeout_s) == expected
