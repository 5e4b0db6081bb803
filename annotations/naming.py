"""Names: what a person or a place is called, and how it is spelled; each change an act that can be undone."""

from collections.abc import Iterable

from annotations import journal
from annotations.mentions import Linked, link_forms
from annotations.models import Act, Entity, Kind, NameForm
from annotations.scripts import spelling_of
from archive.models import User


def save_names(
    entity: Entity, by: User, forms: Iterable[NameForm] = (), gone: Iterable[NameForm] = ()
) -> tuple[Act, Linked]:
    """Save an entity, new or changed, with the spellings that came, changed or went, and link wherever they stand.

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


def add_spellings(entity: Entity, texts: Iterable[str], by: User) -> tuple[Act, Linked]:
    """Accept spellings that were offered."""
    known = set(entity.forms.values_list("text", flat=True))
    fresh = dict.fromkeys(text for text in map(spelling_of, texts) if text not in known)
    return save_names(entity, by, [NameForm(text=text) for text in fresh])


def make_entities(names: Iterable[tuple[Kind, str, Iterable[str]]], by: User) -> tuple[Act, Linked]:
    """Make several people and places as one act, each given as its kind, its name and its other spellings."""
    with journal.act(Act.Kind.NAMED, by=by) as lines:
        made = []
        for kind, name, others in names:
            entity = Entity(kind=kind, name=name, made_by=by)
            lines.save(entity)
            for text in dict.fromkeys(map(spelling_of, [name, *others])):
                lines.save(NameForm(entity=entity, text=text))
            made.append(entity)
        linked = link_forms(set(NameForm.objects.filter(entity__in=made).values_list("text", flat=True)), lines)
        lines.act.what = ", ".join(entity.name for entity in made)[:300]
        lines.act.passages = linked.added
    return lines.act, linked


def _spellings(entity: Entity) -> set[tuple[str, bool]]:
    return set(entity.forms.values_list("text", "alone"))
