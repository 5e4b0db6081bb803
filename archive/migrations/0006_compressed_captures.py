"""Keep the bytes of captures as zlib streams.

Row by row, so that the largest capture alone has to fit into memory.
"""

from collections.abc import Callable

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from archive.compression import compress, decompress


def compress_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(apps, lambda content, _size: compress(content))


def decompress_all(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _rewrite(apps, decompress)


def _rewrite(apps: Apps, rewritten: Callable[[bytes, int], bytes]) -> None:
    captures = apps.get_model("archive", "Capture").objects
    # All keys first: SQLite may give a row again that was written while it was read.
    for pk in list(captures.order_by("pk").values_list("pk", flat=True)):
        kept, size = captures.values_list("compressed", "size").get(pk=pk)
        captures.filter(pk=pk).update(compressed=rewritten(bytes(kept), size))


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_no_doubled_indexes")]

    operations = [
        migrations.RenameField("Capture", "content", "compressed"),
        migrations.AlterField(
            "Capture",
            "compressed",
            models.BinaryField(help_text="`content` as a zlib stream."),
        ),
        migrations.RunPython(compress_all, decompress_all),
    ]
