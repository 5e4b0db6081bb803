"""Names: what a person or a place is called, and how it is spelled; each change an act that can
be undone."""

from collections.abc import Iterable

from django.db.models import Q

from annotations import journal
from annotations.core.names.scripts import spelling_of
from annotations.linking.linker import LinkResult, link_forms
from annotations.models import Act, Entity, Kind, NameForm, RefusedSpelling
from archive.models import User


def save_names(
    entity: Entity, by: User, forms: Iterable[NameForm] = (), gone: Iterable[NameForm] = ()
) -> tuple[Act, LinkResult]:
    """Save an entity, new or changed, with the spellings that came, changed or went, and link
    wherever they stand.

    Its own name is always one of its spellings.
    """
    with journal.act(Act.Kind.NAMED, by=by, what=entity.name) as lines:
        before = set() if entity._state.adding else _spellings(entity)
        lines.save(entity)
        lines.delete(gone)
        for form in forms:
            form.entity = entity
            lines.save(form)
        if not entity.forms.filter(text=spelling_of(entity.name)).exists():
            lines.save(NameForm(entity=entity, text=entity.name))
        linked = link_forms({text for text, _alone in before ^ _spellings(entity)}, lines)
        lines.act.passages = linked.added
    return lines.act, linked


def add_spellings(entity: Entity, texts: Iterable[str], by: User) -> tuple[Act, LinkResult]:
    """Accept spellings that were offered."""
    known = set(entity.forms.values_list("text", flat=True))
    fresh = dict.fromkeys(text for text in map(spelling_of, texts) if text not in known)
    return save_names(entity, by, [NameForm(text=text) for text in fresh])


def refuse_spellings(entity: Entity, texts: Iterable[str], by: User) -> Act:
    """Remember that these names, which were offered, are not this entity's: they are not
    offered again."""
    with journal.act(Act.Kind.REFUSED, by=by, what=f"{entity}: {', '.join(texts)}") as lines:
        known = set(entity.refused.values_list("text", flat=True))
        for text in dict.fromkeys(map(spelling_of, texts)):
            if text not in known:
                lines.save(RefusedSpelling(entity=entity, text=text))
    return lines.act


def name_unknown(
    decisions: Iterable[tuple[str, Kind | Entity]], by: User
) -> tuple[Act, LinkResult]:
    """Say of several names whose they are, as one act: of a new person or place, or a spelling
    of somebody known."""
    with journal.act(Act.Kind.NAMED, by=by) as lines:
        named, texts = [], set()
        for text, whose in decisions:
            entity = (
                whose
                if isinstance(whose, Entity)
                else Entity(kind=whose, name=text, made_by=by)
            )
            if entity._state.adding:
                lines.save(entity)
            if not entity.forms.filter(text=spelling_of(text)).exists():
                lines.save(NameForm(entity=entity, text=text))
            named.append(entity.name)
            texts.add(spelling_of(text))
        linked = link_forms(texts, lines)
        lines.act.what = ", ".join(dict.fromkeys(named))[:300]
        lines.act.passages = linked.added
    return lines.act, linked


def entity_named(name: str, kinds: Iterable[Kind] = (Kind.PERSON, Kind.PLACE)) -> Entity | None:
    """Return who or what is known by exactly this name, of the first of `kinds`; None where
    nobody is, or several."""
    for kind in kinds:
        found = (
            Entity.objects.standing()
            .filter(Q(name=name) | Q(forms__text=name), kind=kind)
            .distinct()[:2]
        )
        if len(found) == 1:
            return found[0]
    return None


def _spellings(entity: Entity) -> set[tuple[str, bool]]:
    return set(entity.forms.values_list("text", "alone"))
