"""Short leads taken from longer texts, whole sentences only. Pure."""

import re

#: Dutch and English abbreviations after which a sentence goes on.
_ABBREVIATIONS = (
    "m.b.t. bijv. bv. d.w.z. o.a. i.p.v. t.o.v. n.a.v. a.s. jl. ca. resp. incl. excl. nr. nrs. dhr. mevr. "
    "dr. ir. ing. drs. mr. prof. st. blz. p. art. afb. min. max. i.s.m. t.b.v. e.d. enz. vs. e.g. i.e. "
    "approx. mt. no. fig. vol. t.a.v. z.s.m. ha. m.u.v."
).split()
_ENDS = re.compile(r"([.!?…][\"'”’)\]]*)\s+(?=[\"'“‘(\[]?[A-ZÀ-Þ0-9])")
_EXCERPT_MARK = re.compile(r"\s*(\[\s*(…|\.\.\.)\s*\]|…|\.\.\.)\s*$")


def split_sentences(text: str) -> list[str]:
    """Answer the sentences of a paragraph, in order; abbreviations and "2e" do not end one."""
    sentences: list[str] = []
    start = 0
    for match in _ENDS.finditer(text):
        candidate = text[start : match.end(1)].strip()
        last_word = candidate.rsplit(None, 1)[-1].lower().lstrip("(\"'“‘") if candidate else ""
        if last_word in _ABBREVIATIONS or re.fullmatch(r"(\d+|[a-z])\.", last_word):
            continue
        sentences.append(candidate)
        start = match.end()
    sentences.append(text[start:].strip())
    return [sentence for sentence in sentences if sentence]


def take_lead(text: str, *, words_min: int, words_max: int) -> str:
    """Answer the first sentences of a text, together between two numbers of words.

    Args:
        text: plain text, paragraphs parted by empty lines.
        words_min: sentences are added until there are this many words.
        words_max: a sentence that would pass this many is left out, unless it is the first,
            which is then cut at a word with an ellipsis.

    Returns:
        One paragraph; "" for an empty text.
    """
    cleaned = _EXCERPT_MARK.sub("", text.strip())
    flowing = " ".join(paragraph for paragraph in map(_join_lines, cleaned.split("\n\n")) if paragraph)
    lead: list[str] = []
    for sentence in split_sentences(flowing):
        words = sentence.split()
        if lead and len(lead) + len(words) > words_max:
            break
        lead += words
        if len(lead) >= words_min:
            break
    if len(lead) > words_max:
        return " ".join(lead[:words_max]).rstrip(",;:–- ") + " …"
    return " ".join(lead)


def _join_lines(paragraph: str) -> str:
    """One line; a heading or list line without an end mark gets one, so that it reads on."""
    joined = " ".join(paragraph.split()).removeprefix("- ").removeprefix("• ")
    return joined if not joined or joined[-1] in ".!?…:;\"'”’)" else f"{joined}."
