import pytest

from archive.text.sanitise import SEPARATORS, clean


@pytest.mark.parametrize(
    "html",
    [
        "<p>Words</p>",
        '<p class="standfirst">Words</p>',
        '<p lang="kk" dir="ltr">Сөздер</p>',
        "<h2>Words</h2>",
        "<blockquote><p>Words</p></blockquote>",
        "<ul><li>Words</li></ul>",
        "<figure><figcaption>Words</figcaption></figure>",
        "<em>a</em> <strong>b</strong> <i>c</i> <b>d</b> <cite>e</cite> <q>f</q> <sub>g</sub> <sup>h</sup><br>",
        '<a href="https://example.org/a?b=c">Words</a>',
        '<a href="mailto:desk@example.org">Words</a>',
    ],
)
def test_what_is_on_the_list_stays(html: str) -> None:
    assert clean(html) == html


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ("<font color=red>Words</font>", "Words"),
        ("<span>Words</span>", "Words"),
        ('<p style="color: red" onclick="run()" id="x">Words</p>', "<p>Words</p>"),
        ('<p class="lead">Words</p>', "<p>Words</p>"),
        ('<h2 class="standfirst">Words</h2>', "<h2>Words</h2>"),
        ('<a href="javascript:run()" title="t">Words</a>', "<a>Words</a>"),
        ('<a href="ftp://example.org/">Words</a>', "<a>Words</a>"),
        ("Words<!-- a note -->", "Words"),
    ],
)
def test_what_is_not_on_the_list_goes_and_its_words_stay(
    html: str, cleaned: str
) -> None:
    assert clean(html) == cleaned


@pytest.mark.parametrize(
    "tag", ["script", "style", "template", "noscript", "svg", "math"]
)
def test_what_holds_no_words_goes_whole(tag: str) -> None:
    assert clean(f"<p>Words<{tag} a='b'>no words</{tag.upper()} ></p>").split() == [
        "<p>Words",
        "</p>",
    ]


def test_separators_stay_bare() -> None:
    assert clean('<div class="x" lang="en">Words</div>') == "<div>Words</div>"
    assert "div" in SEPARATORS


def test_signs_come_out_as_character_references() -> None:
    assert clean("Smith & Sons < 3") == "Smith &amp; Sons &lt; 3"
