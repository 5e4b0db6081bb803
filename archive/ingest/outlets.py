"""The outlets of reports: found, or made, for many reports at once."""

from django.db.models import Q

from archive.ingest.importers.report import ParsedReport
from archive.ingest.source_urls import host_of
from archive.models import Publisher
from archive.publishers import OUTLETS


class Outlets:
    """The outlets that some reports name or point at.

    `of` is asked for one report after the other, and answers as if what it answered before was
    written already; `save` writes it. Costs one query, and one or two more where outlets are
    new or get a host.
    """

    def __init__(self, reports: list[ParsedReport]) -> None:
        names, hosts = set(), set()
        for report in reports:
            host = host_of(report.original_address)
            hosts.add(host)
            names |= {_name_of_host(host), report.publisher[:200]}
        known = Publisher.objects.filter(Q(name__in=names) | Q(host__in=hosts - {""}))
        self._by_name = {publisher.name: publisher for publisher in known}
        self._by_host = {publisher.host: publisher for publisher in known}
        self._new: list[Publisher] = []
        self._changed: list[Publisher] = []

    def of(self, report: ParsedReport) -> Publisher | None:
        """Return the outlet by its own name where the report gives one, else by the address's
        host."""
        host = host_of(report.original_address) or None
        publisher_of_host = self._by_host.get(host) if host else None
        if report.publisher:
            named = self._named(report.publisher[:200])
            # A host belongs to one outlet only: never take it from another.
            if host and named.host is None and publisher_of_host is None:
                self._give_host(named, host)
            return named
        if publisher_of_host or host is None:
            return publisher_of_host
        name = _name_of_host(host)
        if name in self._by_name:
            return self._by_name[name]
        publisher = self._named(name)
        self._give_host(publisher, host)
        return publisher

    def save(self) -> None:
        """Write the new outlets and the new hosts; only then articles can refer to them."""
        Publisher.objects.bulk_create(self._new)
        Publisher.objects.bulk_update(self._changed, ["host"])

    def _named(self, name: str) -> Publisher:
        if name not in self._by_name:
            self._by_name[name] = Publisher(name=name)
            self._new.append(self._by_name[name])
        return self._by_name[name]

    def _give_host(self, publisher: Publisher, host: str) -> None:
        publisher.host = host
        self._by_host[host] = publisher
        if publisher.pk is not None:
            self._changed.append(publisher)


def _name_of_host(host: str) -> str:
    """Return the name of a known outlet, or else the host itself."""
    return OUTLETS[host].name if host in OUTLETS else host
