"""The language model cut down while it is read says what the whole one says."""

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from stuifmail.harvest.cleaning.language_model import read_model

LANGUAGES = ("nl", "en", "de")
TEXTS = (
    "De gemeente zaait dit voorjaar bloemen in de berm",
    "The council will sow wild flowers along the road",
    "Die Gemeinde sät im Frühling Blumen am Wegesrand",
    "",
)


def test_it_answers_as_the_whole_model_does() -> None:
    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(LANGUAGES)
    parts = read_model(MODEL_DIR / MODEL_FILE, (*LANGUAGES, "xx"))
    ours = LanguageIdentifier(
        parts.weights,
        parts.priors,
        parts.classes,
        parts.moves,
        parts.outputs,
        norm_probs=True,
        tk_row=parts.rows,
    )
    assert np.array_equal(parts.weights, whole.nb_ptc)
    assert [ours.classify(text) for text in TEXTS] == [whole.classify(text) for text in TEXTS]
    assert len(parts.moves) == len(whole.tk_nextmove)
