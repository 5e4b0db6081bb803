"""What tests of several pages share."""

import pytest

from annotations.models import Annotation
from tests.support.making import MakeArticle
from tests.support.marking import allegation, figure, make_person, mention


@pytest.fixture
def marks(make_article: MakeArticle) -> list[Annotation]:
    """A person, a figure and an allegation, in three articles."""
    return [
        mention(
            make_article("One", "<p>Ivan Petrov came.</p>"),
            "Ivan Petrov",
            make_person("Ivan Petrov"),
        ),
        figure(make_article("Two", "<p>There 15 people died.</p>"), "15 people"),
        allegation(make_article("Three", "<p>He fired first.</p>"), "He fired first"),
    ]
