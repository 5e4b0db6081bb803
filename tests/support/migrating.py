"""Going back and forth between migrations."""

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(name: str) -> Apps:
    executor = MigrationExecutor(connection)
    target = [("annotations", name), *executor.loader.graph.leaf_nodes("archive")]
    executor.migrate(target)
    return executor.loader.project_state(target).apps
