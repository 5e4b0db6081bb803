"""Names: what a person or a place is called, and how it is spelled; each change an act that can
be undone."""

from collections.abc import Iterable

from annotations import journal
from annotations.core.names.scripts import spelling_of
from annotations.linking.linker import LinkResult, link_spellings
from annotations.models import Act, Entity, Kind, RefusedSpelling, Spelling
from archive.models import User


def save_names(
    entity: Entity,
    by: User,
    spellings: Iterable[Spelling] = (),
    removed: Iterable[Spelling] = (),
) -> tuple[Act, LinkResult]:
    """Save an entity, new or changed, with the spellings that were added, changed or removed,
    and link wherever they stand.

    Its own name is always one of its spellings.
    """
    with journal.record(Act.Kind.NAMED, by=by, what=entity.name) as recorder:
        before = set() if entity._state.adding else _spellings_of(entity)
        recorder.save(entity)
        recorder.delete(removed)
        for spelling in spellings:
            spelling.entity = entity
            recorder.save(spelling)
        if not entity.spellings.filter(text=spelling_of(entity.name)).exists():
            recorder.save(Spelling(entity=entity, text=entity.name))
        changed = before ^ _spellings_of(entity)
        linked = link_spellings({text for text, _alone in changed}, recorder)
        recorder.act.passages = linked.added
    return recorder.act, linked


def add_spellings(
    entity: Entity, texts: Iterable[str], by: User
) -> tuple[Act, LinkResult]:
    """Accept spellings that were suggested."""
    known = set(entity.spellings.values_list("text", flat=True))
    added = []
    for text in dict.fromkeys(map(spelling_of, texts)):
        if text not in known:
            added.append(Spelling(text=text))
    return save_names(entity, by, added)


def refuse_spellings(entity: Entity, texts: Iterable[str], by: User) -> Act:
    """Remember that these names, which were suggested, are not this entity's: they are not
    suggested again."""
    what = f"{entity}: {', '.join(texts)}"
    with journal.record(Act.Kind.REFUSED, by=by, what=what) as recorder:
        known = set(entity.refused.values_list("text", flat=True))
        for text in dict.fromkeys(map(spelling_of, texts)):
            if text not in known:
                recorder.save(RefusedSpelling(entity=entity, text=text))
    return recorder.act


def assign_names(
    decisions: Iterable[tuple[str, Kind | Entity]], by: User
) -> tuple[Act, LinkResult]:
    """Assign several names, then link: each to a new person or place, or as a spelling of
    somebody known."""
    with journal.record(Act.Kind.NAMED, by=by) as recorder:
        entity_names = []
        texts = set()
        for text, choice in decisions:
            if isinstance(choice, Entity):
                entity = choice
            else:
                entity = Entity(kind=choice, name=text, made_by=by)
                recorder.save(entity)
            spelling = spelling_of(text)
            if not entity.spellings.filter(text=spelling).exists():
                recorder.save(Spelling(entity=entity, text=text))
            entity_names.append(entity.name)
            texts.add(spelling)
        linked = link_spellings(texts, recorder)
        recorder.act.what = ", ".join(dict.fromkeys(entity_names))[:300]
        recorder.act.passages = linked.added
    return recorder.act, linked


def _spellings_of(entity: Entity) -> set[tuple[str, bool]]:
    return set(entity.spellings.values_list("text", "linkable"))
