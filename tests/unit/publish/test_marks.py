from stuifmail.publish.marks import Mark, leave_out_notes, mark_page

PAGE = '<html><head><title>t</title></head><body class="a">\n<p>Nieuws</p></body></html>'


def test_a_mark_stands_before_everything_else_on_the_page():
    mark = Mark(
        label="Correctie",
        text="Er stond 17.\n\nJuist is 16.",
        link="https://x.example.org/c/",
        link_label="Lees",
    )
    marked = mark_page(PAGE, mark)
    assert marked.index("Correctie") < marked.index("Er stond 17.") < marked.index("<p>Nieuws</p>")
    assert marked.startswith('<html><head><title>t</title></head><body class="a">')
    assert '<a style="color:#8c1d18 !important" href="https://x.example.org/c/">Lees</a>' in marked


def test_what_was_taken_back_keeps_nothing_of_its_text():
    marked = mark_page(PAGE, Mark(label="Ingetrokken", text="Dit bericht is ingetrokken.", replaces=True))
    assert "Nieuws" not in marked
    assert "Dit bericht is ingetrokken." in marked
    assert marked.endswith("</body></html>")


def test_words_are_no_markup():
    marked = mark_page(PAGE, Mark(label="<b>", text="a & <script>"))
    assert "&lt;b&gt;" in marked
    assert "a &amp; &lt;script&gt;" in marked


def test_a_page_without_a_body_is_marked_too():
    assert mark_page("plain", Mark(label="C", text="t")).endswith("plain")
    assert "plain" not in mark_page("plain", Mark(label="C", text="t", replaces=True))


def test_notes_to_editors_are_left_out_and_nothing_else():
    html = "<p>Nieuws</p><!-- notes -->\n<p>Bel persvoorlichting</p><!-- /notes --><p>Voet</p>"
    assert leave_out_notes(html) == "<p>Nieuws</p><p>Voet</p>"
    assert leave_out_notes(PAGE) == PAGE
