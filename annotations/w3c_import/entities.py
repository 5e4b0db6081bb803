"""Whom imported annotations name: those that are known here, and those that are made."""

from collections import defaultdict
from functools import cache
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.core.names.scripts import spelling_of
from annotations.journal.recorder import Recorder
from annotations.models import Entity, Kind, Measure, NameForm
from annotations.w3c_import.documents import NotImported
from archive.slugs import RESERVED, slug_of

Made = TypeVar("Made", Entity, Measure)
_LONGEST = 200
"""Letters of a spelling."""


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
        new, not yet made."""
        called = Q(name=name) | Q(forms__text=spelling_of(name))
        there = Entity.objects.filter(kind=kind, slug=slug).first() if slug else None
        if there and Entity.objects.filter(called, pk=there.survivor.pk).exists():
            return there.survivor
        found = list(Entity.objects.standing().filter(called, kind=kind).distinct()[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise NotImported(
                _("Several are called “%(name)s” here: tag it at the desk.") % {"name": name}
            )
        if not self._create:
            raise NotImported(
                _("Nobody and nothing of this kind is called “%(name)s” here.") % {"name": name}
            )
        is_free = there is None and slug == slug_of(slug) and slug not in RESERVED
        entity = Entity(kind=kind, name=name, slug=slug if is_free else "")
        entity.clean_fields(exclude=["slug"])
        return entity

    def _measure(self, name: str) -> Measure:
        measure = Measure.objects.filter(name=name).first() or Measure(name=name)
        if measure._state.adding:
            if not self._create:
                raise NotImported(_("No measure here is called “%(name)s”.") % {"name": name})
            measure.clean_fields(exclude=["slug"])
        return measure

    def made(self, row: Made) -> Made:
        """Return what was found, and make it if it is new.

        The name of somebody new is no spelling yet, so that nothing is linked that was not
        linked elsewhere: “Moscow” would be in “The Moscow Times”.
        """
        if row._state.adding:
            self._recorder.save(row)
            if isinstance(row, Entity):
                self._spellings[row] = set()
        return row

    def linked_by(self, entity: Entity, words: str) -> None:
        """Remember words by which the machine knew elsewhere somebody who is new here."""
        if entity in self._spellings and len(text := spelling_of(words)) <= _LONGEST:
            self._spellings[entity].add(text)

    def spell(self) -> None:
        """Give those who are new here their spellings."""
        for entity, spellings in self._spellings.items():
            for text in sorted(spellings):
                self._recorder.save(NameForm(entity=entity, text=text))
            self.new_spellings |= spellings
        self._spellings.clear()
        self.entity_named.cache_clear()
