"""The rural five agree and sign their memorandum; one on paper, and a sixth school joins later.

Before £20,000 a school moved, Lincolnshire asked its clusters of small rural schools for a business
plan and a memorandum of understanding (Small rural schools). Here the officer takes over the
shipped clauses and makes one her own; a head writes the draft with a link person's help; two of
the schools are a federation, one is an academy, one signs on paper. The chair varies it by a
letter, and a school that joins later signs the version in force.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import AgreementVersion, Cluster, Membership
from clusterwork.clusters.services.appointing import AppointmentFacts
from clusterwork.clusters.services.appointments import appoint
from clusterwork.clusters.services.memberships import join
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.clusters.tests.made import authority, schools
from clusterwork.registry.models import Affiliation, Partnership, School
from tests.journeys.people import LONG_AGO, a_person, an_organisation
from tests.journeys.visitor import PASSWORD

pytestmark = pytest.mark.browser

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def wolds(transactional_db) -> Cluster:
    """Five small schools of Lincolnshire: two in a federation, one an academy in a trust."""
    county = an_organisation("Lincolnshire County Council", is_welsh=True)
    trust = an_organisation("Wolds Learning Trust", kind="trust")
    lincolnshire = authority()
    county.authorities.add(lincolnshire)
    found = schools(lincolnshire, 6)
    School.objects.filter(pk=found[4].pk).update(
        type_name="Academy converter", type_group="Academies"
    )
    _together("federation", "Bain Valley Federation", found[:2])
    _together("trust", "Wolds Learning Trust", found[4:5], organisation=trust)
    a_person("olwen@wolder.example", "Olwen Officer", "programme_officer", organisation=county)
    a_person("tess@wolder.example", "Tess Trustee", "partner", organisation=trust)
    for n, school in enumerate(found):
        a_person(f"head{n}@wolder.example", f"Head {n}", "headteacher", school=school)
        if n not in (1, 4):
            a_person(f"gov{n}@wolder.example", f"Governor {n}", "chair_of_governors", school=school)
    return _opened(county, found)


def _together(kind: str, name: str, members: list[School], **facts) -> None:
    made = Partnership.objects.create(kind=kind, name=name, **facts)
    for school in members:
        Affiliation.objects.create(school=school, partnership=made)


def _opened(county, found: list[School]) -> Cluster:
    olwen = Person.objects.get(email="olwen@wolder.example")
    who = {"person": olwen, "day": timezone.localdate()}
    plan = ClusterPlan("Bain Valley", [PlannedSchool(each.pk) for each in found[:5]])
    cluster = open_clusters(**who, organisation=county, plans=[plan], start_on=LONG_AGO)[0]
    for role, name, school in (("chair", "Head 0", found[0]), ("clerk", "Cai Clerk", None)):
        facts = AppointmentFacts(role, name, timezone.localdate(), school=school)
        appoint(**who, cluster_pk=cluster.pk, facts=facts)
    return cluster


def the_library_is_taken_over(officer, cluster: Cluster) -> None:
    officer.open(f"/clusters/{cluster.pk}/agreements/")
    officer.sees("No agreement is in force yet.")
    officer.follow("The clauses that clusters choose from")
    officer.sees("Clusterwork ships 15 clauses")
    officer.look("clauses-empty")
    officer.press("Take the shipped clauses over")
    officer.sees("Clauses taken over: 15.")
    officer.look("clauses")
    officer.follow("When we meet")
    officer.fill("Title", "When and where we meet")
    officer.press("Save the clause")
    officer.sees("The clause is saved.")


def a_head_writes_the_draft(head, cluster: Cluster) -> None:
    head.open(f"/clusters/{cluster.pk}/agreements/")
    head.look("agreements-empty")
    head.press("Begin the agreement")
    head.sees("Which clauses does the agreement have?")
    head.look("agreement-pick")
    head.page.get_by_label("What this memorandum is").uncheck()
    head.press("Save the clauses")
    head.sees("The clauses are chosen.")
    head.follow("Write a clause of your own")
    head.choose("What it is about", "Ways of working")
    head.fill("Title", "The minibus")
    head.fill("Words", "We share {minibus} and each school pays its own fuel.")
    head.press("Save the clause")
    head.sees("The clause is added.")
    head.follow("Say when it is looked at again")
    later = timezone.localdate().replace(month=9, day=1, year=timezone.localdate().year + 1)
    head.fill("Looked at again by", later.isoformat())
    head.press("Save", within="main")
    the_blanks_are_filled(head)


def the_blanks_are_filled(head) -> None:
    head.follow("Put it to the schools for signing")
    head.sees("It is not ready yet.")
    assert not head.page.get_by_role("button", name="Put it to the schools").count()
    head.follow("Back to the agreement")
    head.follow("Fill in the blanks")
    head.sees("Filled in already. From: The cluster’s own page.")
    head.sees("Filled in already. From: How the cluster decides.")
    head.look("agreement-blanks")
    for box in head.page.locator(
        "main input[type=text]:not([lang=cy]), main textarea:not([lang=cy])"
    ).all():
        if not box.input_value():
            box.fill("As agreed each September")
    head.press("Save the blanks")
    head.sees("The blanks are saved.")
    head.look("agreement-draft")


def it_is_put_to_the_schools(head) -> AgreementVersion:
    head.follow("Put it to the schools for signing")
    head.sees("Trust board: Tess Trustee")
    head.look("agreement-put")
    head.press("Put it to the schools", within="main")
    head.sees("The schools can sign now.")
    return AgreementVersion.objects.get(state="signing")


def sign(visitor, version: AgreementVersion, school: School, capacity: str) -> None:
    """Opens the page of the signature, presses, and shows once more who it is."""
    visitor.open(f"/agreements/{version.pk}/sign/{school.pk}/{capacity}")
    visitor.press("Sign for:", within="main")
    visitor.sees("Show that it is you")
    visitor.fill("Password", PASSWORD)
    visitor.press("Continue")
    visitor.sees("Signed for:")


def all_five_sign(head, visit, version: AgreementVersion, found: list[School]) -> None:
    head.open("/")
    head.sees("Read and sign for")
    head.open(f"/agreements/{version.pk}/sign/{found[0].pk}/head")
    head.look("agreement-sign")
    sign(head, version, found[0], "head")
    head.sees(re.compile("0 of 5 schools have signed"))
    signing = [("gov0", 0, "governors"), ("head2", 2, "head"), ("gov2", 2, "governors"),
               ("head3", 3, "head"), ("tess", 4, "trust")]  # fmt: skip
    for name, n, capacity in signing:
        one = visit()
        one.sign_in(f"{name}@wolder.example")
        sign(one, version, found[n], capacity)
    one.sees(re.compile("4 of 5 schools have signed"))


def the_wrong_person_is_refused(visit, version: AgreementVersion, found: list[School]) -> None:
    other = visit()
    other.sign_in("head2@wolder.example")
    other.open(f"/agreements/{version.pk}/sign/{found[3].pk}/head")
    other.sees("You cannot sign for this school")
    other.was_refused(403)


def one_signs_on_paper(head, version: AgreementVersion, school: School) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text, scan = Path(folder, "signed.pdf"), Path(folder, "scan.pdf")
        text.write_text("Not a PDF at all", encoding="utf-8")
        scan.write_bytes(PDF)
        head.open(f"/agreements/{version.pk}/copy/{school.pk}/governors")
        head.look("agreement-copy")
        head.attach("Signed copy", text)
        head.press("Enter the signature")
        head.sees("The file is neither a PDF nor a picture.")
        head.fill("Who signed", "Somebody Else")
        head.attach("Signed copy", scan)
        head.press("Enter the signature")
        head.sees("Another person held this post on that day: Governor 3.")
        head.fill("Who signed", "Governor 3")
        head.attach("Signed copy", scan)
        head.press("Enter the signature")
    head.sees("In force from")
    head.look("agreement-in-force")


def a_letter_varies_it(head, cluster: Cluster) -> None:
    head.open(f"/clusters/{cluster.pk}/agreements/")
    head.follow("Vary it by a letter")
    head.fill("What changes, and why", "The county banks our money from now on.")
    head.press("Write the letter")
    head.choose("What it is about", "Money, and who banks it")
    head.fill("Title", "Who banks our money")
    head.fill("Words", "The cluster’s money is held by Lincolnshire County Council.")
    head.press("Save the clause")
    head.sees("What changes, and why")
    head.look("agreement-letter")
    head.press("Give this draft up")
    head.sees("The agreement is withdrawn.")


def a_school_joins_later(visit, version: AgreementVersion, cluster: Cluster, late: School) -> None:
    olwen = Person.objects.get(email="olwen@wolder.example")
    today = timezone.localdate()
    join(person=olwen, day=today, pk=cluster.pk, school=late, start_on=today)
    head, governor = visit(width=320), visit()
    head.sign_in("head5@wolder.example")
    head.open("/")
    head.sees(f"Read and sign for: {late}")
    head.open(f"/clusters/{cluster.pk}/members/")
    head.sees("Not signed yet")
    head.open(f"/clusters/{cluster.pk}/agreements/")
    head.sees("Not signed yet")
    head.look("agreements-late")
    sign(head, version, late, "head")
    governor.sign_in("gov5@wolder.example")
    sign(governor, version, late, "governors")
    assert Membership.objects.get(school=late).memorandum_signed_on == today
    governor.open(f"/clusters/{cluster.pk}/")
    governor.sees("Memorandum of understanding: in force from")


def versions_side_by_side(head, cluster: Cluster) -> None:
    head.open(f"/clusters/{cluster.pk}/agreements/")
    head.press("Begin a new version")
    head.sees("A new version is begun")
    clause = AgreementVersion.objects.get(state="draft").clauses.get(title="The minibus")
    head.open(f"/agreements/clauses/{clause.pk}/")
    head.fill("Words", "We share two minibuses and each school pays its own fuel.")
    head.press("Save the clause")
    head.follow("Lay it beside another version")
    head.sees("4 of 15 clauses differ.")
    head.look("agreement-compare")


def test_the_rural_five_sign_a_memorandum(visit, wolds):
    found = list(School.objects.order_by("urn"))
    officer, head = visit(), visit()
    officer.sign_in("olwen@wolder.example")
    the_library_is_taken_over(officer, wolds)
    head.sign_in("head0@wolder.example")
    a_head_writes_the_draft(head, wolds)
    version = it_is_put_to_the_schools(head)
    all_five_sign(head, visit, version, found)
    the_wrong_person_is_refused(visit, version, found)
    one_signs_on_paper(head, version, found[3])
    a_letter_varies_it(head, wolds)
    a_school_joins_later(visit, version, wolds, found[5])
    versions_side_by_side(head, wolds)
