"""A plan that is sent, read by its bodies, returned, answered and approved."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from django.utils import timezone

from clusterwork.accounts.models import Person, Role
from clusterwork.audit.models import Entry
from clusterwork.clusters.models import Appointment
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.notify.letters import written
from clusterwork.notify.models import Letter
from clusterwork.plans.models import Action, ChecklistItem, Plan, Priority, Review
from clusterwork.plans.permissions.reviews import OwnCluster, review_to_write
from clusterwork.plans.rules.comparing import changes_between
from clusterwork.plans.selectors.consulted import WROTE, how_asked, not_asked
from clusterwork.plans.selectors.reviews import (
    answer_by,
    checklist_of,
    submission_before,
    to_answer,
    with_answer_by,
    with_n_to_answer,
)
from clusterwork.plans.services.consulting import NotSaidHow, OnRecordAlready, tell_consulted
from clusterwork.plans.services.returning import DayToAnswerHasCome, return_plan
from clusterwork.plans.services.review_letters import written_to
from clusterwork.plans.services.reviewing import (
    NothingSaid,
    NotOpen,
    TooMuchSaid,
    answer_comment,
    answer_question,
    comment_on_section,
    take_comment_away,
)
from clusterwork.plans.services.submitting import NotReady, submit_plan, take_back_plan
from clusterwork.plans.tests.made_plans import NOW, head
from clusterwork.plans.tests.made_reviews import Reviewing, link_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Reviewing:
    made = Reviewing()
    made.ask_all()
    return made


SOON = TODAY + dt.timedelta(days=14)


def return_again(plan: Plan, day: dt.date) -> None:
    """The plan comes back on `day`, as when another body was the last to answer."""
    plan.state = "in_review"
    return_plan(plan, day, link_for)


def outsider(world: Reviewing) -> Person:
    """The head of a school that is not in the cluster."""
    return head(world.county.schools[5], "Nia Outside")


class TestSending:
    def test_freezes_the_plan_and_opens_the_officers_review(self, world):
        (review,) = world.send()
        world.plan.refresh_from_db()
        assert world.plan.state == "submitted"
        assert review.state == Review.State.OPEN
        assert len(review.submission.content["actions"]) == world.plan.actions.count()
        assert Letter.objects.filter(template="plans.to_review").get().person_id == world.officer.pk

    def test_stops_for_a_school_that_was_not_asked(self):
        world = Reviewing()
        with pytest.raises(NotReady) as problem:
            world.send()
        assert "3" in str(problem.value)

    def test_stops_for_a_local_priority_without_a_reason(self, world):
        Priority.objects.filter(plan=world.plan).update(local_reason="")
        with pytest.raises(NotReady):
            world.send()

    def test_stops_for_an_action_of_a_school_that_has_left(self, world):
        action = Action.objects.filter(plan=world.plan).first()
        Action.objects.filter(pk=action.pk).update(owner_school=world.county.schools[5])
        with pytest.raises(NotReady) as problem:
            world.send()
        assert action.title in str(problem.value)

    def test_is_for_the_clusters_own_people(self, world):
        with pytest.raises(NotAllowed):
            submit_plan(**{**world.send_facts, "person": world.officer})

    def test_twice_is_refused(self, world):
        world.send()
        with pytest.raises(MoveNotAllowed):
            world.send()

    def test_can_be_taken_back_until_somebody_has_begun(self, world):
        (review,) = world.send()
        take_back_plan(person=world.head, now=NOW, pk=world.plan.pk)
        review.refresh_from_db()
        assert review.state == Review.State.CLOSED
        (again,) = world.send()
        comment_on_section(
            person=world.officer, now=NOW, pk=again.pk, section="actions", text="Who?"
        )
        with pytest.raises(MoveNotAllowed):
            take_back_plan(person=world.head, now=NOW, pk=world.plan.pk)

    def test_a_submission_is_never_changed_not_even_by_sql(self, world):
        (review,) = world.send()
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE plans_submission SET note = 'x' WHERE id = %s", [review.submission_id]
            )


class TestWhatIsToBeAnswered:
    def test_is_counted_alike_for_one_plan_and_for_many(self, world):
        def counts() -> tuple[int, int]:
            (listed,) = with_n_to_answer(Plan.objects.filter(pk=world.plan.pk))
            return to_answer(world.plan).count(), listed.n_to_answer

        def told(review: Review, n: int) -> None:
            for i in range(n):
                comment_on_section(person=world.officer, now=NOW, pk=review.pk, text=f"Who? {i}",
                                   section="actions", must_answer=True)  # fmt: skip
            world.answer(review, world.officer, "Say who owns what.")

        assert counts() == (0, 0)
        (first,) = world.send()
        told(first, 2)
        assert counts() == (2, 2)
        for each in to_answer(world.plan):
            answer_comment(person=world.head, now=NOW, pk=world.plan.pk, comment_pk=each.pk,
                           answer="Hana does.")  # fmt: skip
        (again,) = world.send()
        first.comments.update(answered_at=None)  # a comment of an earlier submission
        told(again, 1)
        assert counts() == (1, 1)


class TestLettersToReviewers:
    def test_are_told_truly_of_bodies_with_and_without_people(self, world):
        world.join()
        nia = outsider(world)
        heads, nobody = world.body("Heads", 1, nia), world.body("Directors", 1)
        (first, _second) = world.send()
        assert written_to(first.submission, TODAY) == {heads: [nia], nobody: []}
        assert [each.person_id for each in Letter.objects.filter(template="plans.to_review")] == [
            nia.pk
        ]

    def test_leave_out_whoever_has_a_part_in_the_cluster(self, world):
        world.join()
        own = world.body("Heads", 1, world.head)
        (only,) = world.send()
        assert written_to(only.submission, TODAY) == {own: []}


class TestConsulting:
    def test_says_how_each_school_was_asked(self, world):
        assert all(words for _school, words in how_asked(world.plan, TODAY))

    def test_counts_the_school_of_whoever_wrote_the_plan_as_asked(self):
        world = Reviewing()
        assert how_asked(world.plan, TODAY)[0] == (world.schools[0], WROTE)
        assert world.schools[0] not in not_asked(world.plan, TODAY)

    def test_counts_the_school_of_whoever_sends_it_as_asked(self):
        world = Reviewing()
        other = head(world.schools[1], "Mair Rees")
        assert world.schools[1] in not_asked(world.plan, TODAY)
        assert world.schools[1] not in not_asked(world.plan, TODAY, other)

    def test_counts_no_school_of_a_writer_who_had_left_it_before(self):
        world = Reviewing()
        gone = TODAY - dt.timedelta(days=400)
        Role.objects.filter(person=world.head).update(
            start_on=gone - dt.timedelta(days=9), end_on=gone
        )
        assert world.schools[0] in not_asked(world.plan, TODAY)

    def test_a_school_that_is_on_record_is_not_put_there_twice(self, world):
        with pytest.raises(OnRecordAlready):
            tell_consulted(person=world.head, now=NOW, pk=world.plan.pk,
                           school_pk=world.schools[0].pk, how="x", on=TODAY)  # fmt: skip

    def test_wants_words(self):
        world = Reviewing()
        with pytest.raises(NotSaidHow):
            tell_consulted(person=world.head, now=NOW, pk=world.plan.pk,
                           school_pk=world.schools[1].pk, how=" ", on=TODAY)  # fmt: skip


class TestWhoReviews:
    def test_nobody_reviews_the_plan_of_their_own_cluster(self, world):
        stranger = outsider(world)
        world.join()
        world.body("Heads", 1, world.other_head, stranger)
        (review,) = world.send()
        with pytest.raises(OwnCluster):
            review_to_write(world.other_head, review.pk, TODAY)
        assert review_to_write(stranger, review.pk, TODAY) == review
        letters = Letter.objects.filter(template="plans.to_review")
        assert {each.person_id for each in letters} == {stranger.pk}

    def test_an_officer_who_coordinates_the_cluster_does_not_review_it(self, world):
        Appointment.objects.create(cluster=world.cluster, role="finance_lead",
                                   person=world.officer, name="Olwen", start_on=BEGUN)  # fmt: skip
        (review,) = world.send()
        with pytest.raises(OwnCluster):
            world.answer(review, world.officer)

    def test_others_may_not_open_it(self, world):
        (review,) = world.send()
        with pytest.raises(NotAllowed):
            review_to_write(outsider(world), review.pk, TODAY)

    def test_a_programme_without_questions_starts_with_the_usual_ones(self, world):
        world.join()
        (review,) = world.send()
        assert checklist_of(review).count() == 6
        assert ChecklistItem.objects.filter(programme=world.programme).count() == 6


class TestVerdicts:
    def test_the_last_approval_approves_and_supersedes_the_plan_before(self, world):
        before = Plan.objects.create(
            cluster=world.cluster, title="Before", start_on=world.plan.start_on,
            end_on=world.plan.end_on, state="approved", approved_on=TODAY,
        )  # fmt: skip
        (review,) = world.send()
        assert world.answer(review, world.officer).state == "approved"
        before.refresh_from_db()
        assert before.state == "superseded"
        assert Letter.objects.filter(template="plans.approved").count() == 3

    def test_turns_follow_one_another(self, world):
        world.join()
        stranger = outsider(world)
        world.body("Heads", 1, stranger)
        world.body("Director", 2)
        first, second = world.send()
        assert (first.state, second.state) == ("open", "waiting")
        with pytest.raises(NotOpen):
            world.answer(second, world.officer)
        assert world.answer(first, stranger).state == "in_review"
        assert world.answer(second, world.officer).state == "approved"

    def test_a_return_wants_reasons(self, world):
        (review,) = world.send()
        with pytest.raises(NothingSaid):
            world.answer(review, world.officer, approves=False)

    def test_a_returned_plan_is_answered_changed_and_sent_again(self, world):
        (review,) = world.send()
        said = comment_on_section(person=world.officer, now=NOW, pk=review.pk, section="actions",
                                  text="Who owns this?", must_answer=True)  # fmt: skip
        assert world.answer(review, world.officer, "Say who owns what.").state == "returned"
        with pytest.raises(NotReady):
            world.send()
        answer_comment(person=world.head, now=NOW, pk=world.plan.pk, comment_pk=said.pk,
                       answer="The head of Ash does.")  # fmt: skip
        assert not to_answer(world.plan).exists()
        action = world.plan.actions.first()
        Action.objects.filter(pk=action.pk).update(owner_name="Head of Ash")
        (again,) = world.send()
        earlier = submission_before(again.submission)
        (change,) = changes_between(earlier.content, again.submission.content)
        assert change.uid == str(action.uid)
        assert [each.field for each in change.fields] == ["owner_name"]

    def test_a_return_may_say_by_when_and_the_letter_and_the_record_say_it_too(self, world):
        (review,) = world.send()
        world.answer(review, world.officer, "Say who owns what.", answer_by=SOON)
        assert answer_by(world.plan) == SOON
        letters = Letter.objects.filter(template="plans.returned_by")
        assert letters.count() == 3
        _subject, text = written("plans.returned_by", letters.first().context)
        assert "To be answered by: 5 December 2026" in text
        entry = Entry.objects.get(subject_id=world.plan.pk, verb="review.return")
        assert entry.details["by"] == SOON.isoformat()

    @pytest.mark.parametrize("days", [0, -1])
    def test_a_returned_plan_is_never_due_on_the_day_it_comes_back_or_before(self, world, days):
        (review,) = world.send()
        with pytest.raises(DayToAnswerHasCome):
            world.answer(review, world.officer, "No.", answer_by=TODAY + dt.timedelta(days))
        review.refresh_from_db()
        assert review.state == Review.State.OPEN

    def test_an_approval_keeps_no_day(self, world):
        (review,) = world.send()
        world.answer(review, world.officer, answer_by=SOON)
        review.refresh_from_db()
        assert review.answer_by is None
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE plans_review SET answer_by = %s", [SOON])

    def test_the_last_of_several_days_counts_and_one_that_has_gone_never(self, world):
        world.join()
        stranger = outsider(world)
        world.body("Heads", 1, stranger)
        world.body("Director", 1)
        first, second = world.send()
        world.answer(first, stranger, "Say who.", answer_by=SOON)
        later = SOON + dt.timedelta(7)
        world.answer(second, world.officer, "Say when.", answer_by=later)
        assert answer_by(world.plan) == later
        Review.objects.filter(pk=second.pk).update(answer_by=None)
        return_again(world.plan, SOON)
        assert answer_by(world.plan) is None

    def test_a_day_of_an_earlier_return_is_not_asked_for_again(self, world):
        (review,) = world.send()
        world.answer(review, world.officer, "Say who owns what.", answer_by=SOON)
        (again,) = world.send()
        world.answer(again, world.officer, "Say when.")
        assert answer_by(world.plan) is None
        assert with_answer_by(Plan.objects.filter(pk=world.plan.pk)).get().answer_by is None

    def test_the_second_of_two_verdicts_is_told_that_it_comes_too_late(self, world):
        (review,) = world.send()
        world.answer(review, world.officer)
        with pytest.raises(NotOpen):
            world.answer(review, world.officer, "No.")

    def test_a_checklist_never_blocks(self, world):
        world.join()
        (review,) = world.send()
        for item in checklist_of(review):
            answer_question(person=world.officer, now=NOW, pk=review.pk, item_pk=item.pk,
                            found="no", note="Not yet")  # fmt: skip
        assert world.answer(review, world.officer).state == "approved"

    def test_every_verdict_is_on_record(self, world):
        (review,) = world.send()
        world.answer(review, world.officer)
        verbs = set(Entry.objects.filter(subject_id=world.plan.pk).values_list("verb", flat=True))
        assert {"plan.submit", "review.approve"} <= verbs

    def test_a_comment_can_be_taken_back_and_is_no_longer_than_people_read(self, world):
        (review,) = world.send()
        told = {"person": world.officer, "now": timezone.now(), "pk": review.pk}
        said = comment_on_section(**told, section="plan", text="Good")
        take_comment_away(**told, comment_pk=said.pk)
        assert not review.comments.exists()
        with pytest.raises(TooMuchSaid):
            comment_on_section(**told, section="plan", text="x" * 6000)
