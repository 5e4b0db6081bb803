"""Annotations on their way in: what each says, of which kind it is, and under which key it will
be here."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii as _quoted
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from annotations.core.names.scripts import spelling_of
from annotations.core.w3c import (
    NotStreamable,
    UnreadableAnnotation,
    W3CPassage,
    annotations_in,
    from_w3c,
    stream_annotations,
)
from annotations.models import MENTIONS, Kind
from annotations.w3c_import.spool import BatchSpool
from archive.models import Article

# The namespace of keys that follow from other programs' (RFC 9562, version 5).
_ADDRESSES = UUID("0b6a6f5e-2a53-4a35-9c0f-6d3f5b0f7f58")
_OWN_KEY = re.compile(r"/annotations/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?$")
_OWN_ENTITY = re.compile(r"/(people|places)/([-\w]+)/$")
_KINDS = {kind.value: kind for kind in Kind}
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


class TextSource(NamedTuple):
    """By what an annotation names the text that it is of."""

    address: str
    sha256: str
    original_address: str


class ImportedAnnotation(NamedTuple):
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
    def source(self) -> TextSource:
        passage = self.passage
        return TextSource(
            passage.text_address, passage.text_sha256, passage.original_address
        )

    @property
    def name(self) -> str:
        """Of a mention, the name of whom it is of; other programs give none, and then it is the
        words."""
        return self.passage.entity or spelling_of(self.passage.words)

    @property
    def slug(self) -> str:
        """Of a mention, what stands in the address of whom it is of, where that is an address
        of ours."""
        if not self.passage.entity_address:
            return ""
        named = _OWN_ENTITY.search(path_of(self.passage.entity_address))
        return named[2] if named and _PAGES[named[1]] == self.kind else ""


class Incoming:
    """What a file holds, read and not yet looked for in the archive: mentions, figures and
    allegations, what was refused at once, and the texts that are named.

    Annotations are kept in temporary files, so that memory does not grow with them.
    """

    def __init__(self) -> None:
        self.mentions, self.others = packed_spool(), packed_spool()
        self.refused: list[Refusal] = []
        self.sources: dict[TextSource, None] = {}

    def __len__(self) -> int:
        """Return the number of batches."""
        return len(self.mentions) + len(self.others)

    def __iter__(self) -> Iterator[list["ImportedAnnotation"]]:
        """Yield mentions in batches, and then the rest."""
        yield from self.mentions
        yield from self.others

    def add(self, record: ImportedAnnotation | Refusal) -> None:
        if isinstance(record, Refusal):
            self.refused.append(record)
            return
        self.sources[record.source] = None
        spool = self.mentions if record.kind in MENTIONS else self.others
        spool.add(record)


def read_file(file: Path, kinds: Mapping[str, Kind]) -> Incoming:
    """Read a JSON file of annotations; `kinds` says what tags mean, in small letters.

    Raises OSError, and UnreadableAnnotation where it holds none or is not JSON.
    """
    try:
        with file.open("rb") as stream:
            return _incoming(stream_annotations(stream), kinds)
    except NotStreamable:
        return _incoming(annotations_in(json.loads(file.read_bytes())), kinds)


def _incoming(records: Iterable[Any], kinds: Mapping[str, Kind]) -> Incoming:
    incoming = Incoming()
    for record in read(records, kinds):
        incoming.add(record)
    return incoming


def packed_spool() -> BatchSpool[ImportedAnnotation]:
    return BatchSpool(_packed, _unpacked)


def _packed(item: ImportedAnnotation) -> tuple[Any, ...]:
    """Return an annotation as plain values, which are written and read several times faster."""
    return item.number, tuple(item.passage), item.kind.value, item.key.bytes


def _unpacked(packed: tuple[Any, ...]) -> ImportedAnnotation:
    number, passage, kind, key = packed
    passage = W3CPassage._make(passage)
    return ImportedAnnotation(number, passage, _KINDS[kind], UUID(bytes=key))


def read(
    records: Iterable[Any], kinds: Mapping[str, Kind]
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
        if passage.kind not in _KINDS:
            raise NotImported(
                _("There is no kind “%(kind)s”.") % {"kind": passage.kind}
            )
        return _KINDS[passage.kind]
    kinds_by_tag = _KINDS | dict(kinds)
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
    own_key = None
    # Taking an address apart takes longer than all the rest: most files are of one origin.
    if passage.kind and "/annotations/" in passage.permalink:
        own_key = _OWN_KEY.search(path_of(passage.permalink))
    if own_key:
        return UUID(own_key[1])
    if passage.permalink:
        # What json.dumps gives for the two, in a fifth of the time.
        address, permalink = _quoted(passage.text_address), _quoted(passage.permalink)
        return uuid5(_ADDRESSES, f"[{address}, {permalink}]")
    identity = [
        passage.text_address,
        passage.words,
        passage.before,
        passage.start,
        passage.tags,
    ]
    return uuid5(_ADDRESSES, json.dumps(identity))


def path_of(address: str) -> str:
    """Return the path of a web address; nothing of what is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
