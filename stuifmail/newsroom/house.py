"""What every use case needs: the newsroom's folder, settings, memory, and clock."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stuifmail.config.load import load_config
from stuifmail.config.models import NewsroomConfig
from stuifmail.errors import StoreUnwritable
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
            now: act as if it were this moment; else the newsroom's fixed clock, else now.

        Raises:
            NewsroomNotFound: there is no sources.yaml.
            InvalidConfig: sources.yaml cannot be used; all its problems are listed.
            StoreError: the database cannot be opened.
        """
        root = root.resolve()
        settings = os.environ if environment is None else environment
        config = load_config(root)
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
            StoreUnwritable: a new key cannot be kept.
        """
        if given := self.environment.get("STUIFMAIL_SECRET"):
            return given.encode()
        path = self.outputs / "state" / "secret"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch(mode=0o600)
                path.write_text(secrets.token_hex(32))
            return path.read_text().strip().encode()
        except OSError as error:
            raise StoreUnwritable(
                f"the key for unsubscribe links cannot be kept ({error.strerror})",
                place=str(path),
                remedy="make the folder writable, or set STUIFMAIL_SECRET",
            ) from error
