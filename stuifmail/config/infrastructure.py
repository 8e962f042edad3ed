"""The models of how mail leaves the house and where things are kept."""

from typing import Literal

from pydantic import Field, model_validator

from stuifmail.config.values import Email, ListId, Model, OptionalNameText, Url, wrong


class Smtp(Model):
    """The relay. User name and password: STUIFMAIL_SMTP_USER and STUIFMAIL_SMTP_PASSWORD."""

    host: str = Field("localhost", description="the relay's name")
    port: int = Field(587, ge=1, le=65535, description="usually 587 for starttls, 465 for tls")
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="none: without encryption and log-in, for a relay on the same machine"
    )
    login: bool = Field(True, description="false: a relay that asks for no user name and password")
    timeout_s: float = Field(30.0, gt=0, le=600, description="longest wait for an answer, in seconds")


class Delivery(Model):
    """How mail leaves the house."""

    transport: Literal["maildir", "smtp"] = Field(
        "maildir", description="maildir: into a folder, nothing leaves; smtp: over the relay"
    )
    maildir: str = Field("outputs/mail", description="folder of the local mailbox")
    smtp: Smtp = Field(Smtp(), description="the relay, for transport smtp")
    from_name: OptionalNameText = Field(
        default_factory=dict, description="sender's name, by language; empty: the organisation's"
    )
    from_address: Email | None = Field(None, description="sender's address; empty: the organisation's")
    list_id: ListId = Field(
        description="stable List-Id (RFC 2919), such as nieuwsbrief.coalition.example.org"
    )
    public_url: Url = Field(description="where outputs/site is published: web version, pictures")
    unsubscribe_url: Url = Field(
        description="one-click unsubscribe address, with https; the reader's token is added"
    )
    every_minutes: int = Field(10, ge=1, le=1440, description="how often to look for what is due")
    max_attempts: int = Field(5, ge=1, le=50, description="tries after 'not now' answers")


class Archive(Model):
    """Where sent publications are kept whole."""

    storage: Literal["local", "s3"] = Field("local", description="a folder, or a bucket")
    folder: str = Field("outputs/archive", description="local: folder from the newsroom's folder")
    bucket: str | None = Field(None, description="s3: name of the bucket")
    prefix: str = Field("", description="s3: put before each key")
    region: str | None = Field(None, description="s3: the bucket's region, such as eu-central-1")
    endpoint: Url | None = Field(None, description="s3: address of a compatible server; empty for AWS")

    @model_validator(mode="after")
    def _bucket_for_s3(self) -> "Archive":
        if self.storage == "s3" and not self.bucket:
            raise wrong("storage s3 has no bucket", "add bucket: the bucket's name", "storage")
        return self


class Store(Model):
    """The database. A URL with a password belongs in STUIFMAIL_DATABASE_URL instead."""

    url: str = Field("sqlite:///outputs/state/stuifmail.db", description="SQLAlchemy URL without password")
