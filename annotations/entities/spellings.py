"""Names: what a person or a place is called, and how it is spelled; each change an act that can
be undone."""

from collections.abc import Iterable

from annotations import journal
from annotations.core.names.scripts import spelling_of
from annotations.linking.linker import LinkResult, link_spellings
from annotations.models import Act, Entity, Kind, NameForm, RefusedSpelling
from archive.models import User


def save_names(
    entity: Entity, by: User, forms: Iterable[NameForm] = (), gone: Iterable[NameForm] = ()
) -> tuple[Act, LinkResult]:
    """Save an entity, new or changed, with the spellings that came, changed or went, and link
    wherever they stand.

    Its own name is always one of its spellings.
    """
    with journal.record(Act.Kind.NAMED, by=by, what=entity.name) as recorder:
        before = set() if entity._state.adding else _spellings(entity)
        recorder.save(entity)
        recorder.delete(gone)
        for form in forms:
            form.entity = entity
            recorder.save(form)
        if not entity.forms.filter(text=spelling_of(entity.name)).exists():
            recorder.save(NameForm(entity=entity, text=entity.name))
        linked = link_spellings(
            {text for text, _alone in before ^ _spellings(entity)}, recorder
        )
        recorder.act.passages = linked.added
    return recorder.act, linked


def add_spellings(entity: Entity, texts: Iterable[str], by: User) -> tuple[Act, LinkResult]:
    """Accept spellings that were offered."""
    known = set(entity.forms.values_list("text", flat=True))
    fresh = dict.fromkeys(text for text in map(spelling_of, texts) if text not in known)
    return save_names(entity, by, [NameForm(text=text) for text in fresh])


def refuse_spellings(entity: Entity, texts: Iterable[str], by: User) -> Act:
    """Remember that these names, which were offered, are not this entity's: they are not
    offered again."""
    with journal.record(
        Act.Kind.REFUSED, by=by, what=f"{entity}: {', '.join(texts)}"
    ) as recorder:
        known = set(entity.refused.values_list("text", flat=True))
        for text in dict.fromkeys(map(spelling_of, texts)):
            if text not in known:
                recorder.save(RefusedSpelling(entity=entity, text=text))
    return recorder.act


def name_unknown(
    decisions: Iterable[tuple[str, Kind | Entity]], by: User
) -> tuple[Act, LinkResult]:
    """Say of several names whose they are, as one act: of a new person or place, or a spelling
    of somebody known."""
    with journal.record(Act.Kind.NAMED, by=by) as recorder:
        named, texts = [], set()
        for text, whose in decisions:
            entity = (
                whose
                if isinstance(whose, Entity)
                else Entity(kind=whose, name=text, made_by=by)
            )
            if entity._state.adding:
                recorder.save(entity)
            if not entity.forms.filter(text=spelling_of(text)).exists():
                recorder.save(NameForm(entity=entity, text=text))
            named.append(entity.name)
            texts.add(spelling_of(text))
        linked = link_spellings(texts, recorder)
        recorder.act.what = ", ".join(dict.fromkeys(named))[:300]
        recorder.act.passages = linked.added
    return recorder.act, linked


def _spellings(entity: Entity) -> set[tuple[str, bool]]:
    return set(entity.forms.values_list("text", "alone"))
