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

# The namespace of keys that follow from other programs' (RFC 9562, version 5).
_ADDRESSES = UUID("0b6a6f5e-2a53-4a35-9c0f-6d3f5b0f7f58")
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
    """Read what a file holds, one record after the other; `kinds` says what tags mean, in small
    letters."""
    keys: set[UUID] = set()
    for number, record in enumerate(records, start=1):
        try:
            passage = from_w3c(record)
            kind = _kind_of(passage, kinds)
            key = _key_of(passage)
            if key in keys:
                raise NotImported(
                    _("Another annotation of this file has the same address.")
                )
        except (UnreadableAnnotation, NotImported) as reason:
            address = record.get("id") if isinstance(record, dict) else ""
            if not isinstance(address, str):
                address = ""
            yield Refusal(number, address, str(reason))
        else:
            keys.add(key)
            yield ImportedAnnotation(number, passage, kind, key)


def _kind_of(passage: W3CPassage, kinds: Mapping[str, Kind]) -> Kind:
    """Return the kind that a passage names, or what its tags mean. Raises NotImported."""
    if passage.kind:
        if passage.kind not in Kind.values:
            raise NotImported(
                _("There is no kind “%(kind)s”.") % {"kind": passage.kind}
            )
        return Kind(passage.kind)
    kinds_by_tag = {kind.value: kind for kind in Kind} | dict(kinds)
    meant = set()
    for tag in passage.tags:
        if tag.casefold() in kinds_by_tag:
            meant.add(kinds_by_tag[tag.casefold()])
    own_entity = _OWN_ENTITY.search(path_of(passage.entity_address))
    if own_entity:
        meant.add(_PAGES[own_entity[1]])
    if len(meant) == 1:
        return meant.pop()
    tags = ", ".join(f"“{tag}”" for tag in passage.tags) or _("it has none")
    if meant:
        raise NotImported(_("Its tags mean several kinds: %(tags)s.") % {"tags": tags})
    raise NotImported(_("No kind: its tags mean none (%(tags)s).") % {"tags": tags})


def _key_of(passage: W3CPassage) -> UUID:
    """Return the key of our own annotation, or one that follows from another program's."""
    own_key = _OWN_KEY.search(path_of(passage.permalink)) if passage.kind else None
    if own_key:
        return UUID(own_key[1])
    identity: list[Any] = [passage.text_address]
    if passage.permalink:
        identity.append(passage.permalink)
    else:
        identity += [passage.words, passage.before, passage.start, passage.tags]
    return uuid5(_ADDRESSES, json.dumps(identity))


def path_of(address: str) -> str:
    """Return the path of a web address; nothing of what is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
