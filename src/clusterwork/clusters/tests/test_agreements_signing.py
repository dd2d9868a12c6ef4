"""Signing: who, when, for which schools; and what the database keeps as it was signed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clusterwork.accounts.models import Delegation, Role
from clusterwork.clusters.models import (
    AgreementVersion,
    SealedClause,
    Signature,
    SignedCopy,
)
from clusterwork.clusters.selectors.agreements import version_in_force
from clusterwork.clusters.selectors.signing import n_signed, signing_of
from clusterwork.clusters.services.agreements.commenting import CommentsAreOver, comment
from clusterwork.clusters.services.agreements.copies import (
    LARGEST,
    CopyOfAnotherKind,
    CopyTooLarge,
    Upload,
)
from clusterwork.clusters.services.agreements.loading import (
    AlreadySigned,
    NotToBeSigned,
    SignedIsNoDraft,
)
from clusterwork.clusters.services.agreements.putting import take_back, withdraw
from clusterwork.clusters.services.agreements.reminding import (
    EverybodySigned,
    RemindedAlready,
    remind,
    remind_all,
)
from clusterwork.clusters.services.agreements.settling import settle_all
from clusterwork.clusters.services.agreements.signing import (
    HasLeftThePost,
    NotAMember,
    NotProvedAgain,
    OnPaper,
    SignedOnAnotherDay,
    sign_by_copy,
)
from clusterwork.clusters.services.headships import HeadshipFacts, begin_headship
from clusterwork.clusters.services.memberships import join, leave
from clusterwork.clusters.tests.made import TODAY, organisation
from clusterwork.clusters.tests.made_agreements import NOW, Five, later, link_for
from clusterwork.clusters.tests.made_clusters import row_of
from clusterwork.clusters.tests.made_people import a_person
from clusterwork.kernel.errors import NotAllowed
from clusterwork.notify.models import Letter
from clusterwork.registry.models import School

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def five():
    return Five()


@pytest.fixture
def version(five):
    return five.put()


def on_paper(five, version, *, person=None, n=0, capacity="head", now=NOW, **told):
    facts = {"name": f"Head {n}", "signed_on": TODAY, "upload": Upload("signed.pdf", PDF), **told}
    return sign_by_copy(
        person=person or five.chair,
        now=now,
        version_pk=version.pk,
        school_pk=five.schools[n].pk,
        capacity=capacity,
        paper=OnPaper(**facts),
        link_for=link_for,
    )


class TestASignature:
    def test_of_all_brings_the_agreement_into_force(self, five, version):
        for n in range(5):
            five.sign_for(version, n)
            in_force = version_in_force(five.cluster, "memorandum")
            assert (in_force is not None) == (n == 4)
        assert in_force.in_force_on == TODAY
        assert row_of(five.cluster, five.five[0]).memorandum_signed_on == TODAY

    def test_needs_both_head_and_chair_of_governors(self, five, version):
        five.sign(version, five.heads[0], 0, "head")
        assert n_signed(signing_of(version, TODAY)) == (0, 5)
        five.sign(version, five.governors[0], 0, "governors")
        assert n_signed(signing_of(version, TODAY)) == (1, 5)

    def test_is_never_another_persons_to_give(self, five, version):
        for person, capacity in (
            (five.heads[1], "head"),
            (five.governors[0], "head"),
            (five.heads[0], "governors"),
            (five.officer, "head"),
        ):
            with pytest.raises(HasLeftThePost):
                five.sign(version, person, 0, capacity)

    def test_is_never_a_link_persons_or_a_deputys(self, five, version):
        deputy = a_person("Dai Deputy")
        Delegation.objects.create(
            school=five.five[0], named_by=five.heads[0], person=deputy, may_send=True,
            start_on=TODAY,
        )  # fmt: skip
        link = a_person("Lena Link")
        five.appoint("link_person", "Lena Link", school=five.five[0], email=link.email)
        for person in (deputy, link):
            with pytest.raises(HasLeftThePost):
                five.sign(version, person, 0, "head")

    def test_is_refused_from_a_head_whose_role_has_ended(self, five, version):
        Role.objects.filter(person=five.heads[0]).update(end_on=TODAY)
        with pytest.raises(HasLeftThePost, match="must hold this post on the day of signing"):
            five.sign(version, five.heads[0], 0, "head")

    def test_is_refused_from_a_head_whom_another_has_followed(self, five, version):
        new = a_person("Nia New", "headteacher", school=five.five[0])
        facts = HeadshipFacts("substantive", TODAY, name="Nia New", email=new.email)
        begin_headship(**five.who, schools=[five.five[0]], facts=facts)
        with pytest.raises(HasLeftThePost):
            five.sign(version, five.heads[0], 0, "head")
        assert five.sign(version, new, 0, "head")

    def test_is_refused_without_signing_in_again(self, five, version):
        for proved_at in (None, NOW - dt.timedelta(minutes=11), NOW + dt.timedelta(minutes=1)):
            with pytest.raises(NotProvedAgain):
                five.sign(version, five.heads[0], 0, "head", proved_at=proved_at)

    def test_is_given_once(self, five, version):
        five.sign(version, five.heads[0], 0, "head")
        with pytest.raises(AlreadySigned):
            five.sign(version, five.heads[0], 0, "head")

    def test_is_not_taken_for_a_draft_or_for_what_is_over(self, five):
        draft = five.draft()
        with pytest.raises(NotToBeSigned):
            five.sign(draft, five.heads[0], 0, "head")

    def test_is_not_taken_for_a_school_outside_or_in_a_wrong_capacity(self, five, version):
        with pytest.raises(NotAMember):
            five.sign(version, five.heads[5], 5, "head")
        with pytest.raises(NotAMember):
            five.sign(version, five.heads[0], 0, "trust")


class TestOneSignature:
    def test_serves_all_schools_of_a_federation(self, five):
        five.group("federation", *five.five[:2])
        version = five.put()
        made = five.sign(version, five.heads[0], 0, "head")
        assert {each.school for each in made} == set(five.five[:2])
        five.sign(version, five.governors[1], 1, "governors")
        assert n_signed(signing_of(version, TODAY)) == (2, 5)
        with pytest.raises(AlreadySigned):
            five.sign(version, five.heads[1], 1, "head")

    def test_of_a_trust_serves_its_schools(self, five):
        trust = organisation("The Wold Trust")
        type(trust).objects.filter(pk=trust.pk).update(kind="trust")
        School.objects.filter(pk__in=[each.pk for each in five.five[:2]]).update(
            type_name="Academy converter", type_group="Academies"
        )
        five.group("trust", *five.five[:2], organisation=trust)
        board = a_person("Tess Trust", "partner", organisation=trust)
        version = five.put()
        with pytest.raises(NotAMember):
            five.sign(version, five.heads[0], 0, "head")
        with pytest.raises(HasLeftThePost):
            five.sign(version, five.governors[0], 0, "trust")
        assert len(five.sign(version, board, 0, "trust")) == 2
        assert n_signed(signing_of(version, TODAY)) == (2, 5)

    def test_of_a_trust_that_is_not_known_here_is_its_chairs_where_it_has_one_school(self, five):
        School.objects.filter(pk__in=[each.pk for each in five.five[:3]]).update(
            type_group="Academies"
        )
        five.group("trust", five.five[0])
        five.group("trust", *five.five[1:3])
        version = five.put()
        assert five.sign(version, five.governors[0], 0, "trust")
        with pytest.raises(HasLeftThePost):
            five.sign(version, five.governors[1], 1, "trust")

    def test_of_a_management_committee_serves_a_referral_unit(self, five):
        School.objects.filter(pk=five.five[0].pk).update(phase="referral_unit")
        version = five.put()
        five.sign(version, five.governors[0], 0, "committee")
        assert n_signed(signing_of(version, TODAY)) == (1, 5)

    def test_serves_a_school_of_the_federation_that_joins_later(self, five):
        five.group("federation", five.five[0], five.schools[5])
        version = five.put()
        five.sign_all(version)
        join(**five.who, pk=five.cluster.pk, school=five.schools[5], start_on=TODAY)
        assert n_signed(signing_of(version, TODAY)) == (6, 6)


class TestASchool:
    def test_that_joins_later_signs_the_version_in_force(self, five, version):
        five.sign_all(version)
        join(**five.who, pk=five.cluster.pk, school=five.schools[5], start_on=TODAY)
        assert n_signed(signing_of(version, TODAY)) == (5, 6)
        assert row_of(five.cluster, five.schools[5]).memorandum_signed_on is None
        five.sign_for(version, 5, later(3))
        version.refresh_from_db()
        assert (version.state, version.in_force_on) == ("in_force", TODAY)
        signed = row_of(five.cluster, five.schools[5]).memorandum_signed_on
        assert signed == TODAY + dt.timedelta(3)

    def test_that_leaves_counts_no_more(self, five, version):
        for n in range(4):
            five.sign_for(version, n)
        leave(**five.who, membership_pk=row_of(five.cluster, five.five[4]).pk,
              on=TODAY, reason="Too far.")  # fmt: skip
        assert settle_all(day=TODAY, link_for=link_for) == 1
        assert version_in_force(five.cluster, "memorandum") == version


class TestACopyOnPaper:
    def test_counts_as_a_signature_and_says_who_entered_it(self, five, version):
        (made,) = on_paper(five, version, person=five.officer, n=3)
        assert (made.way, made.name, made.entered_by) == ("copy", "Head 3", five.officer)
        assert made.copy.media_type == "application/pdf" and bytes(made.copy.content) == PDF

    def test_is_refused_by_its_content_and_not_its_name(self, five, version):
        for content in (b"MZ\x90\x00 a program", b"<html><script>", b"", b"PK\x03\x04 zip"):
            with pytest.raises(CopyOfAnotherKind):
                on_paper(five, version, upload=Upload("signed.pdf", content))
        assert not SignedCopy.objects.exists()

    def test_is_refused_when_it_is_larger_than_ten_megabytes(self, five, version):
        with pytest.raises(CopyTooLarge, match="larger than 10 megabytes"):
            on_paper(five, version, upload=Upload("big.pdf", PDF + b"0" * LARGEST))

    def test_is_refused_where_another_person_held_the_post(self, five, version):
        with pytest.raises(HasLeftThePost, match="Another person held this post"):
            on_paper(five, version, name="Somebody Else")
        assert on_paper(five, version, name=" head  0 ")

    def test_is_refused_for_a_day_to_come_or_before_it_was_put(self, five, version):
        for days in (-1, 1):
            with pytest.raises(SignedOnAnotherDay):
                on_paper(five, version, signed_on=TODAY + dt.timedelta(days))

    def test_is_not_anybodys_to_enter(self, five, version):
        with pytest.raises(NotAllowed):
            on_paper(five, version, person=five.heads[5])


class TestTheDatabase:
    def refuses(self, sql: str, *values: object) -> None:
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, values)

    def test_never_changes_sealed_words(self, five, version):
        clause = version.clauses.first()
        self.refuses("UPDATE clusters_sealedclause SET text = 'x' WHERE id = %s", clause.pk)
        self.refuses("DELETE FROM clusters_sealedclause WHERE id = %s", clause.pk)
        self.refuses(
            "INSERT INTO clusters_sealedclause (version_id, section, place, title, title_cy, text,"
            " text_cy, blanks) VALUES (%s, 'other', 99, 't', '', 'x', '', '{}')",
            version.pk,
        )
        self.refuses(
            "UPDATE clusters_agreementversion SET review_on = NULL WHERE id = %s", version.pk
        )

    def test_never_moves_other_words_under_a_sealed_version(self, five, version):
        other = SealedClause.objects.create(
            version=five.draft("data_sharing"), section="other", place=99, title="t", text="x"
        )
        self.refuses(
            "UPDATE clusters_sealedclause SET version_id = %s WHERE id = %s", version.pk, other.pk
        )

    def test_never_changes_or_removes_a_signature_or_its_copy(self, five, version):
        (made,) = on_paper(five, version)
        self.refuses("UPDATE clusters_signature SET name = 'x' WHERE id = %s", made.pk)
        self.refuses("DELETE FROM clusters_signature WHERE id = %s", made.pk)
        self.refuses("UPDATE clusters_signedcopy SET name = 'x' WHERE id = %s", made.copy_id)

    def test_never_makes_a_draft_of_what_is_signed(self, five, version):
        five.sign(version, five.heads[0], 0, "head")
        self.refuses(
            "UPDATE clusters_agreementversion SET state = 'draft' WHERE id = %s", version.pk
        )
        with pytest.raises(SignedIsNoDraft):
            take_back(**five.as_chair, version_pk=version.pk)

    def test_never_takes_a_signature_for_a_draft(self, five):
        version = five.draft()
        with pytest.raises(IntegrityError, match="not there to be signed"), transaction.atomic():
            Signature.objects.create(
                version=version, school=five.five[0], capacity="head", way="signed_in",
                person=five.heads[0], name="x", post="x", signed_on=TODAY,
            )  # fmt: skip


class TestLetters:
    def test_go_to_everybody_who_signs_when_it_is_put(self, five, version):
        found = Letter.objects.filter(template="clusters.agreement_put")
        assert found.count() == 10
        assert found.first().context["link"].endswith(f"/agreements/{version.pk}/")

    def test_remind_only_those_who_have_not_signed_and_once_a_day(self, five, version):
        five.sign_for(version, 0)
        press = {"person": five.chair, "version_pk": version.pk, "link_for": link_for}
        with pytest.raises(RemindedAlready):
            remind(now=NOW, **press)
        assert remind(now=later(2), **press) == 8
        assert Letter.objects.filter(template="clusters.agreement_reminded").count() == 8

    def test_remind_by_themselves_at_most_weekly(self, five, version):
        assert remind_all(now=later(6), link_for=link_for) == 0
        assert remind_all(now=later(7), link_for=link_for) == 10
        assert remind_all(now=later(8), link_for=link_for) == 0
        assert remind_all(now=later(14), link_for=link_for) == 10

    def test_remind_a_school_that_joined_later(self, five, version):
        five.sign_all(version)
        with pytest.raises(EverybodySigned):
            remind(person=five.chair, now=later(2), version_pk=version.pk, link_for=link_for)
        join(**five.who, pk=five.cluster.pk, school=five.schools[5], start_on=TODAY)
        assert remind_all(now=later(10), link_for=link_for) == 2

    def test_tell_every_head_that_it_is_in_force(self, five, version):
        five.sign_all(version)
        assert Letter.objects.filter(template="clusters.agreement_in_force").count() == 5


class TestComments:
    def test_come_from_the_diocese_of_a_church_school_once_it_is_put(self, five):
        diocese = organisation("Diocese of Lincoln")
        type(diocese).objects.filter(pk=diocese.pk).update(kind="diocese")
        speaks = a_person("Della Diocese", "partner", organisation=diocese)
        School.objects.filter(pk=five.five[0].pk).update(diocese="Diocese of Lincoln")
        version = five.filled()
        said = {"person": speaks, "day": TODAY, "version_pk": version.pk, "text": "Well said."}
        with pytest.raises(NotAllowed):
            comment(**said)
        five.put_it(version)
        assert comment(**said).speaks_for == "Diocese of Lincoln"

    def test_are_over_once_it_is_withdrawn(self, five, version):
        withdraw(**five.as_chair, version_pk=version.pk)
        with pytest.raises(CommentsAreOver):
            comment(**five.as_chair, version_pk=version.pk, text="Late.")
        assert AgreementVersion.objects.get(pk=version.pk).ended_on == TODAY
