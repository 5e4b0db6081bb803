"""Whom imported annotations name: those that are known here, and those that are made."""

from collections import defaultdict
from functools import cache
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.core.names.scripts import spelling_of
from annotations.journal.recorder import Recorder
from annotations.models import Entity, Kind, Measure, Spelling
from annotations.w3c_import.documents import NotImported
from archive.slugs import RESERVED, slug_of

Made = TypeVar("Made", Entity, Measure)
# Letters of a spelling.
_LONGEST = 200


class EntityResolver:
    """Finds people, places and measures by their names and, if they may be made, makes those
    that are not known."""

    def __init__(self, recorder: Recorder, *, create: bool) -> None:
        self._recorder, self._create = recorder, create
        self._spellings: dict[Entity, set[str]] = defaultdict(set)
        self.new_spellings: set[str] = set()
        self.entity = cache(self._entity)
        self.measure = cache(self._measure)
        self.entity_named = cache(Entity.objects.named)

    def _entity(self, kind: Kind, name: str, slug: str) -> Entity:
        """Return who has this address and this name, or who alone has this name, or somebody
        new, not yet saved. Raises NotImported."""
        is_called_so = Q(name=name) | Q(spellings__text=spelling_of(name))
        same_slug = (
            Entity.objects.filter(kind=kind, slug=slug).first() if slug else None
        )
        if same_slug is not None:
            survivor = same_slug.survivor
            if Entity.objects.filter(is_called_so, pk=survivor.pk).exists():
                return survivor
        namesakes = (
            Entity.objects.standing().filter(is_called_so, kind=kind).distinct()[:2]
        )
        if len(namesakes) == 1:
            return namesakes[0]
        if namesakes:
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
        return entity

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

    def saved(self, row: Made) -> Made:
        """Return what was found, and save it if it is new.

        The name of somebody new is no spelling yet, so that nothing is linked that was not
        linked elsewhere: “Moscow” would be in “The Moscow Times”.
        """
        if row._state.adding:
            self._recorder.save(row)
            if isinstance(row, Entity):
                self._spellings[row] = set()
        return row

    def remember_spelling(self, entity: Entity, words: str) -> None:
        """Remember words by which the machine knew elsewhere somebody who is new here."""
        spelling = spelling_of(words)
        if entity in self._spellings and len(spelling) <= _LONGEST:
            self._spellings[entity].add(spelling)

    def add_spellings(self) -> None:
        """Give those who are new here the spellings that were remembered."""
        for entity, spellings in self._spellings.items():
            for text in sorted(spellings):
                self._recorder.save(Spelling(entity=entity, text=text))
            self.new_spellings |= spellings
        self._spellings.clear()
        self.entity_named.cache_clear()
