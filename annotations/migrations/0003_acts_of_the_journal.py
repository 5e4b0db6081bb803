"""Put the lines that the journal has under acts, and leave one mention of an entity at each place."""

from typing import Any

from django.db import migrations
from django.db.models import Count

DID = {"made": "tagged"}
RANK = ["confirmed", "rejected", "linked", "suggested"]


def split_lines(apps: Any, schema_editor: Any) -> None:
    """Give each line an act of its own, and a figure or an allegation in it a line of its own."""
    Act, Change = apps.get_model("annotations", "Act"), apps.get_model("annotations", "Change")
    for old in Change.objects.filter(act=None).order_by("pk").iterator():
        words = (old.before or old.after or {}).get("exact", "")
        kind = DID.get(old.did, old.did)
        act = Act.objects.create(kind=kind, what=words[:300], passages=1, article_id=old.article_id, by_id=old.by_id)
        Act.objects.filter(pk=act.pk).update(at=old.at)
        for table in ("annotation", "figure", "allegation"):
            before, after = part(old.before, table), part(old.after, table)
            if table == "annotation" or before or after:
                if before and after:
                    names = [name for name in before if before[name] != after.get(name)]
                    before, after = ({name: kept[name] for name in names} for kept in (before, after))
                Change.objects.create(
                    act=act,
                    table=table,
                    key=str(old.annotation_id),
                    before=before,
                    after=after,
                    did=old.did,
                    annotation_id=old.annotation_id,
                    article_id=old.article_id,
                )
        old.delete()


def part(kept: dict[str, Any] | None, table: str) -> dict[str, Any] | None:
    """Return what a snapshot of the whole annotation says of one table."""
    if kept is None:
        return None
    if table == "annotation":
        return {name: value for name, value in kept.items() if name not in ("figure", "allegation", "revision")}
    detail = kept.get(table)
    return detail and {"annotation": kept["id"], **detail}


def leave_one(apps: Any, schema_editor: Any) -> None:
    """Where a mention of an entity stands twice at one place, keep what an editor said of it."""
    Annotation = apps.get_model("annotations", "Annotation")
    place = ("version", "start", "end", "entity")
    mentions = Annotation.objects.exclude(entity=None).order_by()
    for twice in mentions.values(*place).annotate(many=Count("pk")).filter(many__gt=1):
        same = mentions.filter(**{name: twice[name] for name in place})
        for mention in sorted(same, key=lambda each: (RANK.index(each.state), each.made_at))[1:]:
            mention.delete()


class Migration(migrations.Migration):
    dependencies = [("annotations", "0002_act")]

    operations = [
        migrations.RunPython(split_lines, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(leave_one, migrations.RunPython.noop, elidable=True),
    ]
