"""Annotations on their way in: what each says, of which kind it is, and under which key it will
be here."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from annotations.core.names.scripts import spelling_of
from annotations.core.w3c import UnreadableAnnotation, W3CPassage, from_w3c
from annotations.models import Kind
from archive.models import Article

_ADDRESSES = UUID("0b6a6f5e-2a53-4a35-9c0f-6d3f5b0f7f58")
"""The namespace of keys that follow from other programs' (RFC 9562, version 5)."""
_OWN_KEY = re.compile(r"/annotations/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?$")
_OWN_ENTITY = re.compile(r"/(people|places)/([-\w]+)/$")
_PAGES = {"people": Kind.PERSON, "places": Kind.PLACE}


@dataclass(frozen=True)
class ImportOptions:
    """What whoever imports decides: which tags mean which kind, whether unknown names are made,
    whose text it is."""

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    create: bool = False
    article: Article | None = None
    dry_run: bool = False


class NotImported(Exception):
    """This annotation does not go in; the message is a sentence that says why."""


@dataclass(frozen=True)
class Refusal:
    """One that did not go in: its number in the file, from 1, its address there, and the
    reason."""

    number: int
    address: str
    why: str


@dataclass(frozen=True)
class ImportedAnnotation:
    """One that may go in."""

    number: int
    passage: W3CPassage
    kind: Kind
    key: UUID

    @property
    def is_ours(self) -> bool:
        """Say whether this archive, or another that is run by this program, exported it."""
        return bool(self.passage.kind)

    @property
    def name(self) -> str:
        """Of a mention, the name of whom it is of; other programs give none, and then it is the
        words."""
        return self.passage.entity or spelling_of(self.passage.words)

    @property
    def slug(self) -> str:
        """Of a mention, what stands in the address of whom it is of, where that is an address
        of ours."""
        named = _OWN_ENTITY.search(path_of(self.passage.entity_address))
        return named[2] if named and _PAGES[named[1]] == self.kind else ""


def read(
    records: Sequence[Any], kinds: Mapping[str, Kind]
) -> Iterator[ImportedAnnotation | Refusal]:
    """Read what a file holds, one after the other; `kinds` says what tags mean, in small
    letters."""
    keys: set[UUID] = set()
    for number, record in enumerate(records, 1):
        try:
            passage = from_w3c(record)
            each = ImportedAnnotation(
                number, passage, _kind_of(passage, kinds), _key_of(passage)
            )
            if each.key in keys:
                raise NotImported(_("Another annotation of this file has the same address."))
        except (UnreadableAnnotation, NotImported) as reason:
            address = record.get("id") if isinstance(record, dict) else ""
            yield Refusal(number, address if isinstance(address, str) else "", str(reason))
        else:
            keys.add(each.key)
            yield each


def _kind_of(passage: W3CPassage, kinds: Mapping[str, Kind]) -> Kind:
    """Return what it says that it is, or what its tags mean. Raises NotTaken."""
    if passage.kind:
        if passage.kind not in Kind.values:
            raise NotImported(_("There is no kind “%(kind)s”.") % {"kind": passage.kind})
        return Kind(passage.kind)
    known = {**{kind.value: kind for kind in Kind}, **kinds}
    meant = {known[tag.casefold()] for tag in passage.tags if tag.casefold() in known}
    if named := _OWN_ENTITY.search(path_of(passage.entity_address)):
        meant.add(_PAGES[named[1]])
    if len(meant) != 1:
        tags = ", ".join(f"“{tag}”" for tag in passage.tags) or _("it has none")
        told = (
            _("Its tags mean several kinds: %(tags)s.")
            if meant
            else _("No kind: its tags mean none (%(tags)s).")
        )
        raise NotImported(told % {"tags": tags})
    return meant.pop()


def _key_of(passage: W3CPassage) -> UUID:
    own = _OWN_KEY.search(path_of(passage.permalink)) if passage.kind else None
    if own:
        return UUID(own[1])
    said = (
        [passage.permalink]
        if passage.permalink
        else [passage.words, passage.before, passage.start, passage.tags]
    )
    return uuid5(_ADDRESSES, json.dumps([passage.text_address, *said]))


def path_of(address: str) -> str:
    """Return the path of a web address; nothing of what is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
