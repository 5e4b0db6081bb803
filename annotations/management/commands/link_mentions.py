"""manage.py link_mentions"""

import argparse
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from annotations.linking.linker import LinkResult, link_articles, link_waiting
from annotations.linking.spelling_suggestions import index_names
from archive.batches import batched
from archive.models import Article, TextVersion
from archive.progress import progress

TEXTS_PER_BATCH = 200


class Command(BaseCommand):
    help = "Link the mentions of all known names in all articles again. What editors judged stays as it is."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = "Example:\n  manage.py link_mentions\n  manage.py link_mentions --waiting --every 2"
        parser.add_argument(
            "--waiting",
            action="store_true",
            help="only articles that wait since names changed",
        )
        parser.add_argument(
            "--every",
            type=float,
            help="with --waiting: go on for ever, looking every so many seconds",
        )

    def handle(
        self, *args: Any, waiting: bool, every: float | None, **options: Any
    ) -> None:
        if not waiting:
            self._link_all()
            return
        while True:
            self._link_waiting()
            if every is None:
                return
            time.sleep(every)

    def _link_all(self) -> None:
        keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
        total = LinkResult()
        for some in progress(list(batched(keys, TEXTS_PER_BATCH)), self.stderr):
            total.add(link_articles(some))
            current = Article.objects.filter(pk__in=some).values("current_version")
            index_names(
                TextVersion.objects.filter(pk__in=current).values_list(
                    "text", flat=True
                )
            )
        self.stdout.write(
            _(
                "%(articles)d articles read; %(added)d mentions added, %(removed)d taken back."
            )
            % {"articles": len(keys), "added": total.added, "removed": total.removed}
        )

    def _link_waiting(self) -> None:
        read = 0
        while some := link_waiting():
            read += some
        if read:
            self.stdout.write(
                _("%(articles)d waiting articles read.") % {"articles": read}
            )
