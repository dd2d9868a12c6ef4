"""The worker's part: every end that a proposal can come to, and running twice."""

import datetime as dt

import pytest
from django.db import connection

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Lock, Proposal
from clusterwork.clusters.outcomes import outcome_from, place_from
from clusterwork.clusters.selectors.proposals import assignment_of
from clusterwork.clusters.services import running
from clusterwork.clusters.services.locks import add_lock
from clusterwork.clusters.services.proposals import TooFewSchools, cancel_proposal
from clusterwork.clusters.tests.made import TODAY, County, school
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.registry.models import Affiliation, Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County(n_schools=12)


def worked(proposal):
    running.work_on(proposal.pk)
    proposal.refresh_from_db()
    assert proposal.state != Proposal.State.FAILED, proposal.trouble
    return proposal


class TestMade:
    def test_every_school_has_a_place_and_a_reason(self, county):
        proposal = worked(county.ask())
        assert proposal.state == Proposal.State.DONE
        outcome = outcome_from(proposal.outcome)
        assert outcome.n_schools == 12
        assert sum(cluster.n_schools for cluster in proposal.clusters.all()) == 12
        for row in proposal.places.select_related("cluster"):
            place = place_from(row.reason)
            assert place.cluster == row.cluster.number
            assert place.next_best is None or place.next_best.cluster != place.cluster

    def test_totals_are_those_of_the_clusters(self, county):
        proposal = worked(county.ask())
        outcome = outcome_from(proposal.outcome)
        travel = sum(cluster.travel for cluster in proposal.clusters.all())
        assert travel == pytest.approx(outcome.parts["travel"])
        assert outcome.bound <= outcome.objective + 1e-9
        pupils = sum(cluster.pupils for cluster in proposal.clusters.all())
        assert pupils == sum(80 + i for i in range(12))

    def test_the_same_seed_gives_the_same_proposal(self, county):
        one, two = (worked(county.ask(seed=3)) for _ in range(2))
        assert assignment_of(one) == assignment_of(two)

    def test_the_policy_used_is_the_version_asked_for(self, county):
        number = county.set_policy(clusters={"size": [2, 3], "best_size": [2, 3]})
        proposal = worked(county.ask(policy=number))
        assert proposal.policy_used["clusters"]["size"] == [2, 3]
        assert set(outcome_from(proposal.outcome).sizes) <= {2, 3}

    def test_a_school_without_a_position_is_named_and_left_out(self, county):
        lost = school(county.authority, 8, "Lost School", easting=None, northing=None)
        shut = school(county.authority, 9, "Shut School", closed_on=dt.date(2020, 1, 1))
        county.choose(lost, shut)
        proposal = worked(county.ask())
        out = {
            row.school_id: place_from(row.reason) for row in proposal.places.filter(cluster=None)
        }
        assert {out[lost.pk].rule, out[shut.pk].rule} == {"position", "closed"}
        assert outcome_from(proposal.outcome).n_left_out == 2

    def test_decisions_are_kept(self, county):
        one, two = county.schools[0], county.schools[1]
        add_lock(
            person=county.officer,
            day=TODAY,
            pk=county.formation.pk,
            kind=Lock.Kind.TOGETHER,
            school=one,
            other=two,
            because="",
        )
        county.set_policy(travel={"limit_minutes": 0})
        found = assignment_of(worked(county.ask(policy=2)))
        assert found[one.pk] == found[two.pk]

    def test_a_cut_partnership_is_named(self, county):
        trust = Partnership.objects.create(kind="trust", name="Tall Oaks")
        for each in county.schools:
            Affiliation.objects.create(school=each, partnership=trust)
        proposal = worked(county.ask())
        cut = [p for row in proposal.places.all() for p in place_from(row.reason).links_cut]
        assert cut
        assert {partner.through for partner in cut} == {"Tall Oaks"}


