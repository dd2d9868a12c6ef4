"""A paper for one audience, in the languages of the cluster's organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterwork.documents import (
    AnyDocument,
    Bilingual,
    Block,
    Contents,
    Document,
    Heading,
    Paragraph,
)
from clusterwork.plans.papers.audiences import (
    FUNDER,
    GOVERNORS,
    PLAN,
    SCHOOL,
    STRAND,
    Audience,
    audiences_of,
)
from clusterwork.plans.papers.blocks import Blocks, closing, nothing_here, opening
from clusterwork.plans.papers.governors import governors_blocks
from clusterwork.plans.rules.content import sha256_of
from clusterwork.plans.rules.extracts import EXTRACTS, pence_of
from clusterwork.plans.wording import Reader
from clusterwork.plans.wording.values import money_words

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on every paper: whose it is, how the plan stands, its version and the day."""

    organisation: str
    is_welsh: bool
    status: Callable[[], str]
    version: str
    day: dt.date


def papers_of(content: Content) -> list[Audience]:
    """All papers that can be made of the content."""
    return audiences_of(content)


def paper_for(content: Content, audience: Audience, stamp: Stamp) -> AnyDocument:
    """The paper; bilingual, Welsh first, where the organisation is."""
    cut = EXTRACTS[audience.kind](content, audience.key) if audience.kind in EXTRACTS else content
    if not stamp.is_welsh:
        return _in("en-gb", cut, audience, stamp)
    return Bilingual(_in("cy", cut, audience, stamp), _in("en-gb", cut, audience, stamp))


def version_of(content: Content, number: int | None = None) -> str:
    """The number of the submission, if it is one, with the start of the content's hash."""
    mark = sha256_of(content)[:8]
    return f"{number} ({mark})" if number else mark


def _in(language: str, cut: Content, audience: Audience, stamp: Stamp) -> Document:
    with override(language):
        reader = Reader(cut)
        return Document(
            title=_title(cut, audience),
            language=language,
            parts=tuple(_parts(reader, audience)),
            version=stamp.version,
            date=stamp.day,
            organisation=stamp.organisation,
            status=stamp.status(),
            compact=audience.kind == GOVERNORS,
        )


def _title(cut: Content, audience: Audience) -> str:
    plan: str = cut["plan"]["title"]
    words = {
        PLAN: plan,
        GOVERNORS: _("For governors: %(plan)s"),
        SCHOOL: _("The school’s part: %(name)s – %(plan)s"),
        STRAND: _("Strand: %(name)s – %(plan)s"),
        FUNDER: _("For the funder: %(name)s – %(plan)s"),
    }[audience.kind]
    return words if audience.kind == PLAN else words % {"plan": plan, "name": audience.name}


def _parts(reader: Reader, audience: Audience) -> Iterator[Block]:
    blocks = Blocks(reader)
    if audience.kind == GOVERNORS:
        yield from governors_blocks(reader, blocks)
        return
    yield from opening(reader, blocks)
    if audience.kind == PLAN:
        yield Contents(deepest=1)
    if audience.kind == FUNDER:
        yield from _paid(reader, audience)
    told = tuple(blocks.all())
    yield from told or (nothing_here(),)
    if audience.kind == PLAN:
        yield from closing(reader, blocks)


def _paid(reader: Reader, audience: Audience) -> Iterator[Block]:
    """What this payer pays of the lines that follow."""
    pence = sum(pence_of(each, audience.key) for each in reader.parts("budget_lines"))
    yield Heading(1, _("What this funder pays"))
    yield Paragraph(_("Of the lines in this paper: %(money)s") % {"money": money_words(pence)})
