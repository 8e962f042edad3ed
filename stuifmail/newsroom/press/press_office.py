"""The use cases of the press office, as part of the newsroom."""

from datetime import date, datetime

from stuifmail.model.publications import Embargo
from stuifmail.newsroom.house import House
from stuifmail.newsroom.listing import Row
from stuifmail.newsroom.press.quotes import approve_quote, list_quote_rows
from stuifmail.newsroom.press.releases import ReleaseReport, Stage, draft_release


class PressOffice:
    """Press releases, and the consent of those who are quoted."""

    _house: House

    def press(
        self,
        event_id: str | None,
        stage: Stage,
        *,
        embargo: Embargo | None = None,
        send_at: datetime | None = None,
    ) -> tuple[ReleaseReport, ...]:
        """Draft a press release in each language, unless it has been drafted before."""
        return draft_release(self._house, event_id, stage, embargo=embargo, send_at=send_at)

    def list_quotes(self, publication_id: str) -> list[Row]:
        """Answer the quotes of a publication with the consents of those who said them."""
        return list_quote_rows(self._house, publication_id)

    def approve_quote(
        self,
        publication_id: str,
        quote_id: str,
        *,
        speaker: str,
        how: str,
        role: str,
        on: date | None = None,
        language: str = "",
    ) -> list[Row]:
        """Note that a speaker agreed to a quote as it stands; answer all quotes."""
        return approve_quote(
            self._house,
            publication_id,
            quote_id,
            speaker=speaker,
            how=how,
            role=role,
            on=on,
            language=language,
        )
