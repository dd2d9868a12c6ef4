"""Clauses of a library, and a draft that is made of them."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterwork.accounts.models import Delegation
from clusterwork.clusters.models import AgreementVersion, Clause, Section
from clusterwork.clusters.rules.agreements.blanks import EXPLAINED, blanks_in
from clusterwork.clusters.selectors.agreements import agreements_of, clauses_of, library_of
from clusterwork.clusters.selectors.known_blanks import known_blanks
from clusterwork.clusters.services.agreements import drafting, library
from clusterwork.clusters.services.agreements.checking import ClauseWords, NoWords, WordsTooLong
from clusterwork.clusters.services.agreements.loading import OneUnderWay, WordsAreSealed
from clusterwork.clusters.services.agreements.putting import (
    BlanksLeft,
    NothingWritten,
    put_to_schools,
    take_back,
)
from clusterwork.clusters.services.agreements.starting import (
    NothingToVary,
    NotSaidWhy,
    start_letter,
    start_version,
)
from clusterwork.clusters.starter import STARTER
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_agreements import NOW, Five, clause_of, later, link_for
from clusterwork.clusters.tests.made_people import a_person
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.states import MoveNotAllowed

pytestmark = pytest.mark.django_db
BANKER = ClauseWords("money", "Banker", "Now Village 001.")
MORE = ClauseWords("other", "More", "More.")
WORDS = ClauseWords("staff", "Supply", "We share {supply} teachers.", text_cy="Rhannwn {supply}.")


@pytest.fixture
def five():
    return Five()


class TestTheShippedClauses:
    @pytest.mark.parametrize("kind", STARTER)
    def test_cover_every_section_in_both_languages(self, kind):
        assert {each.section for each in STARTER[kind]} == set(Section.values) - {"other"}
        assert all(each.title_cy and each.text_cy for each in STARTER[kind])

    @pytest.mark.parametrize("kind", STARTER)
    def test_have_only_blanks_that_are_explained_and_the_same_in_both(self, kind):
        for each in STARTER[kind]:
            assert blanks_in(each.text) == blanks_in(each.text_cy), each.title
            assert set(blanks_in(each.text)) <= set(EXPLAINED)

    def test_are_taken_over_with_one_press_and_once(self, five):
        assert len(library_of(five.organisation, "memorandum")) == len(STARTER["memorandum"])
        with pytest.raises(library.HasClausesAlready):
            library.take_over_starter(
                **five.who, organisation_pk=five.organisation.pk, kind="memorandum"
            )

    def test_are_the_officers_to_take(self, five):
        with pytest.raises(NotAllowed):
            library.take_over_starter(
                **five.as_chair, organisation_pk=five.organisation.pk, kind="memorandum"
            )


class TestALibrary:
    def add(self, five, **told):
        facts = {"kind": "memorandum", "words": WORDS, **told}
        return library.add_clause(**five.who, organisation_pk=five.organisation.pk, **facts)

    def test_takes_a_clause_last_and_moves_it(self, five):
        made = self.add(five)
        assert library_of(five.organisation, "memorandum")[-1] == made
        library.move_clause(**five.who, pk=made.pk, up=True)
        assert library_of(five.organisation, "memorandum")[-2] == made

    def test_offers_no_withdrawn_clause_until_it_is_offered_again(self, five):
        made = self.add(five)
        library.withdraw_clause(**five.who, now=NOW, pk=made.pk)
        assert made not in library_of(five.organisation, "memorandum")
        library.offer_again(**five.who, pk=made.pk)
        assert made in library_of(five.organisation, "memorandum")

    def test_refuses_words_of_ten_megabytes_in_words(self, five):
        with pytest.raises(WordsTooLong, match="10,485,760 characters"):
            self.add(five, words=ClauseWords("staff", "Long", "x" * 10 * 1024 * 1024))

    def test_refuses_a_clause_without_words(self, five):
        with pytest.raises(NoWords):
            self.add(five, words=ClauseWords("staff", "Empty", "  "))

    def test_never_loses_what_somebody_else_changed_meanwhile(self, five):
        made = self.add(five)
        seen = library.digest(made)
        change = {"pk": made.pk, "required": False, "seen": seen}
        library.change_clause(**five.who, **change, words=ClauseWords("staff", "One", "One."))
        with pytest.raises(library.ChangedMeanwhile):
            library.change_clause(**five.who, **change, words=ClauseWords("staff", "Two", "Two."))
        assert Clause.objects.get(pk=made.pk).title == "One"

    def test_of_a_larger_organisation_serves_one_that_has_none(self, five):
        parent = five.organisation
        child = type(parent).objects.create(kind="trust", name="Small", parent=parent)
        assert library_of(child, "memorandum") == library_of(parent, "memorandum")


class TestADraft:
    def test_holds_what_is_picked_and_not_what_is_required_left_out(self, five):
        version = five.draft()
        needed = [each.pk for each in library_of(five.organisation, "memorandum") if each.required]
        drafting.pick_clauses(**five.as_chair, version_pk=version.pk, clause_pks=needed)
        assert [each.clause_id for each in clauses_of(version)] == needed
        with pytest.raises(drafting.ClauseIsRequired):
            drafting.pick_clauses(**five.as_chair, version_pk=version.pk, clause_pks=needed[1:])

    def test_keeps_its_own_clauses_when_others_are_picked(self, five):
        version = five.draft()
        own = drafting.add_own_clause(**five.as_chair, version_pk=version.pk, words=WORDS)
        needed = [each.pk for each in library_of(five.organisation, "memorandum") if each.required]
        drafting.pick_clauses(**five.as_chair, version_pk=version.pk, clause_pks=needed)
        assert own in clauses_of(version)

    def test_puts_a_clause_of_its_own_last_in_its_section(self, five):
        version = five.draft()
        own = drafting.add_own_clause(**five.as_chair, version_pk=version.pk, words=WORDS)
        sections = [each.section for each in clauses_of(version)]
        assert sections == sorted(sections, key=Section.values.index)
        assert clauses_of(version).index(own) == len(sections) - 1 - sections[::-1].index("staff")

    def test_arrives_with_what_is_known_filled_in_and_from_where(self, five):
        five.appoint("chair", "Ann Lee", school=five.schools[1])
        version = five.draft()
        known = known_blanks(version, TODAY)
        assert known["cluster"].en == "Wolds" and known["cluster"].source == "cluster"
        assert known["chair"].en.startswith("Ann Lee")
        assert "one vote" in known["voting_rule"].en
        assert clause_of(version, "purpose").blanks["cluster"]["source"] == "cluster"

    def test_asks_for_no_blank_twice(self, five):
        five.sign_all(five.put())
        version = five.draft("data_sharing")
        assert known_blanks(version, TODAY)["banker"].source == "earlier"
        assert clause_of(version, "money").blanks["banker"]["en"] == "Some banker"

    def test_is_written_by_one_at_a_time(self, five):
        version = five.draft()
        own = drafting.add_own_clause(**five.as_chair, version_pk=version.pk, words=WORDS)
        seen = library.digest(own)
        first = ClauseWords("staff", "Supply", "First.")
        drafting.change_own_words(**five.as_chair, pk=own.pk, words=first, seen=seen)
        with pytest.raises(library.ChangedMeanwhile):
            drafting.change_own_words(**five.as_chair, pk=own.pk, words=WORDS, seen=seen)

    def test_is_one_at_a_time(self, five):
        five.draft()
        with pytest.raises(OneUnderWay):
            start_version(**five.as_chair, cluster_pk=five.cluster.pk, kind="memorandum")

    def test_may_be_prepared_by_a_link_person_or_whom_the_head_named(self, five):
        link = a_person("Lena Link")
        five.appoint("link_person", "Lena Link", school=five.five[1], email=link.email)
        deputy = a_person("Dai Deputy")
        Delegation.objects.create(
            school=five.five[2], named_by=five.heads[2], person=deputy, start_on=TODAY
        )
        version = five.draft()
        for person in (link, deputy):
            drafting.add_own_clause(person=person, day=TODAY, version_pk=version.pk, words=WORDS)
        with pytest.raises(NotAllowed):
            put_to_schools(person=link, now=NOW, version_pk=version.pk, link_for=link_for)

    def test_is_the_clusters_own_and_not_its_officers(self, five):
        version = five.draft()
        with pytest.raises(NotAllowed):
            drafting.add_own_clause(**five.who, version_pk=version.pk, words=WORDS)

    def test_has_its_review_on_a_day_to_come(self, five):
        version = five.draft()
        with pytest.raises(drafting.ReviewHasPassed):
            drafting.say_about(**five.as_chair, version_pk=version.pk, review_on=TODAY)


class TestPuttingToTheSchools:
    def test_is_refused_while_there_are_blanks(self, five):
        version = five.draft()
        with pytest.raises(BlanksLeft, match="Blanks that are not filled in yet"):
            five.put_it(version)
        assert AgreementVersion.objects.get(pk=version.pk).state == "draft"

    def test_is_refused_without_clauses(self, five):
        version = start_version(**five.as_chair, cluster_pk=five.cluster.pk, kind="memorandum")
        with pytest.raises(NothingWritten):
            five.put_it(version)

    def test_seals_the_words(self, five):
        version = five.put()
        with pytest.raises(WordsAreSealed):
            drafting.add_own_clause(**five.as_chair, version_pk=version.pk, words=WORDS)
        with pytest.raises(WordsAreSealed):
            drafting.take_clause_out(**five.as_chair, pk=clause_of(version, "staff").pk)

    def test_can_be_taken_back_until_somebody_has_signed(self, five):
        version = five.put()
        take_back(**five.as_chair, version_pk=version.pk)
        drafting.add_own_clause(**five.as_chair, version_pk=version.pk, words=MORE)
        five.put_it(version)
        with pytest.raises(MoveNotAllowed):
            five.put_it(version)


class TestALetter:
    def test_varies_only_what_is_in_force_and_says_why(self, five):
        version = five.put()
        start = {**five.as_chair, "version_pk": version.pk}
        with pytest.raises(NothingToVary):
            start_letter(**start, because="The banker changes.")
        five.sign_all(version)
        with pytest.raises(NotSaidWhy):
            start_letter(**start, because=" ")
        letter = start_letter(**start, because="The banker changes.")
        drafting.add_own_clause(**five.as_chair, version_pk=letter.pk, words=BANKER)
        five.put_it(letter, later(1))
        five.sign_all(letter, later(1))
        (memorandum, _data) = agreements_of(five.cluster)
        assert memorandum.in_force == version and memorandum.letters == (letter,)

    def test_ends_with_the_version_that_it_varies(self, five):
        version = five.sign_all(five.put())
        letter = start_letter(**five.as_chair, version_pk=version.pk, because="Another banker.")
        drafting.add_own_clause(**five.as_chair, version_pk=letter.pk, words=BANKER)
        five.sign_all(five.put_it(letter, later(1)), later(1))
        second = five.sign_all(five.put(now=later(2)), later(2))
        for each in (version, letter):
            each.refresh_from_db()
            assert (each.state, each.ended_on) == ("superseded", TODAY + dt.timedelta(2))
        assert second.state == "in_force"
