"""The models of how news is weighed: points for each reason, fairness, and what members asked for."""

from datetime import date
from typing import Annotated

from pydantic import Field

from stuifmail.config.values import File, Id, Language, Model, Text


class Domain(Model):
    """A field of work with the words that betray it."""

    id: Id = Field(description="short name")
    name: Text = Field(description="the domain's name, by language")
    keywords: dict[Language, tuple[str, ...]] = Field(
        default_factory=dict, description="words, by language, by which an item is known to belong to it"
    )


class Weights(Model):
    """Points for each reason to choose a story; 0 switches a reason off."""

    members: float = Field(2.0, ge=0, le=100, description="for each further member who brings the same story")
    members_most: float = Field(4.0, ge=0, le=100, description="most points for that")
    relevance: float = Field(0.2, ge=0, le=100, description="it names another member; twice that for several")
    focus: float = Field(
        2.0,
        ge=0,
        le=100,
        description="it is about a focus point of the year; a part of it when it only touches on it",
    )
    gap: float = Field(
        1.0,
        ge=0,
        le=100,
        description="that focus point was not in an issue yet this year; half after one piece",
    )
    theme: float = Field(
        1.0, ge=0, le=100, description="it is about a theme, times the theme's weight in the survey; likewise"
    )
    unseen: float = Field(
        4.0, ge=0, le=100, description="its member was never featured, or not for long_unseen_days"
    )
    newcomer: float = Field(0.5, ge=0, le=100, description="its member is new")
    practice: float = Field(
        0.5, ge=0, le=100, description="others can learn from it: a good practice or a lesson learned"
    )
    results: float = Field(0.3, ge=0, le=100, description="title or lead give at least two numbers")
    deadline: float = Field(0.3, ge=0, le=100, description="title or lead name a term, or ask for help")
    policy: float = Field(0.3, ge=0, le=100, description="title or lead are about policy")
    freshness: float = Field(4.0, ge=0, le=100, description="at the end of the period; 0 at its beginning")
    balance: float = Field(
        0.5,
        ge=0,
        le=100,
        description="its kind of member, country and domain had less than their share of the last issues; "
        "as many points off when they had more",
    )
    repeat: float = Field(
        3.0, ge=0, le=100, description="taken off for each earlier piece of the member in the issue"
    )


class Fairness(Model):
    """What every member may count on, whatever the points say."""

    words_share: float = Field(
        0.25, gt=0, le=1, description="of an issue's words, the most for a member with more than one piece"
    )
    kinds_least: int = Field(
        3, ge=0, le=20, description="so many kinds of members in an issue, where there is news of them"
    )
    newcomer_days: int = Field(
        120,
        ge=0,
        le=3650,
        description="a member is new so long after joining; until featured, its best piece gets a place",
    )
    long_unseen_days: int = Field(
        120, ge=1, le=3650, description="who was not featured for so long counts as never featured"
    )
    issues_back: int = Field(
        6, ge=1, le=100, description="shares of kinds, countries and domains are taken over so many issues"
    )


class Survey(Model):
    """What members said that they want to read about: a sheet with their answers."""

    file: File = Field(description="CSV or XLSX, path from the newsroom's folder")
    taken: date = Field(description="day of the survey")
    columns: dict[str, str] = Field(
        default_factory=dict, description="our column name, then the sheet's, where they differ"
    )


class Curation(Model):
    """How stories are weighed for an issue."""

    weights: Weights = Field(Weights(), description="points for each reason")
    fairness: Fairness = Field(Fairness(), description="what every member may count on")
    survey: Survey | None = Field(None, description="the members' survey, from which themes get weights")
    theme_weights: dict[Id, Annotated[float, Field(ge=0, le=10)]] = Field(
        default_factory=dict,
        description="our own weights by theme, from 0 to 10, instead of the survey's; 1 is the average",
    )
