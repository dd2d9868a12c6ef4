"""The demonstration's agreements: two in force, one that a school has yet to sign, one a draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterwork.accounts.models import Person
from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.cli.demo.taking_part import HEAD_BEFORE
from clusterwork.clusters.models import AgreementKind, AgreementVersion, Cluster, Signature
from clusterwork.clusters.selectors.agreements import library_of
from clusterwork.clusters.selectors.signing import SchoolSigns, signing_of
from clusterwork.clusters.services.agreements.copies import Upload
from clusterwork.clusters.services.agreements.drafting import fill_blanks, pick_clauses, say_about
from clusterwork.clusters.services.agreements.library import take_over_starter
from clusterwork.clusters.services.agreements.putting import put_to_schools
from clusterwork.clusters.services.agreements.signing import OnPaper, sign, sign_by_copy
from clusterwork.clusters.services.agreements.starting import start_version
from clusterwork.web.clusters.agreements.frame import agreement_link

MEMORANDUM, DATA = AgreementKind.MEMORANDUM, AgreementKind.DATA_SHARING
HEAD = Signature.Capacity.HEAD
SIGNED = "signed.pdf"
BLANKS = {
    "meetings": ("twice in every term", "dwywaith bob tymor"),
    "clerk": ("the clerk of the lead school", "clerc yr ysgol arweiniol"),
    "banker": ("the county council", "y cyngor sir"),
    "spending_limit": ("£500", "£500"),
    "employer": ("the lead school", "yr ysgol arweiniol"),
    "mediator": (
        "the chair of the headteachers’ strategy group",
        "cadeirydd grŵp strategaeth y penaethiaid",
    ),
    "notice": ("two terms", "dau dymor"),
    "surplus": ("in proportion to pupils on roll", "yn ôl nifer y disgyblion ar y gofrestr"),
    "data_lead": ("the cluster’s coordinator", "cydlynydd y clwstwr"),
    "data_kept": ("three school years", "tair blwyddyn ysgol"),
}
WRITTEN, PUT = 160, 150  # days ago


def make_agreements(cast: Cast, days: Days) -> None:
    """Both kinds of the first cluster, and a memorandum and a draft of the second."""
    for kind in (MEMORANDUM, DATA):
        organisation_pk = cast.first.organisation_id
        take_over_starter(
            person=cast.officer, day=days.today, organisation_pk=organisation_pk, kind=kind
        )
        version = _put(cast.coordinator, cast.first, kind, days)
        _all_sign(version, cast, days)
    version = _put(cast.other_coordinator, cast.second, MEMORANDUM, days)
    _all_but_one_sign(version, cast, days)
    _drafted(cast.other_coordinator, cast.second, DATA, days.ago(WRITTEN))


def _drafted(person: Person, cluster: Cluster, kind: str, day: dt.date) -> AgreementVersion:
    who: dict[str, Any] = {"person": person, "day": day}
    version = start_version(**who, cluster_pk=cluster.pk, kind=kind)
    clauses = [each.pk for each in library_of(cluster.organisation, kind)]
    return pick_clauses(**who, version_pk=version.pk, clause_pks=clauses)


def _put(person: Person, cluster: Cluster, kind: str, days: Days) -> AgreementVersion:
    day = days.ago(WRITTEN)
    version = _drafted(person, cluster, kind, day)
    told: dict[str, Any] = {"person": person, "day": day, "version_pk": version.pk}
    say_about(**told, review_on=days.end_on)
    fill_blanks(**told, values=BLANKS)
    now = moment(days.ago(PUT))
    return put_to_schools(person=person, now=now, version_pk=version.pk, link_for=agreement_link)[0]


def _all_sign(version: AgreementVersion, cast: Cast, days: Days) -> None:
    """Heads by signing in, everybody else on paper; one school a day."""
    for n in range(len(cast.schools)):
        day = days.ago(PUT - n)
        each = next((one for one in signing_of(version, day) if not one.has_signed), None)
        if each is None:
            break
        head = cast.old_hands.get(each.school.pk)
        for capacity in _unsigned(each):
            if head and capacity == HEAD:
                _signs_in(head, version, each, day)
            else:
                name = HEAD_BEFORE if capacity == HEAD else ""
                _on_paper(cast.coordinator, version, each, capacity, n, day, name)


def _all_but_one_sign(version: AgreementVersion, cast: Cast, days: Days) -> None:
    day, late = days.ago(PUT - 5), cast.others[-1]
    chair = cast.others[0].pk
    for n in range(len(cast.others)):
        waits = (one for one in signing_of(version, day) if not one.has_signed)
        each = next((one for one in waits if one.school.pk != late.pk), None)
        if each is None:
            break
        for capacity in _unsigned(each):
            if capacity == HEAD and each.school.pk == chair:
                _signs_in(cast.other_chair, version, each, day)
            else:
                _on_paper(cast.other_coordinator, version, each, capacity, n, day)


def _unsigned(each: SchoolSigns) -> list[str]:
    return [slot.capacity for slot in each.slots if slot.signature is None]


def _signs_in(head: Person, version: AgreementVersion, each: SchoolSigns, day: dt.date) -> None:
    now = moment(day)
    sign(
        person=head,
        now=now,
        version_pk=version.pk,
        school_pk=each.school.pk,
        capacity=HEAD,
        proved_at=now,
        link_for=agreement_link,
    )


SIGNATORIES = (
    "Gwenda Ashby", "Peter Kirkby", "Huw Saxilby", "Margaret Toft", "Owain Revesby",
    "Janet Haltham", "Iolo Minting",
)  # fmt: skip


def _on_paper(
    person: Person,
    version: AgreementVersion,
    each: SchoolSigns,
    capacity: str,
    n: int,
    day: dt.date,
    name: str = "",
) -> None:
    name = name or SIGNATORIES[(n + 3 * (capacity == HEAD)) % len(SIGNATORIES)]
    paper = OnPaper(name, day, Upload(SIGNED, signed_page(name, str(each.school))))
    sign_by_copy(
        person=person,
        now=moment(day),
        version_pk=version.pk,
        school_pk=each.school.pk,
        capacity=capacity,
        paper=paper,
        link_for=agreement_link,
    )


def signed_page(name: str, school: str) -> bytes:
    """A PDF of one page that stands for the scan of a signed one."""
    shown = f"Signed: {name}. {school}".encode("cp1252", "replace")
    shown = shown.replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    text = b"BT /F1 14 Tf 72 720 Td (" + shown + b") Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(out))
    )
