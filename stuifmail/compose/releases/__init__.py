"""Press releases from an event's record, its figures and the ledger. Pure."""

from stuifmail.compose.releases.composing import compose_release
from stuifmail.compose.releases.material import ReleaseMaterial, StoryOfUpdate
from stuifmail.compose.releases.texts import BLANKS, ReleaseTexts
from stuifmail.compose.releases.wording import Facts, enumerate_names

__all__ = [
    "BLANKS",
    "Facts",
    "ReleaseMaterial",
    "ReleaseTexts",
    "StoryOfUpdate",
    "compose_release",
    "enumerate_names",
]
