from django.template import Context, Template


def rendered(source: str, **context: object) -> str:
    return Template("{% load i18n lines %}" + source).render(Context(context))


def test_line_breaks_between_the_parts_of_a_sentence_are_dropped() -> None:
    source = "({% join_lines %}\n  <b>15</b>\n  {% if more %}\n    , more\n  {% endif %}\n{% keep_lines %})"
    assert rendered(source, more=True) == "(<b>15</b>, more)"


def test_a_space_that_is_meant_stays() -> None:
    assert (
        rendered('{% join_lines %}\n<b>15</b> dead\n{{ " " }}in town\n')
        == "<b>15</b> dead in town"
    )


def test_between_attributes_a_line_break_is_a_space() -> None:
    source = '{% join_lines %}<a\n  class="{{ kind }}"\n  href="/"\n>here</a>\n'
    assert rendered(source, kind="place") == '<a class="place" href="/" >here</a>'


def test_a_message_joins_its_own_lines() -> None:
    source = "{% join_lines %}\n{% blocktranslate trimmed %}\n  one\n  two\n{% endblocktranslate %}\n"
    assert rendered(source) == "one two"


def test_what_a_variable_holds_keeps_its_lines() -> None:
    assert rendered("{% join_lines %}\n{{ words }}\n", words="one\ntwo") == "one\ntwo"


def test_lines_after_the_end_are_kept() -> None:
    assert rendered("{% join_lines %}\na\n{% keep_lines %}\nb\n") == "a\nb\n"
