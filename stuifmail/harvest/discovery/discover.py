"""What news and calendars there are at an address: found, fetched, read, and put in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from stuifmail.errors import FetchFailed, UnreadableDocument
from stuifmail.harvest.cleaning.links import link_key
from stuifmail.harvest.discovery.candidates import Lead
from stuifmail.harvest.discovery.judging import Candidate, Find, Judged, Setting, is_news, judge, rank
from stuifmail.harvest.fetching.fetch import FetchLimits, FetchRequest
from stuifmail.harvest.fetching.stream import stream_fetches
from stuifmail.harvest.limits import WorkerLimits
from stuifmail.harvest.workers import Workers

__all__ = ["Candidate", "Discovery", "Setting", "discover"]

#: So many addresses of one site are asked at most, and so many of them in one round.
MOST_REQUESTS = 24
_MOST_PER_ROUND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found.

    Args:
        address: the address that was looked at, after redirects.
        candidates: the best first.
        asked_count: how many addresses were asked.
    """

    address: str
    candidates: tuple[Candidate, ...]
    asked_count: int


def discover(
    address: str,
    *,
    setting: Setting,
    limits: FetchLimits,
    worker_limits: WorkerLimits,
    path: Path | None = None,
) -> Discovery:
    """Answer what could become a source at this address, the best first.

    The address may be that of a feed or calendar itself, or of a page that names them. Where it
    names none, usual places are asked. Few requests are made, and few at a time.

    Args:
        address: an http(s) address; without a scheme https is tried first.
        setting: zone, moment, and what is wanted.
        limits: of fetching.
        worker_limits: of reading what was fetched; it is read in processes of its own.
        path: a file instead of the address.

    Raises:
        FetchFailed: the address itself gave no usable answer.
    """
    with Workers(judge, setting, limits=worker_limits) as workers:
        search = _Search(setting=setting, limits=limits, workers=workers)
        first = search.ask_first(address, path)
        if first.candidate is not None:
            return search.finish([first.candidate], first)
        found = search.ask(first.named)
        if not any(is_news(each) for each in found) and setting.wanted != "page":
            found += search.ask(first.usual)
        if first.page is not None and (setting.wanted == "page" or not any(map(is_news, found))):
            found.append(first.page)
        return search.finish(found, first)


class _Search:
    """One search: what was asked, and what is left to spend."""

    def __init__(self, *, setting: Setting, limits: FetchLimits, workers: "Workers[Find, Judged]") -> None:
        self.setting, self.workers = setting, workers
        self.limits = replace(limits, max_connections=min(limits.max_connections, 4))
        self.asked: dict[str, None] = {}
        self.address = ""

    def ask_first(self, address: str, path: Path | None) -> Judged:
        """Answer what the address itself is.

        Raises:
            FetchFailed: no usable answer, by https nor, where no scheme was given, by http.
        """
        error: FetchFailed | None = None
        for each in [address] if path else _with_scheme(address):
            (answer,) = self._fetch([Lead(address=each, why="the address itself")], path)
            if isinstance(answer, FetchFailed):
                error = error or answer
                continue
            self.address = answer.fetched.moved_to or answer.fetched.url
            return self._judge([replace(answer, is_first=True)])[0]
        raise error or FetchFailed("there is no address", place=address, remedy="name one")

    def ask(self, leads: Sequence[Lead]) -> list[Candidate]:
        """Answer what is at these addresses, those asked before aside; in their order."""
        new = [lead for lead in leads if link_key(lead.address) not in self.asked]
        room = max(min(_MOST_PER_ROUND, MOST_REQUESTS - len(self.asked)), 0)
        finds = [answer for answer in self._fetch(new[:room]) if isinstance(answer, Find)]
        return [judged.candidate for judged in self._judge(finds) if judged.candidate is not None]

    def finish(self, found: Sequence[Candidate], first: Judged) -> Discovery:
        """Answer what was found, in order."""
        fitting = [each for each in found if self.setting.wanted in ("", each.kind)]
        return Discovery(
            address=self.address,
            candidates=rank(fitting, title=first.title, language=first.language),
            asked_count=len(self.asked),
        )

    def _fetch(self, leads: Sequence[Lead], path: Path | None = None) -> list[Find | FetchFailed]:
        by_id = {str(number): lead for number, lead in enumerate(leads)}
        requests = [
            FetchRequest(source_id=number, address=lead.address, path=path) for number, lead in by_id.items()
        ]
        self.asked |= {link_key(lead.address): None for lead in leads}
        answers: dict[str, Find | FetchFailed] = {}
        for request, answer in stream_fetches(requests, self.limits) if requests else ():
            lead = by_id[request.source_id]
            answers[request.source_id] = (
                answer if isinstance(answer, FetchFailed) else Find(lead=lead, fetched=answer)
            )
        return [answers[number] for number in by_id]

    def _judge(self, finds: Sequence[Find]) -> list[Judged]:
        futures = [self.workers.submit(find, find.lead.address) for find in finds]
        judged = []
        for future in futures:
            try:
                judged.append(future.result())
            except UnreadableDocument:  # it took too long, or too much memory: nothing to propose
                judged.append(Judged())
        return judged


def _with_scheme(address: str) -> list[str]:
    address = address.strip()
    lower = address.lower()
    if lower.startswith(("http://", "https://")):
        return [address]
    if lower.startswith(("webcal://", "feed://")):
        return [f"https://{address.split('://', 1)[1]}"]
    return [f"https://{address}", f"http://{address}"]
