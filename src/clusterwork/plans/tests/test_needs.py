"""A school's own statement: promises of the services."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Delegation
from clusterwork.audit.models import Entry
from clusterwork.clusters.models import Appointment
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.notify.models import Letter
from clusterwork.plans.letters import needs as letters
from clusterwork.plans.models import Need, NeedsAsking, NeedsStatement, Reuse
from clusterwork.plans.permissions.needs import cluster_to_see_needs_of, needs_of_school
from clusterwork.plans.selectors.needs import answered_in, offered_to, sent_lines, year_of_needs
from clusterwork.plans.services.choosing_deciding import put_to_vote, settle_choosing
from clusterwork.plans.services.needs import (
    ChangedMeanwhile,
    LineTooLong,
    NeedFacts,
    NothingSaid,
    NotThisYear,
    SentAlready,
    add_need,
    change_need,
    keep_needs,
    remove_need,
)
from clusterwork.plans.services.needs_asking import (
    AllHaveAnswered,
    AnswersEndInThePast,
    NotAskedYet,
    RemindedToday,
    ask_needs,
    remind_needs,
)
from clusterwork.plans.services.needs_sending import (
    ChosenOnIt,
    send_statement,
    take_back_statement,
)
from clusterwork.plans.tests.made_needs import NOW, TODAY, YEAR, Needing, a_person, day, link_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def six() -> Needing:
    return Needing()


def link(school: int, language: str) -> str:
    return f"https://example.org/{language}/schools/{school}/needs/"


def ask(six: Needing, **told):
    facts = {"person": six.coordinator, "now": NOW, "cluster_pk": six.cluster.pk, "year": YEAR}
    return ask_needs(**{**facts, "by": day(14), "link_for": link, **told})


class TestWriting:
    def test_begins_the_draft_with_its_first_line(self, six):
        six.write(0, "Boys’ writing", area="literacy")
        six.write(0, "A resource base for autism", "context", area="needs")
        statement = NeedsStatement.objects.get(school=six.six[0], year=YEAR)
        assert statement.state == "draft"
        assert statement.needs.count() == 2

    def test_is_for_the_link_person_and_whom_the_head_named(self, six):
        link_person = a_person("Lena Link")
        six.appoint(
            Appointment.Role.LINK_PERSON, "Lena Link", email=link_person.email, school=six.six[0]
        )
        deputy = a_person("Dep Uty")
        Delegation.objects.create(
            school=six.six[0], named_by=six.heads[0], person=deputy, start_on=day(-1)
        )
        for person in (link_person, deputy):
            who = {"person": person, "day": TODAY, "school_pk": six.six[0].pk, "year": YEAR}
            add_need(**who, facts=NeedFacts("strength", f"Music, says {person}"))
            with pytest.raises(NotAllowed):
                send_statement(person=person, now=NOW, school_pk=six.six[0].pk, year=YEAR)

    def test_is_not_for_another_school_or_the_officer(self, six):
        for person in (six.heads[1], six.officer, six.coordinator):
            who = {"person": person, "day": TODAY, "school_pk": six.six[0].pk, "year": YEAR}
            with pytest.raises(NotAllowed):
                add_need(**who, facts=NeedFacts("priority", "What they lack"))

    def test_needs_words_and_a_voice(self, six):
        with pytest.raises(NothingSaid):
            six.write(0, "   ")
        with pytest.raises(NothingSaid, match="who told you"):
            six.write(0, "More clubs", "voice")
        assert six.write(0, "More clubs", "voice", told_by="pupils").told_by == "pupils"

    def test_of_a_voice_nobody_has_is_refused_by_the_database_too(self, six):
        line = six.write(0, "Reading")
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.filter(pk=line.pk).update(kind="voice")

    def test_of_a_pasted_book_is_refused(self, six):
        with pytest.raises(LineTooLong, match="10000000"):
            six.write(0, "x" * 10_000_000)

    def test_for_a_year_that_is_over_is_refused(self, six):
        who = {"person": six.heads[0], "day": TODAY, "school_pk": six.six[0].pk}
        for year in (YEAR - 1, YEAR + 2):
            with pytest.raises(NotThisYear):
                add_need(**who, year=year, facts=NeedFacts("priority", "Reading"))
        assert add_need(**who, year=YEAR + 1, facts=NeedFacts("priority", "Reading"))

    def test_over_anothers_words_says_so_and_loses_nothing(self, six):
        line = six.write(0, "Reading")
        who = {"person": six.heads[0], "day": TODAY, "pk": line.pk}
        change_need(**who, facts=NeedFacts("priority", "Reading in Year 3"), seen="Reading")
        with pytest.raises(ChangedMeanwhile, match="Reading in Year 3"):
            change_need(**who, facts=NeedFacts("priority", "Reading for boys"), seen="Reading")
        line.refresh_from_db()
        assert line.text == "Reading in Year 3"

    def test_keeps_every_earlier_version(self, six):
        line = six.write(0, "Reading")
        who = {"person": six.heads[0], "day": TODAY, "pk": line.pk}
        change_need(**who, facts=NeedFacts("strength", "Reading"))
        remove_need(**who)
        from django.apps import apps

        versions = apps.get_model("plans", "NeedEvent").objects.filter(pgh_obj_id=line.pk)
        assert [each.kind for each in versions.order_by("pgh_id")] == [
            "priority",
            "strength",
            "strength",
        ]


class TestLastYearsLines:
    def test_are_offered_until_kept(self, six):
        six.last_year(0, "Reading", "Attendance")
        first, second = offered_to(six.six[0], YEAR)
        who = {"person": six.heads[0], "day": TODAY, "school_pk": six.six[0].pk, "year": YEAR}
        (kept,) = keep_needs(**who, pks=[first.pk])
        assert (kept.text, kept.area, kept.carried_from) == ("Reading", "literacy", first)
        assert offered_to(six.six[0], YEAR) == [second]

    def test_kept_twice_stay_one_and_count_once(self, six):
        six.last_year(0, "Reading", "Attendance")
        who = {"person": six.heads[0], "day": TODAY, "school_pk": six.six[0].pk, "year": YEAR}
        assert len(keep_needs(**who)) == 2
        assert keep_needs(**who) == []
        assert Reuse.objects.filter(cluster=six.cluster).count() == 2

    def test_are_those_of_the_own_school_only(self, six):
        six.last_year(1, "Theirs")
        theirs = Need.objects.get()
        who = {"person": six.heads[0], "day": TODAY, "school_pk": six.six[0].pk, "year": YEAR}
        assert keep_needs(**who, pks=[theirs.pk]) == []


class TestSending:
    def test_shows_it_to_the_cluster_and_never_to_the_authority(self, six):
        six.write(0, "Reading")
        who = (six.six[0].pk, YEAR, TODAY)
        assert needs_of_school(six.heads[1], *who).statement is None
        six.send(0)
        assert needs_of_school(six.heads[1], *who).statement is not None
        assert needs_of_school(six.coordinator, *who).statement is not None
        for person in (six.officer, six.adviser):
            with pytest.raises(NotAllowed):
                needs_of_school(person, *who)

    def test_the_officer_sees_only_who_has_answered(self, six):
        assert cluster_to_see_needs_of(six.officer, six.cluster.pk, TODAY).is_inside is False
        assert cluster_to_see_needs_of(six.heads[0], six.cluster.pk, TODAY).is_inside is True
        with pytest.raises(NotAllowed):
            cluster_to_see_needs_of(six.adviser, six.cluster.pk, TODAY)

    def test_nothing_to_add_is_an_answer(self, six):
        with pytest.raises(NothingSaid):
            six.send(0)
        assert six.send(0, nothing_to_add=True).nothing_to_add is True
        answers = {each.school: each for each in answered_in(six.cluster, YEAR, TODAY)}
        assert answers[six.six[0]].n_lines == 0
        assert answers[six.six[1]].statement is None

    def test_closes_it_to_changes_until_taken_back(self, six):
        line = six.write(0, "Reading")
        six.send(0)
        with pytest.raises(SentAlready):
            six.write(0, "Writing")
        with pytest.raises(SentAlready):
            remove_need(person=six.heads[0], day=TODAY, pk=line.pk)
        who = {"person": six.heads[0], "day": TODAY, "school_pk": six.six[0].pk, "year": YEAR}
        take_back_statement(**who)
        assert six.write(0, "Writing")
        assert not sent_lines(six.cluster, YEAR, TODAY)

    def test_twice_is_refused(self, six):
        six.send(0, nothing_to_add=True)
        with pytest.raises(SentAlready):
            six.send(0, nothing_to_add=True)

    def test_is_taken_back_until_the_choice_is_decided(self, six):
        six.write(0, "Reading")
        six.send(0)
        choosing, made = six.asked("Reading", "Welsh")
        who = {"person": six.coordinator, "day": TODAY, "pk": choosing.pk, "link_for": link_for}
        choosing = put_to_vote(**who, candidates=[made[0].pk], title="Reading first")
        for number in range(6):
            six.say(choosing.decision, number)
        settle_choosing(**who)
        mine = {"person": six.heads[0], "day": TODAY, "school_pk": six.six[0].pk, "year": YEAR}
        with pytest.raises(ChosenOnIt):
            take_back_statement(**mine)

    def test_of_nothing_cannot_be_taken_back(self, six):
        mine = {"person": six.heads[0], "day": TODAY, "school_pk": six.six[0].pk, "year": YEAR}
        with pytest.raises(NotThere):
            take_back_statement(**mine)
        six.write(0, "Reading")
        with pytest.raises(MoveNotAllowed):
            take_back_statement(**mine)

    def test_tells_nothing_to_the_clusters_open_history(self, six):
        six.write(0, "Reading")
        six.send(0)
        assert not Entry.objects.filter(
            subject_kind="clusters.cluster", verb__startswith="needs"
        ).exists()

    def test_once_a_school_and_year_holds_in_the_database(self, six):
        six.write(0, "Reading")
        with pytest.raises(IntegrityError), transaction.atomic():
            NeedsStatement.objects.create(school=six.six[0], year=YEAR)


class TestAsking:
    def test_writes_to_the_heads_that_have_not_answered(self, six):
        six.send(0, nothing_to_add=True)
        ask(six)
        written = Letter.objects.filter(template=letters.ASKED)
        assert {each.address for each in written} == {each.email for each in six.heads[1:]}

    def test_is_for_chair_coordinator_and_officer(self, six):
        ask(six, person=six.officer)
        for person in (six.heads[3], six.adviser):
            with pytest.raises(NotAllowed):
                ask(six, person=person)

    def test_again_moves_the_last_day(self, six):
        ask(six)
        ask(six, by=day(30))
        assert NeedsAsking.objects.get().by == day(30)

    def test_reminds_once_a_day(self, six):
        who = {"person": six.coordinator, "cluster_pk": six.cluster.pk, "year": YEAR}
        with pytest.raises(NotAskedYet):
            remind_needs(**who, now=NOW, link_for=link)
        ask(six)
        with pytest.raises(RemindedToday):
            remind_needs(**who, now=NOW, link_for=link)
        later = NOW + dt.timedelta(days=1)
        six.send(0, nothing_to_add=True)
        assert remind_needs(**who, now=later, link_for=link) == 5

    def test_into_the_past_or_of_nobody_is_refused(self, six):
        with pytest.raises(AnswersEndInThePast):
            ask(six, by=day(-1))
        for number in range(6):
            six.send(number, nothing_to_add=True)
        with pytest.raises(AllHaveAnswered):
            ask(six)

    def test_says_which_year_the_cluster_looks_at(self, six):
        assert year_of_needs(six.cluster, TODAY) == YEAR
        ask(six, year=YEAR + 1)
        assert year_of_needs(six.cluster, TODAY) == YEAR + 1
