"""Each allegation gets its parties and the first of its states as rows, and the journal tells of them.

A line of the journal held whom an allegation points at in two columns of it. Now it is told in lines on parties, so
that undoing what was done before brings back whom it pointed at then.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from annotations.core.quotes.fingerprint import wording_of

ROLES = ("claimant", "accused")
_AT_ONCE = 500


def move(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Allegation, Party = apps.get_model("annotations", "Allegation"), apps.get_model("annotations", "Party")
    StatusChange = apps.get_model("annotations", "StatusChange")
    allegations = list(Allegation.objects.select_related("annotation__article"))
    Party.objects.bulk_create((Party(**row) for one in allegations for row in _parties(one)), batch_size=_AT_ONCE)
    first = [
        StatusChange(allegation=one, status=one.status, passage=one.annotation, made_by_id=one.annotation.made_by_id)
        for one in allegations
    ]
    StatusChange.objects.bulk_create(first, batch_size=_AT_ONCE)
    for one, change in zip(allegations, first, strict=True):
        change.made_at = one.annotation.made_at  # auto_now_add has set it to now
    StatusChange.objects.bulk_update(first, ["made_at"], batch_size=_AT_ONCE)
    for one in allegations:
        annotation = one.annotation
        one.wording = wording_of(annotation.exact, annotation.article.credit) or annotation.pk.hex
    Allegation.objects.bulk_update(allegations, ["wording"], batch_size=_AT_ONCE)
    _move_lines(apps.get_model("annotations", "Change"))


def _parties(allegation: Any) -> Iterator[dict[str, Any]]:
    for role in ROLES:
        yield from _rows(allegation.pk, role, getattr(allegation, role), getattr(allegation, f"{role}_entity_id"))


def _rows(allegation: UUID, role: str, typed: str, entity: int | None) -> Iterator[dict[str, Any]]:
    names = dict.fromkeys(name for part in typed.split(";") if (name := " ".join(part.split())))
    for position, name in enumerate(names):
        yield {
            "id": uuid5(allegation, f"{role} {position}"),
            "allegation_id": allegation,
            "role": role,
            "position": position,
            "name": name[:200],
            "entity_id": None if position else entity,
        }


def _move_lines(Change: Any) -> None:
    for line in Change.objects.filter(table="allegation").order_by("pk").iterator():
        told = list(_lines(line))
        Change.objects.bulk_create(
            Change(act_id=line.act_id, table="party", key=key, before=before, after=after)
            for key, before, after in told
        )
        for values in (line.before, line.after):
            for role in ROLES if values else ():
                values.pop(f"{role}_entity", None)
        if told and line.before == line.after == {}:
            line.delete()
        else:
            line.save(update_fields=["before", "after"])


def _lines(line: Any) -> Iterator[tuple[str, Any, Any]]:
    """What a line says of parties: of those that came or went all, of those that changed what differs."""
    for role in ROLES:
        before, after = (
            {"name": (row or {}).get(role), "entity": _entity(row, role)} for row in (line.before, line.after)
        )
        if line.before is None or line.after is None or (before["name"] == "") != (after["name"] == ""):
            rows = [dict(_whole(line.key, role, told)) for told in (before, after)]
            for key in rows[0] | rows[1]:
                yield key, rows[0].get(key), rows[1].get(key)
        else:
            named = [name for name in before if _column(name, role) in line.before]
            if named:
                key = str(uuid5(UUID(line.key), f"{role} 0"))
                of = {"allegation": line.key}
                yield key, of | {name: before[name] for name in named}, of | {name: after[name] for name in named}


def _whole(allegation: str, role: str, told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for row in _rows(UUID(allegation), role, told["name"] or "", told["entity"]):
        keys = {"id": str(row["id"]), "allegation": allegation, "entity": row["entity_id"]}
        yield str(row["id"]), keys | {name: row[name] for name in ("role", "position", "name")}


def _entity(row: dict[str, Any] | None, role: str) -> int | None:
    return (row or {}).get(_column("entity", role))


def _column(name: str, role: str) -> str:
    return role if name == "name" else f"{role}_entity"


class Migration(migrations.Migration):
    dependencies = [("annotations", "0011_parties_and_answers")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop, elidable=True)]
