"""Which stories get the house's illustration of their theme."""

from datetime import UTC, datetime, timedelta

from stuifmail.compose.newsletter import PICTURES_LIMIT, IssueMaterial, compose_newsletter
from stuifmail.config.models import NewsroomConfig, Theme
from stuifmail.model.publications import StoryBlock
from stuifmail.model.selections import Pick
from tests.builders_publication import build_config
from tests.unit.compose.test_newsletter import LEAD, NOW, PHRASES, STORIES, make_item, make_newsletter


def with_themes(*names: str) -> NewsroomConfig:
    config = build_config()
    themes = tuple(
        Theme.model_validate(
            {"id": name, "name": {"nl": name}, "picture": {"file": f"{name}.png", "alt": {"nl": name}}}
        )
        for name in names
    )
    vocabularies = config.vocabularies.model_copy(update={"themes": themes})
    return config.model_copy(update={"vocabularies": vocabularies})


def picture_files(*themes: str | None) -> list[str | None]:
    """The pictures of a lead and the stories below it, one story a theme."""
    picks = [Pick(item=make_item(n, f"Bericht {n}"), theme=theme) for n, theme in enumerate(themes)]
    material = IssueMaterial(
        issue_id="nieuwsbrief-2026-05",
        number=47,
        period=(NOW - timedelta(days=30), NOW),
        send_at=datetime(2026, 5, 6, 8, tzinfo=UTC),
        picks={"lead": picks[:1], "members": picks[1:]},
        events=[],
        figures={},
        phrases=PHRASES,
        month={"nl": "mei 2026", "en": "May 2026"},
    )
    config = with_themes(*sorted({theme for theme in themes if theme}))
    issue = compose_newsletter(make_newsletter(LEAD, STORIES | {"limit": 8}), config, material)
    stories = [block for block in issue.blocks() if isinstance(block, StoryBlock)]
    return [story.picture.file if story.picture else None for story in stories]


def test_a_story_gets_the_picture_of_its_theme_and_none_without_one() -> None:
    assert picture_files("city", "water", None) == ["city.png", "water.png", None]


def test_no_picture_comes_twice_in_an_issue() -> None:
    assert picture_files("city", "water", "city", "water") == ["city.png", "water.png", None, None]


def test_only_the_first_stories_below_the_lead_get_pictures() -> None:
    files = picture_files("a", "b", "c", "d", "e", "f", "g")
    assert sum(file is not None for file in files[1:]) == PICTURES_LIMIT
    assert files[5:] == [None, None]
