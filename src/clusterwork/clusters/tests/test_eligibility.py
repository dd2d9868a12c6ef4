"""Whom a programme is for: checked against the registry, flagged, never dropped."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import EligibilityCheck, Membership, Programme
from clusterwork.clusters.rules.eligibility import Between, Eligibility, Graded, NothingStated
from clusterwork.clusters.selectors.eligibility import (
    changes_between,
    checks_of,
    flags_of,
    n_flags_by_programme,
    version_now,
)
from clusterwork.clusters.services.eligibility import (
    NothingToCheck,
    NothingToLookAt,
    NotYet,
    StatedMeanwhile,
    check_eligibility,
    due_for_recheck,
    look_at,
    recheck,
    save_eligibility,
)
from clusterwork.clusters.services.participations import take_in
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.tasks import check_eligibility_yearly
from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.clusters.tests.made_clusters import Clusters
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.registry.imports.records import GradeRecord
from clusterwork.registry.models import Assessment, Census, Grade, School, Status
from clusterwork.registry.services.facts import ensure_grades

pytestmark = pytest.mark.django_db
BEGUN = dt.date(2025, 9, 1)
NEXT_YEAR = dt.date(2027, 11, 21)
HALF_FREE = Eligibility(("primary",), (), {"fsm_share": Between(0.35, None, 0.05)})


@pytest.fixture
def made():
    """Six primaries, two of them in a cluster; their shares of free school meals from 0.2 up."""
    made = Clusters(n_schools=6)
    shares = (0.4, 0.2, 0.36, 0.32, 0.2, None)
    for school, share in zip(made.schools, shares, strict=True):
        Census.objects.filter(school=school).update(fsm_share=share)
    return made


@pytest.fixture
def programme(made):
    facts = ProgrammeFacts("Excellence", "", BEGUN, None)
    found = start_programme(**made.who, organisation=made.organisation, facts=facts)
    cluster = made.open("North", made.schools[:2])
    take_in(**made.who, pk=found.pk, cluster_pk=cluster.pk, start_on=BEGUN)
    return found


@pytest.fixture
def who(made, programme):
    return {**made.who, "pk": programme.pk}


def stated(who, eligibility=HALF_FREE, seen=0):
    return save_eligibility(**who, stated=eligibility, seen=seen)


def results(check):
    return {each.school_id: (each.result, each.is_in) for each in check.findings.all()}


class TestStating:
    def test_is_kept_in_versions(self, programme, who):
        assert stated(who).number == 1
        assert stated(who, seen=1).number == 1  # nothing was changed
        other = Eligibility(("secondary",))
        assert stated(who, other, seen=1).number == 2
        assert version_now(programme).facts["phases"] == ["secondary"]

    def test_does_not_overwrite_what_somebody_else_saved(self, who):
        stated(who)
        with pytest.raises(StatedMeanwhile):
            stated(who, Eligibility(("secondary",)))

    def test_refuses_nothing(self, who):
        with pytest.raises(NothingStated):
            stated(who, Eligibility())

    def test_is_for_officers(self, who):
        stranger = officer(organisation("Elsewhere"), "Eve")
        with pytest.raises(NotAllowed):
            stated({**who, "person": stranger})


class TestChecking:
    def test_records_who_takes_part_and_who_could(self, made, who):
        stated(who)
        found = results(check_eligibility(**who))
        ids = [each.pk for each in made.schools]
        assert found == {
            ids[0]: ("fits", True),
            ids[1]: ("outside", True),
            ids[2]: ("fits", False),
            ids[3]: ("just_outside", False),
            ids[5]: ("unknown", False),
        }

    def test_drops_nobody(self, made, who):
        stated(who)
        before = list(Membership.objects.values_list("pk", "end_on"))
        check_eligibility(**who)
        assert list(Membership.objects.values_list("pk", "end_on")) == before

    def test_keeps_the_values_that_it_judged_by(self, made, who):
        stated(who)
        check = check_eligibility(**who)
        finding = check.findings.get(school=made.schools[3])
        assert finding.facts["fsm_share"] == {"value": 0.32, "result": "just_outside"}

    def test_takes_the_figures_of_the_day(self, made, who):
        stated(who)
        first = made.schools[0]
        Census.objects.create(school=first, year=2025, fsm_share=0.1)
        check = check_eligibility(**who, on=dt.date(2025, 12, 1))
        assert check.findings.get(school=first).result == "outside"
        assert check_eligibility(**who).findings.get(school=first).result == "fits"

    def test_takes_a_figure_of_long_ago_for_not_known(self, made, who):
        stated(who)
        Census.objects.filter(school=made.schools[0]).update(year=2020)
        assert check_eligibility(**who).findings.get(school=made.schools[0]).result == "unknown"

    def test_leaves_out_schools_that_have_closed(self, made, who):
        stated(who)
        closed = School.objects.filter(pk=made.schools[2].pk)
        closed.update(status=Status.CLOSED, closed_on=dt.date(2026, 8, 31))
        assert made.schools[2].pk not in results(check_eligibility(**who))

    def test_judges_by_the_last_grade_and_its_neighbours(self, made, who):
        words = ("Green", "Yellow", "Amber", "Red")
        ensure_grades(GradeRecord("support-category", each, TODAY) for each in words)
        grades = {each.code: each for each in Grade.objects.all()}
        for position, each in enumerate(words):
            Grade.objects.filter(label=each).update(position=position)
        for school, grade in zip(made.schools, ("red", "amber", "yellow"), strict=False):
            Assessment.objects.create(
                school=school, scale=grades[grade].scale, grade=grades[grade], on=BEGUN
            )
        stated(who, Eligibility(graded=Graded("support-category", ("red",), 1)))
        found = results(check_eligibility(**who))
        assert [found.get(each.pk, ("–",))[0] for each in made.schools[:3]] == [
            "fits",
            "just_outside",
            "–",
        ]

    def test_asks_the_database_as_often_for_many_schools(self, made, who):
        stated(who)
        with CaptureQueriesContext(connection) as asked:
            check_eligibility(**who)
        assert len(asked) <= 22

    def test_needs_something_stated_and_a_day_that_has_come(self, who):
        with pytest.raises(NothingToCheck):
            check_eligibility(**who)
        stated(who)
        with pytest.raises(NotYet):
            check_eligibility(**who, on=TODAY + dt.timedelta(days=1))


class TestFlags:
    def flagged(self, who):
        stated(who)
        check = check_eligibility(**who)
        return check, flags_of(check).get()

    def look(self, who, flag):
        return look_at(**who, now=timezone.now(), finding_pk=flag.pk, note="Stays by agreement.")

    def test_are_schools_that_take_part_without_fitting(self, made, programme, who):
        _check, flag = self.flagged(who)
        assert flag.school == made.schools[1]
        assert n_flags_by_programme(Programme.objects.all()) == [(programme, 1)]

    def test_go_when_somebody_has_looked(self, programme, who):
        check, flag = self.flagged(who)
        self.look(who, flag)
        assert not flags_of(check).exists()
        assert entries_about(programme)[0].details["note"] == "Stays by agreement."

    def test_stay_looked_at_while_nothing_changes(self, who):
        _check, flag = self.flagged(who)
        self.look(who, flag)
        again = check_eligibility(**who)
        assert not flags_of(again).exists()
        assert again.findings.get(school=flag.school).note == "Stays by agreement."

    def test_come_back_when_the_result_or_what_is_stated_changes(self, made, who):
        _check, flag = self.flagged(who)
        self.look(who, flag)
        Census.objects.filter(school=flag.school).update(fsm_share=None)
        assert flags_of(check_eligibility(**who)).get().result == "unknown"
        Census.objects.filter(school=flag.school).update(fsm_share=0.2)
        stated(who, Eligibility(("primary",), (), {"fsm_share": Between(0.3)}), seen=1)
        assert flags_of(check_eligibility(**who)).exists()

    def test_are_looked_at_once_and_only_in_the_last_check(self, who):
        _check, flag = self.flagged(who)
        self.look(who, flag)
        with pytest.raises(NothingToLookAt):
            self.look(who, flag)
        check_eligibility(**who)
        with pytest.raises(NotThere):
            self.look(who, flag)

    def test_a_school_that_fits_is_none(self, made, who):
        check, _flag = self.flagged(who)
        fits = check.findings.get(school=made.schools[0])
        with pytest.raises(NothingToLookAt):
            self.look(who, fits)


class TestTheYearlyCheck:
    def test_comes_a_year_after_the_last(self, programme, who):
        stated(who)
        check_eligibility(**who)
        assert not due_for_recheck(NEXT_YEAR - dt.timedelta(days=1)).exists()
        assert list(due_for_recheck(NEXT_YEAR)) == [programme]

    def test_is_made_by_the_system_and_shows_what_changed(self, made, programme, who):
        stated(who)
        before = check_eligibility(**who)
        Census.objects.create(school=made.schools[0], year=2027, fsm_share=0.33)
        after = recheck(pk=programme.pk, day=NEXT_YEAR)
        (turn,) = changes_between(after, before)
        assert (turn.school, turn.before, turn.after) == (
            made.schools[0].pk,
            "fits",
            "just_outside",
        )
        assert after.by is None
        assert flags_of(after).count() == 2

    def test_is_run_by_the_worker(self, programme, who):
        stated(who)
        check = check_eligibility(**who)
        EligibilityCheck.objects.filter(pk=check.pk).update(on=dt.date(2020, 1, 1))
        check_eligibility_yearly(timestamp=0)
        check_eligibility_yearly(timestamp=0)
        assert checks_of(programme).count() == 2

    def test_is_made_once(self, programme, who):
        stated(who)
        check_eligibility(**who)
        recheck(pk=programme.pk, day=NEXT_YEAR)
        assert recheck(pk=programme.pk, day=NEXT_YEAR) is None
        assert checks_of(programme).count() == 2

    def test_is_not_made_of_a_programme_that_has_ended(self, programme, who):
        stated(who)
        check_eligibility(**who)
        Programme.objects.filter(pk=programme.pk).update(ends_on=NEXT_YEAR)
        assert not due_for_recheck(NEXT_YEAR).exists()
