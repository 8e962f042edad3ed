"""The use cases of a newsroom when something must wait, or went out wrong."""

from collections.abc import Mapping, Sequence

from stuifmail.model.texts import LocalText
from stuifmail.newsroom.house import House
from stuifmail.newsroom.outgoing import correcting, embargoes, holding
from stuifmail.newsroom.outgoing.correcting import CorrectionReport
from stuifmail.newsroom.outgoing.embargoes import EmbargoReport
from stuifmail.newsroom.outgoing.holding import HoldReport


class Afterwards:
    """A part of the open newsroom: embargoes, holding, correcting, taking back."""

    _house: House

    def hold(self, publication_id: str, *, reason: str, role: str) -> HoldReport:
        """Let nothing more of a publication go out until somebody resumes it."""
        return holding.hold(self._house, publication_id, reason=reason, role=role)

    def resume(self, publication_id: str, *, role: str) -> HoldReport:
        """Let a held publication go on in the state in which it was held."""
        return holding.resume(self._house, publication_id, role=role)

    def withdraw(
        self, publication_id: str, *, reason: str, role: str, instead: LocalText | None = None
    ) -> HoldReport:
        """Take a publication back: no further copies, and a kill notice to those who have it."""
        return holding.withdraw(self._house, publication_id, reason=reason, role=role, instead=instead)

    def correct(
        self,
        publication_id: str,
        *,
        wrong: Sequence[tuple[str, str]] = (),
        right: Sequence[tuple[str, str]] = (),
        reason: str,
        role: str,
    ) -> CorrectionReport:
        """Draft a correction to those who got a publication: what was wrong, and what is right."""
        return correcting.draft_correction(
            self._house, publication_id, wrong=wrong, right=right, reason=reason, role=role
        )

    def show_embargo(self, name: str) -> EmbargoReport:
        """Answer the embargo of a press release, by its id or by that of its facts."""
        return embargoes.show_embargo(self._house, name)

    def set_embargo(
        self, name: str, *, until: str, zone: str, reason: Mapping[str, str], role: str
    ) -> EmbargoReport:
        """Set or change the embargo of a press release, in all its language versions."""
        return embargoes.change_embargo(self._house, name, until=until, zone=zone, reason=reason, role=role)

    def lift_embargo(self, name: str, *, reason: str, role: str) -> EmbargoReport:
        """End an embargo at once."""
        return embargoes.lift_embargo(self._house, name, reason=reason, role=role)

    def withdraw_embargoed(
        self, name: str, *, reason: str, role: str, instead: LocalText | None = None
    ) -> tuple[HoldReport, ...]:
        """Take back a press release under embargo, in all its language versions."""
        return holding.withdraw_embargoed(self._house, name, reason=reason, role=role, instead=instead)
