"""What every use case needs: the newsroom's folder, settings, memory, and clock."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from stuifmail.config.load import load_config
from stuifmail.config.models import NewsroomConfig
from stuifmail.errors import StuifmailError
from stuifmail.newsroom.secret import SECRET_LENGTH, keep_secret
from stuifmail.store.database import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An open newsroom.

    Args:
        root: the folder that holds sources.yaml.
        environment: where secrets come from.
        clock: answers the present moment, aware.
    """

    root: Path
    config: NewsroomConfig
    store: Store
    environment: Mapping[str, str]
    clock: Callable[[], datetime]

    @classmethod
    def open(
        cls, root: Path, *, environment: Mapping[str, str] | None = None, now: datetime | None = None
    ) -> "House":
        """Open the newsroom in a folder.

        Args:
            root: the folder that holds sources.yaml.
            environment: instead of the process's own.
            now: act as if it were this moment, in the newsroom's zone where it names none; else the
                newsroom's fixed clock, else now.

        Raises:
            NewsroomNotFound: there is no sources.yaml.
            InvalidConfig: sources.yaml cannot be used; all its problems are listed.
            StoreError: the database cannot be opened.
        """
        root = root.resolve()
        settings = os.environ if environment is None else environment
        config = load_config(root)
        if now is not None and now.tzinfo is None:
            now = now.replace(tzinfo=ZoneInfo(config.organisation.time_zone))
        fixed = now or config.clock
        return cls(
            root=root,
            config=config,
            store=Store.open(settings.get("STUIFMAIL_DATABASE_URL") or config.store.url, root),
            environment=settings,
            clock=(lambda: fixed) if fixed else (lambda: datetime.now(UTC)),
        )

    @property
    def outputs(self) -> Path:
        """The folder of everything that is made."""
        return self.root / self.config.outputs

    def secret(self) -> bytes:
        """Answer the key that signs unsubscribe links: STUIFMAIL_SECRET, else one kept in outputs/state.

        Raises:
            StuifmailError: STUIFMAIL_SECRET is too short to protect anything.
            StoreError: the kept key is damaged; it is never replaced, since links that were
                sent with it have to work on.
            StoreUnwritable: a new key cannot be kept, or the kept one cannot be read.
        """
        given = self.environment.get("STUIFMAIL_SECRET", "").strip()
        if not given:
            return keep_secret(self.outputs / "state" / "secret")
        if len(given) < SECRET_LENGTH:
            raise StuifmailError(
                "the key for unsubscribe links is too short",
                place="STUIFMAIL_SECRET",
                remedy=f"give it at least {SECRET_LENGTH} characters that nobody can guess",
            )
        return given.encode()
