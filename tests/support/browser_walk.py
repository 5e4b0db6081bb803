"""Every page of the archive, filled with the demonstration, for tests that look at all of
them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

from annotations.core.basket_contents import BasketContents, BasketItem
from annotations.editing import tagging
from annotations.entities.merging import merge
from annotations.figures.services import succeed
from annotations.models import (
    Act,
    Allegation,
    Annotation,
    Basket,
    Embargo,
    Entity,
    Kind,
    Measure,
    State,
)
from archive.models import Article, User
from archive.roles import Role
from tests.support.making import make_article
from tests.support.marking import allegation, figure, make_person, make_place, mention


@dataclass(frozen=True)
class Stop:
    """A page on the walk, and whether one must sign in (as a curator, who sees all that an
    editor sees)."""

    address: str
    signed_in: bool = False


def stops() -> list[Stop]:
    """Return every page; expects the demonstration, and adds what it does not show."""
    return [
        *map(Stop, _public()),
        *(Stop(address, signed_in=True) for address in _for_curators()),
    ]


def _public() -> Iterator[str]:
    article = Article.objects.filter(language="en").order_by("pk")[0]
    person = Entity.objects.get(name="Kalmukhambet Kasymov")
    place = Entity.objects.get(name="Zhanaozen")
    yield from (
        "/",
        "/articles/",
        "/people/",
        "/places/",
        "/figures/",
        "/allegations/",
        "/export/",
        "/check/",
        "/login/",
    )
    yield from (
        "/search/",
        "/search/?q=kasymov",
        "/search/?q=%21",
        "/search/?q=zyzzyva",
        "/no-such-page/",
    )
    yield from (
        "/articles/?language=en&since=2011-12-01",
        "/allegations/?status=denied",
        "/export/?format=none",
    )
    yield from (
        "/people/?q=Kasym",
        "/people/?q=zyzzyva",
        article.get_absolute_url(),
        everything_marked(),
    )
    yield from (
        f"{article.get_absolute_url()}provenance/?verify",
        f"{article.get_absolute_url()}versions/1/",
    )
    yield from (person.get_absolute_url(), place.get_absolute_url())
    yield from (measure.get_absolute_url() for measure in Measure.objects.all())
    for kind in Kind.values:
        of_kind = Annotation.objects.filter(kind=kind).in_reading_order()
        yield of_kind[0].get_absolute_url()
    claims = Annotation.objects.filter(kind=Kind.ALLEGATION)
    yield from (
        f"/allegations/{claims.filter(allegation__claims=None).in_reading_order()[0].pk}/",
        f"/allegations/{_answered()}/",
    )
    yield from (
        "/allegations/?claimant=kalmukhambet-kasymov&place=zhanaozen",
        "/allegations/?status=nonsense",
    )
    yield from ("/basket/", _shared_basket())
    yield f"{article.get_absolute_url()}versions/1/20-60/"
    yield from (
        f"{article.get_absolute_url()}find/?words={words}"
        for words in ("the", "zyzzyva")
    )


def _for_curators() -> Iterator[str]:
    article = Article.objects.filter(language="en").order_by("pk")[0]
    length = len(article.version.text)
    named = article.annotations.filter(kind=Kind.PERSON).in_text_order()[0]
    person = Entity.objects.get(name="Kalmukhambet Kasymov")
    for language in ("en", "kk"):
        yield (
            Article.objects.filter(language=language)
            .order_by("pk")[0]
            .get_absolute_url()
        )
    yield from (
        f"{article.get_absolute_url()}annotate/",
        f"{everything_marked()}annotate/",
    )
    yield from (
        everything_marked(),
        "/review/",
        "/people/",
        "/people/new/",
        "/places/new/",
        "/articles/import/",
    )
    yield from (
        f"{person.get_absolute_url()}edit/",
        f"{article.get_absolute_url()}edit/",
    )
    yield from (
        f"{article.get_absolute_url()}correct/",
        f"{article.get_absolute_url()}tag/",
    )
    yield from (
        f"{article.get_absolute_url()}tag/?paragraph=3&words={quote(word)}"
        for word in ("", "the", "zyzzyva")
    )
    yield f"{article.get_absolute_url()}tag/?version=1&start={length}&end={length + 1}"
    for kind in Kind.values:
        yield f"{article.get_absolute_url()}tag/?version=1&start={named.start}&end={named.end}&kind={kind}"
    deaths = _with_a_replaced_figure().get_absolute_url()
    yield from ("/figures/new/", deaths, f"{deaths}edit/", f"{deaths}add/")
    yield from (
        f"/allegations/{_answered()}/{page}"
        for page in ("", "answer/", "answer/?q=zyzzyva", "status/")
    )
    for kind in (Kind.PERSON, Kind.FIGURE, Kind.ALLEGATION):
        of_kind = Annotation.objects.filter(kind=kind, article__language="en")
        pk = of_kind.in_reading_order()[0].pk
        yield from (
            f"/annotations/{pk}/",
            f"/annotations/{pk}/edit/",
            f"/annotations/{pk}/delete/",
        )
    # Words of which more is said.
    everything = Annotation.objects.filter(article__title="Everything at once")
    boats = everything.filter(kind=Kind.FIGURE).in_text_order()[0]
    yield boats.get_absolute_url()
    town = Annotation.objects.filter(entity__name="Kyzylkala").in_text_order()[0].pk
    yield from (
        f"/annotations/{town}/apply/",
        f"/annotations/{named.pk}/apply/?in=archive",
    )
    yield f"/annotations/{_deleted()}/edit/"
    yield from (
        "/baskets/",
        _shared_basket(),
        "/embargoes/",
        f"{article.get_absolute_url()}embargo/",
    )
    hidden = _under_embargo().get_absolute_url()
    yield from (hidden, f"{hidden}embargo/")
    yield from _of_the_journal(person)


def _of_the_journal(person: Entity) -> Iterator[str]:
    """The pages on which names are merged and split, and those that tell what was done."""
    address = person.get_absolute_url()
    yield from (
        f"{address}merge/",
        f"{address}merge/?find=zyzzyva",
        f"{address}split/",
        "/journal/waiting/",
    )
    yield from (
        f"{address}spellings/",
        f"{Entity.objects.get(name='Almaty').get_absolute_url()}spellings/",
    )
    yield from (
        f"{article.get_absolute_url()}names/"
        for article in Article.objects.filter(language="en")
    )
    merged = merge(
        make_person("Kalmukhanbet Kasimov"),
        person,
        User.objects.filter(role=Role.CURATOR)[0],
        "One man, two romanisations",
    )
    yield from ("/journal/", "/journal/?mine", "/review/", merged.get_absolute_url())
    yield Act.objects.filter(kind=Act.Kind.DELETED)[0].get_absolute_url()


def _under_embargo() -> Entity:
    """Return a place of which nothing is alleged, under embargo."""
    town = Entity.objects.get(name="Kyzylkala")
    Embargo.objects.get_or_create(
        entity=town, defaults={"note": "A court’s order", "until": date(2190, 1, 1)}
    )
    return town


def everything_marked() -> str:
    """Return the address of an article in which marks of all kinds and states lie in and over
    one another."""
    article = (
        Article.objects.filter(title="Everything at once").first() or _mark_everything()
    )
    return article.get_absolute_url()


def _mark_everything() -> Article:
    article = make_article(
        title="Everything at once",
        publisher="An invented paper with a long name",
        original_address=f"https://example.org/{'a-very-long-address-' * 12}",
        html="<p class='standfirst'>An invented report of 15 boats.</p>"
        "<p>Aset Omarov of Kyzylkala said that <em>15 boats</em> and <a href='https://example.org/'>Dina Serik</a> "
        "were gone. Omarov and Serik were seen in Kyzylkala.</p><h2>In Kyzylkala</h2>"
        "<blockquote><p>They took all of it.</p><p>Nobody saw 3 of them.</p></blockquote>"
        f"<p>{'Aнтропоморфологияландырылған' * 4}</p>",
    )
    aset, dina = make_person("Aset Omarov"), make_person("Dina Serik")
    town = make_place("Kyzylkala")
    mention(article, "Aset Omarov", aset)
    mention(article, "Dina Serik", dina)
    mention(article, "Omarov", aset, State.LINKED, nth=1)
    mention(article, "Serik", dina, State.SUGGESTED, nth=1)
    for nth, state in enumerate((State.CONFIRMED, State.LINKED, State.SUGGESTED)):
        mention(article, "Kyzylkala", town, state, nth=nth)
    figure(article, "15 boats", nth=1, counted="boats", said_by="Aset Omarov")
    figure(article, "3 of them", low="3", counted="thieves")
    allegation(
        article,
        "said that 15 boats and Dina Serik were gone",
        summary="Boats were taken",
        accused="Dina Serik",
    )
    allegation(
        article,
        "boats and Dina Serik were gone. Omarov",
        summary="Dina Serik went",
        status="denied",
    )
    allegation(
        article,
        "They took all of it.\n\nNobody saw",
        summary="Everything was taken",
        status="charged",
    )
    return article


def _with_a_replaced_figure() -> Measure:
    """Return a measure with figures of every shape, of which its speaker replaced one."""
    article = make_article(
        html="<p>Some said 15, then 17, or 3 to 40; about 20, at most 30.</p>",
        published="2011-12",
    )
    measure = Measure.objects.create(
        name="Boats taken", description="From the harbour, in the night."
    )
    known: dict[str, Any] = {
        "measure": measure,
        "counted": "boats",
        "said_by": "the harbour master",
    }
    earlier = figure(article, "15", as_of="2011-12-16", **known)
    later = figure(article, "17", "17", as_of="2011-12-18", **known)
    figure(article, "3 to 40", "3", high="40", qualifier="between", **known)
    figure(article, "about 20", "20", qualifier="about", **known | {"said_by": ""})
    figure(article, "at most 30", "30", qualifier="at_most", **known)
    succeed(earlier.figure, later.figure, User.objects.filter(role=Role.CURATOR)[0])
    return measure


def _shared_basket() -> str:
    """Return the address of a curator's basket with an excerpt of each kind, and one that is
    not available."""
    kinds = [
        Annotation.objects.filter(kind=kind).in_reading_order()[0].pk
        for kind in Kind.values
    ]
    contents = BasketContents().put(
        BasketItem(key, "Compare") for key in (*kinds, UUID(int=1))
    )
    curator = User.objects.filter(role=Role.CURATOR)[0]
    basket, _made = Basket.objects.get_or_create(
        owner=curator,
        name="Chapter 2",
        defaults={"is_shared": True, "kept": contents.kept},
    )
    return basket.get_absolute_url()


def _answered() -> UUID:
    """Return the key of an allegation with several answers, which an editor has said to stand
    otherwise by now."""
    claims = Allegation.objects.filter(
        answers__isnull=False, statuses__status="charged"
    ).distinct()
    return claims.order_by("pk")[0].annotation.id


def _deleted() -> UUID:
    curator = User.objects.filter(role=Role.CURATOR)[0]
    mark = figure(make_article(html="<p>There were 15 boats.</p>"), "15 boats")
    tagging.delete(mark.pk, mark.revision, curator)
    return mark.id
