"""Closer looks: worked out once, kept with the proposal, gone when it changes."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clusterwork.clusters.closer import elsewhere_from, firm_from, savings_from
from clusterwork.clusters.consequences import Move
from clusterwork.clusters.models import Lock, Look, Round
from clusterwork.clusters.selectors.looks import is_outdated, look_at
from clusterwork.clusters.services import looking
from clusterwork.clusters.services.locks import add_lock
from clusterwork.clusters.services.looking import (
    NotPlaced,
    ask_for_look,
    ask_for_own_look,
    give_up_looks,
    look_after,
    work_on_look,
)
from clusterwork.clusters.services.rearranging import keep_rearrangement
from clusterwork.clusters.services.running import work_on
from clusterwork.clusters.tests.made import TODAY, County, officer, organisation
from clusterwork.clusters.tests.made_consulting import head_of
from clusterwork.clusters.tests.test_running import jobs
from clusterwork.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db):
    return County(n_schools=18)


@pytest.fixture
def proposal(county):
    made = county.ask(time_limit_s=20)
    work_on(made.pk)
    made.refresh_from_db()
    return made


def worked_out(county, proposal, kind, school=None):
    asked = ask_for_look(
        person=county.officer, day=TODAY, pk=proposal.pk, kind=kind, school_pk=school
    )
    work_on_look(asked.pk)
    asked.refresh_from_db()
    return asked


def a_school(proposal):
    return proposal.places.order_by("pk")[0].school_id


class TestAlternatives:
    def test_are_kept_with_everything_that_a_page_says(self, county, proposal):
        school = a_school(proposal)
        look = worked_out(county, proposal, "alternatives", school)
        assert look.state == Look.State.DONE
        found = elsewhere_from(look.found)
        numbers = set(proposal.clusters.values_list("number", flat=True))
        own = proposal.places.get(school=school).cluster.number
        assert {each.cluster for each in found} == numbers - {own}
        for each in found:
            assert each.allowed == (each.cost is not None)
            if each.allowed:
                assert (each.own.before, each.own.after) == (own, each.cluster)

    def test_cost_nothing_less_than_nothing_where_the_plan_is_proved_best(self, county, proposal):
        assert proposal.outcome["proven"]
        look = worked_out(county, proposal, "alternatives", a_school(proposal))
        assert all(each.cost > -1e-6 for each in elsewhere_from(look.found) if each.allowed)

    def test_of_a_school_in_no_cluster_are_refused(self, county, proposal):
        place = proposal.places.order_by("pk")[0]
        place.cluster = None
        place.save()
        with pytest.raises(NotPlaced):
            worked_out(county, proposal, "alternatives", place.school_id)

    def test_of_a_school_that_left_say_so(self, county, proposal):
        school = a_school(proposal)
        county.formation.chosen.filter(school=school).update(declined_at=timezone.now())
        look = worked_out(county, proposal, "alternatives", school)
        assert look.state == Look.State.FAILED
        assert "cannot be placed" in look.trouble["what"]["template"]

    def test_a_school_may_ask_for_its_own_in_a_round(self, county, proposal):
        put = Round.objects.create(
            formation=county.formation, number=1, proposal=proposal, closes_on=TODAY
        )
        mine, other = county.schools[:2]
        head = head_of(mine)
        asked = {"person": head, "day": TODAY, "round_pk": put.pk}
        assert ask_for_own_look(**asked, school_pk=mine.pk).school == mine
        with pytest.raises(NotAllowed):
            ask_for_own_look(**asked, school_pk=other.pk)


class TestWhatDecisionsCost:
    def test_is_said_of_each(self, county, proposal):
        one, two = county.schools[:2]
        held = {"because": "", "school": one, "other": two}
        add_lock(person=county.officer, day=TODAY, pk=county.formation.pk, kind="apart", **held)
        look = worked_out(county, proposal, "locks")
        (saving,) = savings_from(look.found)
        assert (saving.rule, set(saving.schools)) == ("apart", {one.pk, two.pk})
        assert saving.saving is None or saving.saving >= 0


class TestFirmness:
    def test_is_looked_at_right_after_a_proposal_was_made(self, proposal):
        look_after(proposal.pk)
        look = look_at(proposal, "firmness")
        found = firm_from(look.found)
        assert found.n_schools == proposal.places.count()
        assert found.n_firm + len(found.borderline) == found.n_schools
        assert 0 <= found.best_share <= 1

    def test_is_not_looked_at_twice(self, proposal):
        look_after(proposal.pk)
        first = look_at(proposal, "firmness").ended_at
        look_after(proposal.pk)
        assert look_at(proposal, "firmness").ended_at == first

    def test_of_a_proposal_that_was_not_made_is_none(self, county):
        look_after(county.ask().pk)
        assert not Look.objects.exists()


class TestALook:
    def test_that_waits_is_not_asked_for_twice(self, county, proposal):
        before = len(jobs("SELECT id FROM procrastinate_jobs"))
        asked = {"person": county.officer, "day": TODAY, "pk": proposal.pk, "kind": "locks"}
        assert ask_for_look(**asked) == ask_for_look(**asked)
        assert Look.objects.count() == 1
        assert len(jobs("SELECT id FROM procrastinate_jobs")) >= before + 1

    def test_that_has_ended_may_be_asked_for_again(self, county, proposal):
        first = worked_out(county, proposal, "locks")
        again = worked_out(county, proposal, "locks")
        assert again.pk == first.pk
        assert again.ended_at > first.ended_at

    def test_goes_when_the_proposal_changes(self, county, proposal):
        hubs = set(proposal.clusters.values_list("hub_id", flat=True))
        school = proposal.places.exclude(school__in=hubs).order_by("pk")[0].school_id
        asked = {"person": county.officer, "day": TODAY, "because": "Asked for."}
        made = keep_rearrangement(pk=proposal.pk, moves=[Move(school, None)], **asked)
        worked_out(county, made, "locks")
        other = made.places.exclude(school__in=hubs | {school}).order_by("pk")[0].school_id
        keep_rearrangement(pk=made.pk, moves=[Move(other, None)], **asked)
        assert look_at(made, "locks") is None

    def test_is_outdated_once_a_decision_was_made(self, county, proposal):
        look = worked_out(county, proposal, "locks")
        assert not is_outdated(look)
        one, two = county.schools[:2]
        add_lock(
            person=county.officer, day=TODAY, pk=county.formation.pk, kind=Lock.Kind.TOGETHER,
            school=one, other=two, because="",
        )  # fmt: skip
        assert is_outdated(look)

    def test_that_broke_off_again_and_again_says_so(self, county, proposal, monkeypatch):
        asked = ask_for_look(person=county.officer, day=TODAY, pk=proposal.pk, kind="locks")

        def broken(*_args):
            raise RuntimeError

        monkeypatch.setattr(looking, "found_by", broken)
        with pytest.raises(RuntimeError):
            work_on_look(asked.pk)
        asked.refresh_from_db()
        assert asked.is_open
        give_up_looks(pk=asked.pk)
        asked.refresh_from_db()
        assert asked.state == Look.State.FAILED
        assert asked.trouble["next_step"]

    def test_is_for_officers_of_the_programme(self, proposal):
        other = officer(organisation("Other"), "Eve")
        with pytest.raises(NotAllowed):
            ask_for_look(person=other, day=TODAY, pk=proposal.pk, kind="locks")

    @pytest.mark.parametrize(("kind", "named"), [("alternatives", False), ("locks", True)])
    def test_names_a_school_for_alternatives_only(self, proposal, kind, named):
        row = Look(proposal=proposal, kind=kind, asked_at=timezone.now())
        row.school_id = a_school(proposal) if named else None
        with pytest.raises(IntegrityError, match="look_names_a_school"), transaction.atomic():
            row.save()

    def test_is_one_for_each_proposal_and_kind(self, proposal):
        Look.objects.create(proposal=proposal, kind="locks", asked_at=timezone.now())
        with pytest.raises(IntegrityError, match="look_once"), transaction.atomic():
            Look.objects.create(proposal=proposal, kind="locks", asked_at=timezone.now())
