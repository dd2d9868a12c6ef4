"""A version of an agreement as a document: its words, its days, and who has signed."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterwork.clusters.models import AgreementVersion, Signature
from clusterwork.clusters.selectors.agreements import clauses_of
from clusterwork.clusters.selectors.signing import SchoolSigns, signing_told
from clusterwork.clusters.states.agreement import DRAFT
from clusterwork.documents import (
    AnyDocument,
    Bilingual,
    Block,
    Definitions,
    Document,
    Heading,
    Paragraph,
    Signatures,
)
from clusterwork.documents import Signature as Signed
from clusterwork.web.clusters.agreements.frame import called
from clusterwork.web.clusters.agreements.shown import words_shown
from clusterwork.web.formats import day as in_words


def paper_of(version: AgreementVersion, day: dt.date) -> AnyDocument:
    """Welsh first and both languages where the organisation offers Welsh; else English."""
    english = _in("en-gb", version, day)
    if not version.agreement.cluster.organisation.is_welsh:
        return english
    return Bilingual(_in("cy", version, day), english)


def _in(language: str, version: AgreementVersion, day: dt.date) -> Document:
    with override(language):
        return Document(
            title=str(version.agreement),
            language=language,
            parts=tuple(_parts(version, day, welsh=language == "cy")),
            version=str(version.number),
            date=_date(version),
            organisation=str(version.agreement.cluster),
            status="" if version.state == "in_force" else str(version.get_state_display()),
        )


def _parts(version: AgreementVersion, day: dt.date, *, welsh: bool) -> list[Block]:
    days = _particulars(version)
    parts: list[Block] = [Definitions(days)] if days else []
    if version.because:
        parts += [Heading(1, _("What changes, and why")), *_lines(version.because)]
    for section, clauses in words_shown(clauses_of(version), welsh):
        parts.append(Heading(1, section))
        for clause in clauses:
            parts.append(Heading(2, f"{clause.n}. {clause.title}"))
            parts += [Paragraph(line) for line in clause.paragraphs]
    signing = signing_told(version, day)
    if signing:
        parts += [Heading(1, _("Signatures")), Signatures(_("Who signs"), _signatures(signing))]
    return parts


def _lines(text: str) -> list[Block]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _particulars(version: AgreementVersion) -> list[tuple[str, str]]:
    told = [
        (_("Varies"), called(version.varies) if version.varies else ""),
        (_("In force from"), in_words(version.in_force_on)),
        (_("Until"), in_words(version.ended_on)),
        (_("Looked at again by"), in_words(version.review_on)),
    ]
    return [(label, value) for label, value in told if value]


def _date(version: AgreementVersion) -> dt.date:
    at = version.opened_at if version.state != DRAFT and version.opened_at else version.drafted_at
    return version.in_force_on or timezone.localdate(at)


def _signatures(signing: list[SchoolSigns]) -> list[Signed]:
    return [_signed(each, slot.capacity, slot.signature) for each in signing for slot in each.told]


def _signed(each: SchoolSigns, capacity: str, signature: Signature | None) -> Signed:
    label = str(Signature.Capacity(capacity).label)
    if signature is None:
        return Signed(str(each.school), role=label)
    return Signed(str(each.school), signature.name, label, in_words(signature.signed_on))
