"""Where sentences end, in Dutch and English. Pure."""

import re

#: Dutch and English abbreviations after which a sentence goes on.
_ABBREVIATIONS = (
    "m.b.t. bijv. bv. d.w.z. o.a. i.p.v. t.o.v. n.a.v. a.s. jl. ca. resp. incl. excl. nr. nrs. dhr. mevr. "
    "dr. ir. ing. drs. mr. prof. st. blz. p. art. afb. min. max. i.s.m. t.b.v. e.d. enz. vs. e.g. i.e. "
    "approx. mt. no. fig. vol. t.a.v. z.s.m. ha. m.u.v."
).split()
_ENDS = re.compile(r"([.!?…][\"'”’)\]]*)\s+(?=[\"'“‘(\[]?[A-ZÀ-Þ0-9])")


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
