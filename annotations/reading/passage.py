"""The proof of a passage, tagged or not: its words, what shows that the source has them, and how
to cite them.

    TextVersion + offsets ── proof_of ──> PassageProof ──> page

A text version never changes, so its address with two offsets means the same words for ever.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from annotations.core.anchoring.selectors import Selector, around, select
from annotations.core.anchoring.text_fragments import link_to_passage
from annotations.core.anchoring.version_diff import VersionMatch, match_in_version
from annotations.models import Annotation
from archive.citations.citation import Reference
from archive.models import Capture, TextVersion, Viewer
from archive.text.canonical import paragraph_of

# Code points before and after that are shown with the words.
CONTEXT = 240
# Other versions, newest first, that a passage is compared with.
MOST_VERSIONS = 20
MOST_TAGS = 50


@dataclass(frozen=True)
class OtherVersion:
    """Another version of the article's text, and how the passage stands in it."""

    version: TextVersion
    standing: VersionMatch


@dataclass(frozen=True)
class PassageProof:
    """What is known of a passage. `address` is its own here, and `original_link` opens the
    source at the words."""

    version: TextVersion
    selector: Selector
    before: str
    after: str
    paragraph: int
    address: str
    original_link: str
    # The number of the article's current version.
    newest: int
    capture: Capture | None
    others: list[OtherVersion]
    tagged: list[Annotation]
    reference: Reference

    @property
    def is_current(self) -> bool:
        return self.version.number == self.newest

    @property
    def retrieved(self) -> datetime | None:
        return self.capture.received_at if self.capture else None


def proof_of(
    version: TextVersion,
    start: int,
    end: int,
    user: Viewer,
    base: str,
    own: Annotation | None = None,
) -> PassageProof:
    """Return what is known of `version.text[start:end]`, or of `own`, which is tagged there.

    `base` is the archive's own address. Raises Unanchorable. Costs two queries, whatever the
    number of tags.
    """
    selector = select(version.text, start, end)
    article = version.article
    path = own.get_absolute_url() if own else passage_address(version, start, end)
    address = base.rstrip("/") + path
    paragraph = paragraph_of(version.text, start)
    before, after = around(version.text, start, end, CONTEXT)
    other_versions = (
        article.versions.exclude(pk=version.pk).as_text().order_by("-number")
    )
    newest_others = list(other_versions[:MOST_VERSIONS])
    others = []
    for other in newest_others:
        others.append(OtherVersion(other, match_in_version(selector, other.text)))
    capture = _captured_as(version, newest_others)
    accessed = capture.received_at.date() if capture else None
    overlapping = Annotation.objects.filter(
        version=version, start__lt=end, end__gt=start
    )
    tags = overlapping.visible_to(user).with_details().in_text_order()[:MOST_TAGS]
    reference = replace(
        article.reference, paragraph=paragraph, archived=address, accessed=accessed
    )
    original = article.original_address
    return PassageProof(
        version=version,
        selector=selector,
        before=before,
        after=after,
        paragraph=paragraph,
        address=address,
        original_link=link_to_passage(original, version.text, start, end),
        newest=article.version.number,
        capture=capture,
        others=others,
        tagged=[tag for tag in tags if tag != own],
        reference=reference,
    )


def passage_address(version: TextVersion, start: int, end: int) -> str:
    """Return where `version.text[start:end]` can be cited, whether it is tagged or not."""
    return reverse(
        "annotations:passage-detail",
        args=[version.article.slug, version.number, start, end],
    )


def _captured_as(version: TextVersion, others: list[TextVersion]) -> Capture | None:
    """Return the capture that a version was made from, by itself or by way of earlier
    versions."""
    earlier = {other.pk: other for other in others}
    made_from: TextVersion | None = version
    while made_from is not None and made_from.capture_id is None:
        made_from = earlier.get(made_from.previous_id or 0)
    return made_from.capture if made_from else None
