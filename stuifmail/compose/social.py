"""One short post about a publication, per language: the news and where to read it. Pure."""

from stuifmail.model.marks import fill_marks
from stuifmail.model.publications import Publication

#: The shortest limit of the networks that matter; a link counts whole.
POST_LIMIT = 280


def compose_post(publication: Publication, language: str, link: str) -> str:
    """Answer the headline and the link, at most 280 characters together.

    A headline that is too long ends at a word with an ellipsis; a link is never cut.

    Args:
        publication: what is told; its figures stand in the place of their marks.
        language: one of its languages.
        link: where the whole is; "" for none.

    Returns:
        The post, "" when the publication has no headline in this language.
    """
    headline = " ".join(fill_marks(publication.subject.get(language, ""), publication.figures).split())
    if not headline:
        return ""
    room = POST_LIMIT - (len(link) + 1 if link else 0)
    if len(headline) > room:
        headline = headline[: max(room - 2, 0)].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"
    return f"{headline} {link}".strip()
