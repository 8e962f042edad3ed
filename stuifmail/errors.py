"""Every error that stuifmail raises on purpose.

Each error says where the trouble is (`place`), what is wrong (`message`) and what to do
about it (`remedy`); its text joins the three. Foreign exceptions are chained as the cause.

    StuifmailError
    ├── NewsroomNotFound              no sources.yaml in the folder
    ├── InvalidDocument (ValueError)  a YAML document with problems, all of them listed
    │   ├── InvalidConfig             sources.yaml
    │   └── InvalidDraft              an edited draft
    ├── HarvestError                  one source could not be harvested
    │   ├── FetchFailed               no usable answer
    │   │   └── FetchFailedForNow     (TryLater) the server asks for patience
    │   └── UnreadableDocument (ValueError)  bytes that are no feed, calendar or sheet
    ├── NothingHarvested              every source failed
    ├── UnknownEvent (LookupError)    no event of ours has this id
    ├── InvalidSheet (ValueError)     a sheet lacks columns or holds impossible values
    ├── InvalidTemplate (ValueError)  a template that cannot be rendered
    ├── ReviewError
    │   ├── UnknownPublication (LookupError)
    │   ├── WrongState                the publication is not in the state the act needs
    │   ├── StaleRevision             somebody else saved a newer revision
    │   ├── UnknownRole (LookupError)
    │   ├── ApprovalRefused           blocking findings, or the approver edited last
    │   └── EmbargoRefused (ValueError)  not whole, or over; or what is under one may not go out
    ├── DispatchError
    │   ├── TransportFailed           the next server or folder took nothing
    │   │   └── TransportFailedForNow (TryLater)
    │   ├── MessageRefused            this one message was refused for good
    │   │   └── MessageDeferred       (TryLater) this one message was refused for now
    │   ├── DeliveryUncertain         nobody can say whether the message was accepted
    │   └── InvalidMessage (ValueError)  a value that may not enter a message
    ├── StorageError                  the archive could not be read or written
    └── StoreError                    the database could not be used
        ├── StoreUnwritable           read-only or full disk
        └── Busy                      (TryLater) another run holds the lock
"""

from collections.abc import Sequence


class TryLater:
    """Marks errors that may pass by themselves: a flow may retry them."""


class StuifmailError(Exception):
    """Base of all errors of this library.

    Args:
        message: what is wrong, without a full stop at the end.
        place: where: a `file:line:column`, source id, URL, publication or delivery id.
        remedy: what the reader of the message can do about it.
    """

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        self.message = message
        self.place = place
        self.remedy = remedy
        super().__init__(message)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, self.message, self.remedy) if part)


class NewsroomNotFound(StuifmailError):
    """The folder holds no sources.yaml."""


class InvalidDocument(StuifmailError, ValueError):
    """A YAML document with one or more problems.

    Args:
        message: one line that sums up.
        problems: every problem found, in document order; `str()` of each is one line.
    """

    def __init__(
        self, message: str, problems: Sequence[object], *, place: str = "", remedy: str = ""
    ) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(problem) for problem in self.problems)])


class InvalidConfig(InvalidDocument):
    """sources.yaml cannot be used as it stands."""


class InvalidDraft(InvalidDocument):
    """An edited draft cannot be saved as it stands."""


class HarvestError(StuifmailError):
    """One source could not be harvested."""


class FetchFailed(HarvestError):
    """The source gave no usable answer.

    Args:
        message, place, remedy: as everywhere.
        status: HTTP status code of the answer; 0 when there was none.
        hints: what the answer said about the next one (harvest/fetching/politeness.py: hints_of).
    """

    def __init__(
        self, message: str, *, place: str = "", remedy: str = "", status: int = 0, hints: object = None
    ) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.status = status
        self.hints = hints


class FetchFailedForNow(FetchFailed, TryLater):
    """The source gave no usable answer this time."""


class UnreadableDocument(HarvestError, ValueError):
    """The bytes are not a feed, calendar or sheet that can be read."""


class NothingHarvested(StuifmailError):
    """Every source failed, so something is wrong on our side."""


class UnknownEvent(StuifmailError, LookupError):
    """No event of ours has this id."""


class InvalidSheet(StuifmailError, ValueError):
    """A sheet lacks columns, has them twice, or holds impossible values."""


class InvalidTemplate(StuifmailError, ValueError):
    """A template cannot be rendered: syntax, an unknown variable, or MJML that is not allowed.

    Args:
        message, place, remedy: of the first problem.
        problems: every problem found, the first included; `str()` of each is one line.
    """

    def __init__(
        self, message: str, *, place: str = "", remedy: str = "", problems: Sequence[object] = ()
    ) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(problem) for problem in self.problems[1:])])


class ReviewError(StuifmailError):
    """An editorial act was refused."""


class UnknownPublication(ReviewError, LookupError):
    """No publication has this id."""


class UnknownRole(ReviewError, LookupError):
    """No role of the newsroom has this id."""


class WrongState(ReviewError):
    """The publication is not in the state that the act needs."""


class StaleRevision(ReviewError):
    """Somebody saved a newer revision in the meantime."""


class ApprovalRefused(ReviewError):
    """The approval was refused: blocking findings, or the approver was the last editor."""


class EmbargoRefused(ReviewError, ValueError):
    """An embargo lacks end, zone or reason, or has ended; or it stands in the way of a publication."""


class DispatchError(StuifmailError):
    """Sending met trouble."""


class TransportFailed(DispatchError):
    """The transport as a whole cannot take messages."""


class TransportFailedForNow(TransportFailed, TryLater):
    """The transport cannot take messages now."""


class MessageRefused(DispatchError):
    """One message was refused for good."""


class MessageDeferred(MessageRefused, TryLater):
    """One message was refused for now."""


class DeliveryUncertain(DispatchError):
    """The connection broke after the content left: nobody can say whether it was accepted."""


class InvalidMessage(DispatchError, ValueError):
    """A value may not enter a message: a control character, or an address that is none."""


class StorageError(StuifmailError):
    """The archive could not be read or written."""


class StoreError(StuifmailError):
    """The database could not be used."""


class StoreUnwritable(StoreError):
    """The database or a folder of outputs cannot be written: read-only or full."""


class Busy(StoreError, TryLater):
    """Another run holds the lock."""
