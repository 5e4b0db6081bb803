"""Whom imported annotations name: those that are known here, and those that are made."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from annotations.core.names.scripts import script_of, spelling_of
from annotations.journal.recorder import Recorder
from annotations.models import MENTIONS, Entity, Kind, Measure, Spelling
from annotations.w3c_import.documents import ImportedAnnotation, NotImported
from archive.batches import batched
from archive.slugs import RESERVED, free_slug, slug_of

# Letters of a spelling.
_LONGEST = 200


@dataclass(eq=False, slots=True)
class NamedEntity:
    """Somebody known, or somebody new who is saved with the next batch. Until then `key` is
    negative, and like no other."""

    row: Entity
    key: int


class EntityResolver:
    """Finds people, places and measures by their names and, if they may be made, makes those
    that are not known."""

    def __init__(self, recorder: Recorder, *, create: bool) -> None:
        self._recorder, self._create = recorder, create
        self._known = _KnownEntities()
        self._resolved: dict[tuple[str, str, str], NamedEntity] = {}
        self._unsaved: list[NamedEntity] = []
        self._made = 0
        self._spellings: dict[NamedEntity, set[str]] = {}
        self.new_spellings: set[str] = set()
        self.measure = cache(self._measure)

    def learn(self, mentions: Iterable[ImportedAnnotation]) -> None:
        """Look up those whom these mentions name."""
        names, slugs = set(), set()
        for item in mentions:
            if (item.kind, item.name, item.slug) not in self._resolved:
                names |= {item.name, spelling_of(item.name)}
                slugs |= {item.slug, slug_of(item.name)}
        self._known.learn(names, slugs - {""})

    def learn_names(self, names: Iterable[str]) -> None:
        """Look up those who are known by exactly these names."""
        self._known.learn(set(names), set())

    def entity_named(
        self, name: str, kinds: Sequence[Kind] = MENTIONS
    ) -> Entity | None:
        """Return whom a name that was learnt means, as `EntityQuerySet.named` does."""
        for kind in kinds:
            namesakes = self._known.called(kind, name, name)
            if len(namesakes) == 1:
                return namesakes[0].row
        return None

    def entity(self, item: ImportedAnnotation) -> NamedEntity:
        """Return who has the address and the name that a mention which was learnt gives, or who
        alone has this name, or somebody new. Raises NotImported."""
        asked = (item.kind, item.name, item.slug)
        if asked not in self._resolved:
            self._resolved[asked] = self._entity(item.kind, item.name, item.slug)
        return self._resolved[asked]

    def _entity(self, kind: Kind, name: str, slug: str) -> NamedEntity:
        called_so = self._known.called(kind, name, spelling_of(name))
        same_slug = self._known.at(kind, slug)
        if same_slug is not None:
            survivor = same_slug.row.survivor
            for named in called_so:
                if named.row == survivor:
                    return named
        if len(called_so) == 1:
            return called_so[0]
        if called_so:
            raise NotImported(
                _("Several are called “%(name)s” here: tag it at the desk.")
                % {"name": name}
            )
        if not self._create:
            raise NotImported(
                _("Nobody and nothing of this kind is called “%(name)s” here.")
                % {"name": name}
            )
        is_free = same_slug is None and slug == slug_of(slug) and slug not in RESERVED
        entity = Entity(kind=kind, name=name, slug=slug if is_free else "")
        entity.clean_fields(exclude=["slug"])
        self._made += 1
        return NamedEntity(entity, -self._made)

    def _measure(self, name: str) -> Measure:
        measure = Measure.objects.filter(name=name).first()
        if measure is not None:
            return measure
        if not self._create:
            raise NotImported(
                _("No measure here is called “%(name)s”.") % {"name": name}
            )
        measure = Measure(name=name)
        measure.clean_fields(exclude=["slug"])
        return measure

    def use(self, named: NamedEntity) -> None:
        """Have somebody new saved with the batch.

        The name of somebody new is no spelling yet, so that nothing is linked that was not
        linked elsewhere: “Moscow” would be in “The Moscow Times”.
        """
        if named.key > 0 or named in self._spellings:
            return
        entity = named.row
        slug = entity.slug or slug_of(entity.name)
        if slug in RESERVED or self._known.at(entity.kind, slug) is not None:
            self.save_new()
            slug = free_slug(Entity, entity.name, kind=entity.kind)
        entity.slug = slug
        self._known.add(named)
        self._unsaved.append(named)
        self._spellings[named] = set()

    def use_measure(self, measure: Measure) -> None:
        """Save a measure that is new."""
        if measure._state.adding:
            self._recorder.save(measure)

    def save_new(self) -> None:
        """Save those who are new and were used."""
        self._recorder.bulk_create([named.row for named in self._unsaved])
        for named in self._unsaved:
            named.key = named.row.pk
            self._known.add_saved(named)
        self._unsaved = []

    def remember_spelling(self, named: NamedEntity, words: str) -> None:
        """Remember words by which the machine knew elsewhere somebody who is new here."""
        spelling = spelling_of(words)
        if named in self._spellings and len(spelling) <= _LONGEST:
            self._spellings[named].add(spelling)

    def add_spellings(self) -> None:
        """Once all mentions are read, give those who are new here the spellings that were
        remembered. Asked again, it does nothing."""
        if not self._resolved:
            return
        rows = []
        for named, spellings in self._spellings.items():
            for text in sorted(spellings):
                script = script_of(text)
                rows.append(Spelling(entity=named.row, text=text, script=script))
            self.new_spellings |= spellings
        self._recorder.bulk_create(rows)
        self._resolved, self._spellings = {}, {}
        # Names may mean others now.
        self._known = _KnownEntities()


class _KnownEntities:
    """Those of this archive who have some names or addresses, and those who are new."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._slugs: set[str] = set()
        self._entities: dict[int, NamedEntity] = {}
        self._by_name: dict[tuple[str, str], set[NamedEntity]] = defaultdict(set)
        self._by_spelling: dict[tuple[str, str], set[NamedEntity]] = defaultdict(set)
        self._by_slug: dict[tuple[str, str], NamedEntity] = {}

    def learn(self, names: set[str], slugs: set[str]) -> None:
        """Look up who has these names, or spellings, or addresses. Costs three queries for each
        batch that was not asked for before."""
        standing = Entity.objects.standing().order_by()
        new_names = sorted(names - self._names)
        for batch in batched(new_names):
            for entity in standing.filter(name__in=batch):
                self._by_name[entity.kind, entity.name].add(self._named(entity))
            spelled = Spelling.objects.filter(text__in=batch, entity__in=standing)
            for spelling in spelled.select_related("entity"):
                named = self._named(spelling.entity)
                self._by_spelling[named.row.kind, spelling.text].add(named)
        for batch in batched(sorted(slugs - self._slugs)):
            for entity in Entity.objects.filter(slug__in=batch):
                # Also those who were merged into another.
                self._by_slug[entity.kind, entity.slug] = self._named(entity)
        self._names |= names
        self._slugs |= slugs

    def called(self, kind: str, name: str, spelling: str) -> list[NamedEntity]:
        """Return those who have this name or this spelling."""
        by_name = self._by_name.get((kind, name), set())
        return list(by_name | self._by_spelling.get((kind, spelling), set()))

    def at(self, kind: str, slug: str) -> NamedEntity | None:
        return self._by_slug.get((kind, slug))

    def add(self, named: NamedEntity) -> None:
        """Add somebody who is new, and has an address."""
        self._by_name[named.row.kind, named.row.name].add(named)
        self._by_slug[named.row.kind, named.row.slug] = named

    def add_saved(self, named: NamedEntity) -> None:
        self._entities[named.key] = named

    def _named(self, entity: Entity) -> NamedEntity:
        return self._entities.setdefault(entity.pk, NamedEntity(entity, entity.pk))
