"""In what language a text is: what is said about it, and what its own words say.

First the small words are counted ("het", "the"), which costs next to nothing and settles most
texts. Only where they leave doubt is the language model asked; it is loaded once per process,
when it is first needed (about half a second and 20 MB).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat

from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.harvest.cleaning.language_model import read_model
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry, LanguageOrigin

#: So many letters of title and lead are looked at: more does not make it surer.
SAMPLE_LETTERS = 600

#: A shorter text is not judged. Of texts of this length cut from 120 feeds the model named the
#: right language for all that it was so sure of; of those half as long it missed one in 200.
LEAST_LETTERS = 80
LEAST_CONFIDENCE = 0.8

#: To overrule what the feed says takes more.
OVERRULE_LETTERS = 120
OVERRULE_CONFIDENCE = 0.95

#: The model chooses from these. Close relatives are in it so that they are not taken for each other.
KNOWN = (
    *("nl", "en", "de", "fr", "es", "it", "pt", "da", "sv", "no", "fi", "pl"),
    *("af", "bs", "ca", "cs", "cy", "et", "eu", "fy", "ga", "gl", "hr", "hu", "is", "lb", "lt", "lv"),
    *("mt", "nn", "ro", "sk", "sl", "sq", "sr", "tr"),
)

#: Languages so alike that the feed is believed when it names one and the model another.
_RELATIVES: tuple[frozenset[str], ...] = (
    frozenset(("nl", "af", "fy", "li", "nds")),
    frozenset(("no", "nb", "nn", "da", "sv")),
    frozenset(("es", "ca", "gl", "pt", "eu")),
    frozenset(("cs", "sk")),
    frozenset(("bs", "hr", "sr", "sl")),
    frozenset(("de", "lb", "nds")),
)

#: Small words by language. One that two languages have counts for both.
_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "nl": "de het een en van dat die niet met voor zijn er aan ook als bij maar om uit nog naar deze"
        " wordt werd hebben heeft onze wij ze dit over wat tot meer kan kunnen zich hun hoe geen worden"
        " waar al zo dan te door ons is in op of was",
        "en": "the of and to that it with for are this be by from at as we have has their they which our"
        " you not but or can will were been more its when who how is in on was an a his her",
        "de": "der die das und ist nicht mit ein eine einen zu den von auf für des im dem auch sich als wird"
        " sind bei nach aus wir oder wie um noch werden über zum zur haben an es in er war",
        "fr": "le la les des et un une du est que qui dans pour pas sur avec au par plus ce sont aux cette"
        " nous vous il elle ont ou mais ses leur en de à se",
        "es": "el la los las y un una de del que en es por para con no se su al lo como más pero sus este"
        " esta son entre ha también fue sobre",
        "it": "il la le gli di che e un una per è non con del della dei delle si sono da al nel alla come"
        " anche più ma ha questo questa dal lo",
        "pt": "o a os as e um uma de do da dos das que em não para por com no na nos nas se ao mais como"
        " mas foi são à pelo pela também é seu sua",
        "da": "og det at en den til er som på de med han af for ikke der var mig sig men et har om vi havde"
        " fra eller blev efter nu også",
        "sv": "och det att en som på är av för med den till inte har de ett om men sig var vi från så kan när"
        " vid också eller efter hon han nu",
        "no": "og det at en den til er som på de med han av for ikke der var seg men et har om vi hadde fra"
        " eller ble etter nå også",
        "af": "die en van het in nie wat vir met aan te sy hy dat was om hulle ek ons jy sal kan word is"
        " ook of op deur uit na dit maar as daar toe nog haar hom oor",
        "fi": "ja on ei se että hän oli mutta ovat kun myös joka sekä tai jo niin kuin voi ole mukaan sen"
        " vuoden tämä",
        "pl": "i w na z się nie do to jest że o jak za od po przez co dla są by czy tylko ale oraz już tego"
        " może",
    }.items()
}
#: Which languages each of them belongs to: most words of a text belong to none.
_LANGUAGES_OF: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _SMALL_WORDS.items() if word in words)
    for word in frozenset().union(*_SMALL_WORDS.values())
}
_NOISE = re.compile(r"https?://\S+|\S+@\S+|[#@]\w+")
_WORD = re.compile(r"[^\W\d_]+")
#: So many small words, and so many times those of the second language, settle it.
_LEAST_HITS, _MARGIN = 6, 1.6
#: With so many of its small words, and none of another language as many, the feed is plainly right.
_AGREEING_HITS = 3
#: Most texts show in their first lines that the feed is right.
_GLANCE_LETTERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLanguage:
    """An item's language.

    Args:
        code: two letters.
        origin: who says so.
        contradicts: the tag that entry or feed gave and that was not believed, else "".
    """

    code: str
    origin: LanguageOrigin
    contradicts: str = ""


def detect_language(text: str) -> tuple[str, float] | None:
    """Answer the text's language as a two-letter code, and how sure that is, from 0 to 1.

    Args:
        text: plain; addresses and hashtags in it do not count.

    Returns:
        None for a text that is too short, is in another script than ours, or leaves doubt.
    """
    return _detect(_take_sample(text))


def _detect(sample: Sequence[str]) -> tuple[str, float] | None:
    letters = sum(map(len, sample))
    if letters < LEAST_LETTERS or not _is_latin(sample):
        return None
    settled = _settle(sample)
    if settled:
        return settled, 1.0
    code, confidence = _model().classify(" ".join(sample))
    return (code, float(confidence)) if confidence >= LEAST_CONFIDENCE else None


def pick_language(
    entry: Entry, document: ParsedDocument, source: Source, config: NewsroomConfig
) -> ItemLanguage:
    """Answer the item's language: what entry or feed say, else its words, else sources.yaml.

    Title and lead that are plainly in another language than feed or entry say are believed;
    a sheet's row, which a person filled in, always is. With `trust_language: false` what entry
    and feed say does not count, and `language` of the source comes before detection.
    """
    said, origin = _what_is_said(entry, document) if source.trust_language else ("", "feed")
    if not source.trust_language and source.language:
        return ItemLanguage(code=source.language, origin="source")
    if said and document.kind == "sheet":
        return ItemLanguage(code=said, origin="entry")
    text = f"{entry.title}. {entry.text[: 3 * SAMPLE_LETTERS]}"
    if said:
        other = _contradiction(text, said)
        if other:
            return ItemLanguage(code=other, origin="detected", contradicts=_tag(entry, document))
        return ItemLanguage(code=said, origin=origin)
    return _without_word(text, source, config)


def explain_contradictions(found: Sequence[ItemLanguage]) -> list[str]:
    """Answer one sentence for the secretariat on a feed whose texts are in another language."""
    wrong = Counter((one.contradicts, one.code) for one in found if one.contradicts)
    if not wrong:
        return []
    (tag, code), _ = wrong.most_common(1)[0]
    count = wrong.total()
    texts = "its texts are" if count == len(found) else f"{count} of its {len(found)} texts are"
    name = _NAMES.get(code, f"in {code}")
    remedy = "ask the member to set the language, or set language: and trust_language: false"
    return [f'the feed says "{tag}", but {texts} {name}: {remedy}']


_NAMES = {
    "nl": "Dutch",
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "da": "Danish",
    "sv": "Swedish",
    "no": "Norwegian",
    "fi": "Finnish",
    "pl": "Polish",
}


def _what_is_said(entry: Entry, document: ParsedDocument) -> tuple[str, LanguageOrigin]:
    """The two-letter code of entry or feed and which of them gives it; "" for neither."""
    own = _code(entry.language)
    if own and own != _code(document.language):
        return own, "entry"
    return own or _code(document.language), "feed"


def _tag(entry: Entry, document: ParsedDocument) -> str:
    said = entry.language if _code(entry.language) else document.language
    return said or ""


def _code(tag: str | None) -> str:
    code = (tag or "").lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() else ""


def _without_word(text: str, source: Source, config: NewsroomConfig) -> ItemLanguage:
    if detected := detect_language(text):
        return ItemLanguage(code=detected[0], origin="detected")
    if source.language:
        return ItemLanguage(code=source.language, origin="source")
    return ItemLanguage(code=config.organisation.languages[0], origin="default")


def _contradiction(text: str, said: str) -> str:
    """The language that the text plainly is in instead of what is said, "" when there is none."""
    if said not in KNOWN or _agrees(text[:_GLANCE_LETTERS].lower().split(), said):
        return ""
    sample = _take_sample(text)
    if sum(map(len, sample)) < OVERRULE_LETTERS or not _is_latin(sample) or _agrees(sample, said):
        return ""
    detected = _detect(sample)
    if detected is None or detected[1] < OVERRULE_CONFIDENCE:
        return ""
    code = detected[0]
    is_same = code == said or any({code, said} <= family for family in _RELATIVES)
    return "" if is_same else code


def _agrees(words: Sequence[str], said: str) -> bool:
    counts = _count_small_words(words)
    return counts[said] >= _AGREEING_HITS and counts[said] == max(counts.values())


def _take_sample(text: str) -> list[str]:
    words: list[str] = []
    room = SAMPLE_LETTERS
    text = text[: 4 * SAMPLE_LETTERS]
    if "@" in text or "#" in text or "://" in text:  # the pattern is slow
        text = _NOISE.sub(" ", text)
    for found in _WORD.finditer(text):
        words.append(found[0].lower())
        room -= len(found[0])
        if room <= 0:
            break
    return words


def _is_latin(sample: Sequence[str]) -> bool:
    """Whether nearly all letters are Latin: for other scripts we know no languages."""
    text = "".join(sample)
    if text.isascii():
        return True
    return sum(letter < "ɐ" for letter in text) > 0.9 * len(text)


def _count_small_words(sample: Sequence[str]) -> Counter[str]:
    return Counter(chain.from_iterable(map(_LANGUAGES_OF.get, sample, repeat(()))))


def _settle(sample: Sequence[str]) -> str:
    """The language whose small words are plainly the most, "" where there is doubt."""
    (first, most), (_, second), *_ = [*_count_small_words(sample).most_common(2), ("", 0), ("", 0)]
    is_plain = most >= _LEAST_HITS and most >= _MARGIN * second and most >= len(sample) / 6
    return first if is_plain else ""


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    """The model cut down to the languages that we know."""
    parts = read_model(MODEL_DIR / MODEL_FILE, KNOWN)
    return LanguageIdentifier(
        parts.weights,
        parts.priors,
        parts.classes,
        parts.moves,
        parts.outputs,
        norm_probs=True,
        tk_row=parts.rows,
    )
