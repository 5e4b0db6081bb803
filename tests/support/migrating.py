"""Going back and forth between migrations."""

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(name: str, archive: str = "") -> Apps:
    """Migrate annotations to `name`, and the archive to `archive` or the newest; return the
    models of that time."""
    executor = MigrationExecutor(connection)
    of_archive = executor.loader.graph.leaf_nodes("archive")
    if archive:
        of_archive = [("archive", archive)]
    target = [("annotations", name), *of_archive]
    executor.migrate(target)
    return executor.loader.project_state(target).apps


def migrate_to_newest() -> Apps:
    executor = MigrationExecutor(connection)
    target = executor.loader.graph.leaf_nodes()
    executor.migrate(target)
    return executor.loader.project_state(target).apps
