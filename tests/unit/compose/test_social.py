"""A short post: headline and link, never too long."""

from stuifmail.compose.social import POST_LIMIT, compose_post
from tests import builders_release as made

LINK = "https://nieuws.coalition.example.org/nairobi-2025-pers-2-nl/nl/"


def test_a_post_is_the_headline_with_its_figures_and_the_link() -> None:
    release = made.release(subject={"nl": "Coalitie telt [[members.total]] leden"})
    assert compose_post(release, "nl", LINK) == f"Coalitie telt 37 leden {LINK}"


def test_a_long_headline_ends_at_a_word_and_the_link_stays_whole() -> None:
    post = compose_post(made.release(subject={"nl": "Bloemen in de berm " * 30}), "nl", LINK)
    assert len(post) <= POST_LIMIT
    assert post.endswith(f" … {LINK}")
    assert post.removesuffix(f" … {LINK}").split()[-1] in {"Bloemen", "in", "de", "berm"}


def test_a_publication_without_a_headline_in_the_language_has_no_post() -> None:
    assert compose_post(made.release(), "en", LINK) == ""
