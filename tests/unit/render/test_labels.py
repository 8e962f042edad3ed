"""The words of the templates."""

import dataclasses
import re
from typing import get_args

import pytest

from stuifmail.errors import InvalidDocument, InvalidTemplate
from stuifmail.model.publications import MessageKind
from stuifmail.render.labels import Labels, read_labels
from tests.builders_publication import project_root

TEMPLATES = project_root() / "templates"
CATALOGUES = sorted(path.stem for path in (TEMPLATES / "labels").glob("*.yaml"))


def test_every_catalogue_says_everything_with_the_same_blanks():
    blanks = {}
    for language in CATALOGUES:
        labels = dataclasses.asdict(read_labels(TEMPLATES, language))
        assert all(labels.values()), language
        blanks[language] = {key: sorted(re.findall(r"\{\w+\}", str(text))) for key, text in labels.items()}
    assert {"nl", "en"} <= set(blanks)
    assert all(each == blanks["nl"] for each in blanks.values())


def test_a_missing_catalogue_names_the_file_to_make():
    with pytest.raises(InvalidTemplate, match=r"templates/labels/fr\.yaml.*'fr'.*copy labels/en\.yaml"):
        read_labels(TEMPLATES, "fr")


def test_a_misspelt_label_is_refused_with_its_line(tmp_path):
    text = (TEMPLATES / "labels" / "nl.yaml").read_text().replace("read_online:", "read_onlin:")
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "nl.yaml").write_text(text)
    with pytest.raises(InvalidDocument, match=r"labels/nl\.yaml:4:\d+: read_onlin"):
        read_labels(tmp_path, "nl")


def test_no_template_holds_words_of_one_language():
    for path in sorted(TEMPLATES.rglob("*.mjml")) + sorted((TEMPLATES / "newsletters").glob("*.txt")):
        text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r"<mj-style.*?</mj-style>", "", text, flags=re.DOTALL)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
        text = re.sub(r'<(?:[^<>"]|"[^"]*")*>|[\w-]+="[^"]*"|&#?\w+;', " ", text)
        assert re.findall(r"[A-Za-zÀ-ÿ]{2,}", text) == [], path.name


def test_labels_are_read_as_the_templates_use_them():
    used = set()
    for path in TEMPLATES.rglob("*.*"):
        if path.suffix in (".mjml", ".txt", ".html"):
            used |= set(re.findall(r"\blabels\.(\w+)", path.read_text()))
    assert used <= {field.name for field in dataclasses.fields(Labels)}


@pytest.mark.parametrize("language", CATALOGUES)
def test_every_kind_of_message_has_a_name(language):
    names = read_labels(TEMPLATES, language).messages
    assert [kind for kind in (*get_args(MessageKind), "correction", "kill") if not names.of(kind)] == []
    assert names.of("of") == names.of("") == ""
