"""Quotation marks and apostrophes."""

import pytest

from stuifmail.render.typography import curl_quotes


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Gemeente 's-Heerenwoude", "Gemeente ’s-Heerenwoude"),
        ("'s Ochtends in 't veld", "’s Ochtends in ’t veld"),
        ("the farmer's map and the growers' books", "the farmer’s map and the growers’ books"),
        ('Kennisinstituut "Zoem"', "Kennisinstituut “Zoem”"),
        ('Zij zei: "Maai niet." En weg was zij.', "Zij zei: “Maai niet.” En weg was zij."),
        ("Het woord 'berm' en ('rand')", "Het woord ‘berm’ en (‘rand’)"),
        ("Al ‘goed’ en “klaar”", "Al ‘goed’ en “klaar”"),
        ("Zie https://a.example.org/l'ete?q=\"b\": d'été", 'Zie https://a.example.org/l\'ete?q="b": d’été'),
        ("", ""),
    ],
)
def test_typewriter_marks_become_printed_ones(typed, printed):
    assert curl_quotes(typed) == printed


def test_a_second_time_changes_nothing():
    once = curl_quotes("Op 's-Heerenwoude's \"lint\"")
    assert curl_quotes(once) == once