class TestNotMade:
    def test_rules_that_cannot_be_kept_are_named_with_their_schools(self, county):
        number = county.set_policy(travel={"limit_minutes": 1})
        proposal = worked(county.ask(policy=number))
        assert proposal.state == Proposal.State.IMPOSSIBLE
        conflicts = proposal.trouble["conflicts"]
        assert "travel_limit" in {each["rule"] for each in conflicts}
        known = {each.pk for each in county.schools}
        assert all(set(each["schools"]) <= known for each in conflicts)

    def test_too_few_schools_are_refused_at_once(self):
        with pytest.raises(TooFewSchools):
            County(n_schools=1).ask()

    def test_a_mistake_of_ours_leaves_it_running_for_the_next_try(self, county, monkeypatch):
        proposal = county.ask()

        def broken(*_args, **_kwargs):
            raise RuntimeError

        with monkeypatch.context() as patch, pytest.raises(RuntimeError):
            patch.setattr(running, "solve", broken)
            running.work_on(proposal.pk)
        proposal.refresh_from_db()
        assert proposal.state == Proposal.State.RUNNING
        assert worked(proposal).state == Proposal.State.DONE

    def test_giving_up_is_said_in_words(self, county):
        proposal = county.ask()
        running.give_up(proposal.pk)
        proposal.refresh_from_db()
        assert proposal.state == Proposal.State.FAILED
        assert "several times" in proposal.trouble["why"]["template"]


class TestCancelled:
    def cancel(self, county, proposal):
        return cancel_proposal(person=county.officer, day=TODAY, pk=proposal.pk)

    def test_at_once_while_it_waits(self, county):
        proposal = county.ask()
        assert self.cancel(county, proposal).state == Proposal.State.CANCELLED
        assert worked(proposal).state == Proposal.State.CANCELLED

    def test_soon_while_it_works(self, county, monkeypatch):
        monkeypatch.setattr(running, "BREATH_S", 0.0)
        proposal = county.ask(time_limit_s=60)
        running.begin(proposal.pk)
        self.cancel(county, proposal)
        watch = running.Watch(proposal.pk)
        assert watch.should_stop()
        assert worked(proposal).state == Proposal.State.CANCELLED

    def test_also_where_the_answer_comes_before_the_worker_looks(self, county):
        proposal = county.ask()
        running.begin(proposal.pk)
        self.cancel(county, proposal)
        assert not running.end(proposal.pk, "finish")
        proposal.refresh_from_db()
        assert proposal.state == Proposal.State.CANCELLED

    def test_not_once_it_has_ended(self, county):
        proposal = worked(county.ask())
        with pytest.raises(MoveNotAllowed):
            self.cancel(county, proposal)


class TestTwice:
    def test_working_again_changes_nothing(self, county):
        proposal = worked(county.ask())
        before = list(proposal.places.values_list("pk", flat=True))
        worked(proposal)
        assert list(proposal.places.values_list("pk", flat=True)) == before

    def test_every_end_is_in_the_history(self, county):
        proposal = worked(county.ask())
        verbs = [entry.verb for entry in entries_about(county.formation)]
        assert verbs[:2] == ["proposal.finish", "proposal.ask"]
        assert proposal.ended_at

    def test_progress_is_kept_for_the_page(self, county):
        proposal = county.ask()
        watch = running.Watch(proposal.pk)
        watch.note({"seconds": 1.0, "objective": 12.5, "bound": 10.0, "gap_share": 0.2})
        watch.note({"seconds": 1.1, "objective": 11.0, "bound": 10.0, "gap_share": 0.1})
        proposal.refresh_from_db()
        assert proposal.progress["objective"] == 12.5  # a second word within a second waits


def jobs(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


class TestTheQueue:
    def test_asking_queues_one_job(self, county):
        proposal = county.ask()
        rows = jobs("SELECT task_name, (args ->> 'proposal_id')::int FROM procrastinate_jobs")
        assert rows == [("clusters.propose", proposal.pk)]
