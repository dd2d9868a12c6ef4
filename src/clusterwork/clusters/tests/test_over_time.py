"""A school closes, two go together, one has another number; clusters split, merge and close."""

import datetime as dt

import pytest

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import (
    Appointment,
    Cluster,
    Lineage,
    Membership,
    Part,
    Participation,
    Partner,
    Rota,
    RotaSeat,
)
from clusterwork.clusters.rules.placing import (
    MemberNotPlaced,
    MemberPlacedTwice,
    NotAMember,
    NotASplit,
)
from clusterwork.clusters.selectors.clusters import (
    name_on,
    programme_of_clusters,
    standing_on,
    status_on,
)
from clusterwork.clusters.selectors.lineage import ancestors, descendants
from clusterwork.clusters.selectors.memberships import in_none, places_on
from clusterwork.clusters.services.clusters import (
    NamedAfterASchool,
    NamedLater,
    change_working_name,
    name_cluster,
    start_cluster,
)
from clusterwork.clusters.services.going_on import (
    GoesOnAsAnother,
    bring_statuses_up_to,
    go_on_after_all,
)
from clusterwork.clusters.services.locking import ClusterHasClosed, EndAnnounced, StepAhead
from clusterwork.clusters.services.membership_checks import NotInTheParent
from clusterwork.clusters.services.memberships import PartFacts, join, leave, take_part
from clusterwork.clusters.services.merging import MergeWithItself, SchoolInBoth, merge_clusters
from clusterwork.clusters.services.mini_clusters import InsideAMini, start_mini_cluster
from clusterwork.clusters.services.programmes import start_programme
from clusterwork.clusters.services.school_ends import (
    SameSchool,
    school_amalgamates,
    school_closes,
    school_renumbered,
)
from clusterwork.clusters.services.splitting import SplitPart, split_cluster
from clusterwork.clusters.services.standings import StandingFacts, change_standing
from clusterwork.clusters.services.statuses import (
    NotYet,
    OutOfOrder,
    begin_to_close,
    close_cluster,
    recognise,
    start_work,
)
from clusterwork.clusters.tests.made import FACTS, TODAY, officer, organisation
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters, ids_in, row_of
from clusterwork.kernel.errors import NotAllowed
from clusterwork.kernel.states import MoveNotAllowed
from clusterwork.registry.models import School

pytestmark = pytest.mark.django_db
SPRING = dt.date(2026, 4, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def county():
    return Clusters(10)


@pytest.fixture
def louth(county):
    return county.open("Louth", county.schools[:6])


def pks(cluster, *schools):
    return [row_of(cluster, each).pk for each in schools]


def chair(cluster, school):
    return Appointment.objects.create(
        cluster=cluster, role="chair", name="Ann", school=school, start_on=BEGUN
    )


class TestStatus:
    def move(self, county, verb, cluster, on=TODAY):
        return verb(**county.who, pk=cluster.pk, on=on)

    def test_follows_the_table_and_keeps_each_day(self, county):
        new = start_cluster(
            **county.who, organisation=county.organisation, working_name="Wolds", start_on=BEGUN
        )
        self.move(county, recognise, new, SPRING)
        self.move(county, start_work, new, SPRING + DAY)
        told = [status_on(new, BEGUN + DAY * n) for n in (-1, 0)]
        assert [*told, status_on(new, SPRING), status_on(new, TODAY)] == [
            "",
            "proposed",
            "recognised",
            "active",
        ]

    def test_refuses_a_move_that_is_not_in_it(self, county, louth):
        with pytest.raises(MoveNotAllowed):
            self.move(county, recognise, louth)

    def test_refuses_a_day_before_the_last_move(self, county, louth):
        self.move(county, start_work, louth, SPRING)
        with pytest.raises(OutOfOrder):
            self.move(county, begin_to_close, louth, SPRING - DAY)

    def test_refuses_a_day_to_come(self, county, louth):
        with pytest.raises(NotYet):
            self.move(county, start_work, louth, TODAY + DAY)

    def test_closing_ends_members_appointments_and_programmes(self, county, louth):
        held = chair(louth, county.schools[0])
        programme = start_programme(**county.who, organisation=county.organisation, facts=FACTS)
        taken = Participation.objects.create(cluster=louth, programme=programme, start_on=BEGUN)
        self.move(county, close_cluster, louth, SPRING)
        for row in (held, taken):
            row.refresh_from_db()
        assert (held.end_on, taken.end_on, row_of(louth, county.schools[0]).ended_by) == (
            SPRING,
            SPRING,
            Membership.Ended.CLUSTER_CLOSED,
        )
        assert Cluster.objects.get(pk=louth.pk).status == "closed"
        assert len(ids_in(louth, SPRING - DAY)) == 6

    def test_an_end_to_come_is_closing_until_then(self, county, louth):
        end = TODAY + 100 * DAY
        self.move(county, close_cluster, louth, end)
        assert Cluster.objects.get(pk=louth.pk).status == "closing"
        assert (status_on(louth, end - DAY), status_on(louth, end)) == ("closing", "closed")
        assert bring_statuses_up_to(end - DAY) == 0
        assert bring_statuses_up_to(end) == 1
        assert Cluster.objects.get(pk=louth.pk).status == "closed"

    def test_can_go_on_after_all(self, county, louth):
        held = chair(louth, county.schools[0])
        rota = Rota.objects.create(cluster=louth, unit="year", start_on=BEGUN)
        RotaSeat.objects.create(rota=rota, school=county.schools[0], place=1, start_on=BEGUN)
        self.move(county, close_cluster, louth, TODAY + 100 * DAY)
        go_on_after_all(**county.who, pk=louth.pk)
        held.refresh_from_db()
        assert held.end_on is None
        assert rota.seats.filter(rota__end_on=None, end_on=None).count() == 1
        assert len(ids_in(louth, TODAY + 200 * DAY)) == 6
        assert status_on(louth, TODAY + 200 * DAY) == "active"
        assert bring_statuses_up_to(TODAY + 200 * DAY) == 0

    def test_a_closed_one_stays_closed(self, county, louth):
        self.move(county, close_cluster, louth, SPRING)
        with pytest.raises(MoveNotAllowed):
            go_on_after_all(**county.who, pk=louth.pk)


class TestNames:
    def test_keep_the_former_one_until_the_day(self, county, louth):
        name_cluster(**county.who, pk=louth.pk, name="Lindsey", name_cy="", on=SPRING)
        assert str(name_on(louth, SPRING - DAY)) == "Louth"
        assert str(name_on(Cluster.objects.get(pk=louth.pk), SPRING)) == "Lindsey"

    def test_are_refused_before_a_later_one(self, county, louth):
        name_cluster(**county.who, pk=louth.pk, name="Lindsey", name_cy="", on=SPRING)
        with pytest.raises(NamedLater):
            name_cluster(**county.who, pk=louth.pk, name="Wolds", name_cy="", on=SPRING - DAY)

    def test_are_never_one_schools(self, county, louth):
        with pytest.raises(NamedAfterASchool):
            change_working_name(
                **county.who, pk=louth.pk, working_name="village 003 primary school", on=SPRING
            )


class TestHowItStands:
    def test_keeps_what_it_was_before(self, county, louth):
        for on, formality in ((BEGUN, 2), (SPRING, 4)):
            facts = StandingFacts(formality=formality, purposes=("economic",))
            change_standing(**county.who, pk=louth.pk, facts=facts, on=on)
        assert standing_on(louth, SPRING - DAY).formality == 2
        assert standing_on(louth, TODAY).formality == 4

    def test_can_be_told_of_a_day_in_between(self, county, louth):
        for on, formality in ((BEGUN, 2), (TODAY, 4), (SPRING, 3)):
            facts = StandingFacts(formality=formality)
            change_standing(**county.who, pk=louth.pk, facts=facts, on=on)
        assert [standing_on(louth, day).formality for day in (BEGUN, SPRING, TODAY)] == [2, 3, 4]


class TestSplitting:
    def split(self, county, cluster, *parts, on=SPRING, **more):
        return split_cluster(**county.who, pk=cluster.pk, on=on, parts=parts, **more)

    def halves(self, county, louth, **more):
        return self.split(
            county,
            louth,
            SplitPart(pks(louth, *county.schools[:3]), "North Wolds"),
            SplitPart(pks(louth, *county.schools[3:6]), "South Wolds"),
            **more,
        )

    def test_every_school_is_in_its_part_and_earlier_days_stay(self, county, louth):
        before = places_on(SPRING - DAY)
        north, south = self.halves(county, louth)
        assert ids_in(north, SPRING) == {each.pk for each in county.schools[:3]}
        assert ids_in(south, SPRING) == {each.pk for each in county.schools[3:6]}
        assert places_on(SPRING - DAY) == before
        assert Cluster.objects.get(pk=louth.pk).status == "closed"
        assert north.status == status_on(south, SPRING) == "recognised"
        assert set(descendants(louth)) == {north, south}
        assert list(ancestors(south)) == [louth]

    def test_one_may_go_on_as_the_old_one(self, county, louth):
        held = chair(louth, county.schools[4])
        old, new = self.split(
            county,
            louth,
            SplitPart(pks(louth, *county.schools[:4]), goes_on=True),
            SplitPart(pks(louth, *county.schools[4:6]), "Coast"),
        )
        held.refresh_from_db()
        assert old == louth
        assert ids_in(old, SPRING) == {each.pk for each in county.schools[:4]}
        assert ids_in(new, SPRING) == {each.pk for each in county.schools[4:6]}
        assert held.end_on == SPRING

    def test_takes_part_in_the_same_programmes(self, county, louth):
        programme = start_programme(**county.who, organisation=county.organisation, facts=FACTS)
        Participation.objects.create(cluster=louth, programme=programme, start_on=BEGUN)
        ids = [each.pk for each in self.halves(county, louth)]
        assert set(programme_of_clusters(ids, SPRING)) == set(ids)

    def test_keeps_parts_and_parts_to_come(self, county, louth):
        row = row_of(louth, county.schools[0])
        take_part(**county.who, membership_pk=row.pk, facts=PartFacts(Part.LEAD), on=TODAY)
        north, _ = self.split(
            county,
            louth,
            SplitPart([row.pk, *pks(louth, *county.schools[1:3])], "North Wolds"),
            SplitPart(pks(louth, *county.schools[3:6]), "South Wolds"),
        )
        assert row_of(north, county.schools[0]).part == Part.LEAD
        assert row_of(north, county.schools[0]).start_on == TODAY
        assert ids_in(north, SPRING) == {each.pk for each in county.schools[:3]}

    def test_a_school_may_leave_instead(self, county, louth):
        gone = county.schools[5]
        self.split(
            county,
            louth,
            SplitPart(pks(louth, *county.schools[:3]), "North Wolds"),
            SplitPart(pks(louth, *county.schools[3:5]), "South Wolds"),
            leaving={row_of(louth, gone).pk: "Joins Boston"},
        )
        assert row_of(louth, gone).reason == "Joins Boston"
        assert gone in in_none(School.objects.all(), SPRING)

    def test_nobody_is_forgotten(self, county, louth):
        parts = (
            SplitPart(pks(louth, *county.schools[:3]), "North Wolds"),
            SplitPart(pks(louth, *county.schools[3:5]), "South Wolds"),
        )
        with pytest.raises(MemberNotPlaced, match="1"):
            self.split(county, louth, *parts)
        twice = SplitPart(pks(louth, *county.schools[2:6]), "South Wolds")
        with pytest.raises(MemberPlacedTwice):
            self.split(county, louth, parts[0], twice)

    def test_needs_two_parts(self, county, louth):
        with pytest.raises(NotASplit):
            self.split(county, louth, SplitPart(pks(louth, *county.schools[:6]), "All"))

    def test_refuses_somebody_from_elsewhere(self, county, louth):
        other = county.open("Alford", county.schools[6:8])
        with pytest.raises(NotAMember):
            self.split(
                county,
                louth,
                SplitPart(pks(louth, *county.schools[:3]), "North Wolds"),
                SplitPart(
                    [*pks(louth, *county.schools[3:6]), *pks(other, county.schools[6])],
                    "South Wolds",
                ),
            )

    def test_the_old_one_may_go_into_the_new_one_later(self, county, louth):
        old, new = self.split(
            county,
            louth,
            SplitPart(pks(louth, *county.schools[:2]), goes_on=True),
            SplitPart(pks(louth, *county.schools[2:6]), "Coast"),
        )
        merge_clusters(**county.who, pks=[old.pk, new.pk], on=TODAY, into=new.pk)
        assert ids_in(new, TODAY) == {each.pk for each in county.schools[:6]}

    def test_refuses_a_closed_cluster_and_one_whose_end_is_known(self, county, louth):
        close_cluster(**county.who, pk=louth.pk, on=SPRING)
        with pytest.raises(ClusterHasClosed):
            self.halves(county, louth)
        with pytest.raises(EndAnnounced):
            self.halves(county, louth, on=SPRING - DAY)

    def test_to_come_cannot_be_taken_back_as_a_closing(self, county, louth):
        self.halves(county, louth, on=TODAY + 30 * DAY)
        with pytest.raises(GoesOnAsAnother):
            go_on_after_all(**county.who, pk=louth.pk)


class TestMerging:
    @pytest.fixture
    def alford(self, county):
        return county.open("Alford", county.schools[6:8])

    def merge(self, county, *clusters, on=SPRING, **more):
        return merge_clusters(**county.who, pks=[each.pk for each in clusters], on=on, **more)

    def test_into_a_new_one(self, county, louth, alford):
        before = places_on(SPRING - DAY)
        new = self.merge(county, louth, alford, working_name="East Lindsey")
        assert ids_in(new, SPRING) == {each.pk for each in county.schools[:8]}
        assert places_on(SPRING - DAY) == before
        assert set(ancestors(new)) == {louth, alford}
        assert {row.kind for row in Lineage.objects.all()} == {"merger"}
        assert {each.verb for each in entries_about(alford)} >= {"cluster.merge"}

    def test_into_one_of_them(self, county, louth, alford):
        held = chair(louth, county.schools[0])
        assert self.merge(county, louth, alford, into=louth.pk) == louth
        held.refresh_from_db()
        assert held.end_on is None
        assert ids_in(louth, SPRING) == {each.pk for each in county.schools[:8]}
        assert ids_in(alford, SPRING) == set()

    def test_a_partner_of_both_comes_once(self, county, louth, alford):
        college = Partner.objects.create(kind="college", name="Boston College")
        for cluster in (louth, alford):
            join(**county.who, pk=cluster.pk, partner=college, start_on=BEGUN)
        new = self.merge(county, louth, alford, working_name="East Lindsey")
        assert new.memberships.filter(partner=college).count() == 1

    def test_keeps_one_place_in_a_programme_that_allows_one(self, county, louth, alford):
        programme = start_programme(**county.who, organisation=county.organisation, facts=FACTS)
        programme.starts_on, programme.one_cluster_a_school = BEGUN, True
        programme.save()
        for cluster in (louth, alford):
            Participation.objects.create(cluster=cluster, programme=programme, start_on=BEGUN)
        new = self.merge(county, louth, alford, working_name="East Lindsey")
        assert [row.programme for row in programme_of_clusters([new.pk], SPRING)[new.pk]] == [
            programme
        ]

    @pytest.mark.parametrize("n", [1, 2])
    def test_refuses_a_cluster_with_itself(self, county, louth, n):
        with pytest.raises(MergeWithItself):
            self.merge(county, *[louth] * n, working_name="Louth again")

    def test_refuses_a_school_in_both(self, county, louth, alford):
        join(**county.who, pk=alford.pk, school=county.schools[0], start_on=TODAY)
        with pytest.raises(SchoolInBoth, match="Village 000"):
            self.merge(county, louth, alford, working_name="East Lindsey")

    def test_refuses_a_closed_one(self, county, louth, alford):
        close_cluster(**county.who, pk=alford.pk, on=SPRING)
        with pytest.raises(ClusterHasClosed):
            self.merge(county, louth, alford, working_name="East Lindsey")

    def test_ahead_keeps_the_cluster_from_ending_before(self, county, louth, alford):
        self.merge(county, louth, alford, into=louth.pk, on=TODAY + 30 * DAY)
        with pytest.raises(StepAhead):
            close_cluster(**county.who, pk=louth.pk, on=TODAY)
        close_cluster(**county.who, pk=louth.pk, on=TODAY + 60 * DAY)

    def test_ahead_is_without_a_school_that_leaves_before(self, county, louth, alford):
        self.merge(county, louth, alford, into=louth.pk, on=TODAY + 30 * DAY)
        row = row_of(alford, county.schools[6])
        leave(**county.who, membership_pk=row.pk, on=TODAY, reason="Moves")
        assert county.schools[6].pk not in ids_in(louth, TODAY + 31 * DAY)
        assert county.schools[7].pk in ids_in(louth, TODAY + 31 * DAY)

    def test_asks_for_both(self, county, louth):
        elsewhere = organisation("Elsewhere")
        stranger = officer(elsewhere, "Eve")
        theirs = start_cluster(
            person=stranger,
            day=TODAY,
            organisation=elsewhere,
            working_name="Far",
            start_on=BEGUN,
        )
        with pytest.raises(NotAllowed):
            self.merge(county, louth, theirs, working_name="Wide")


class TestMiniClusters:
    def mini(self, county, parent, schools, start_on=SPRING):
        return start_mini_cluster(
            **county.who,
            pk=parent.pk,
            working_name="Marsh",
            school_ids=[each.pk for each in schools],
            start_on=start_on,
        )

    def test_are_inside_for_as_long_as_the_cluster_stands(self, county, louth):
        mini = self.mini(county, louth, county.schools[:2])
        close_cluster(**county.who, pk=louth.pk, on=TODAY)
        mini.refresh_from_db()
        assert (mini.end_on, mini.status) == (TODAY, "closed")
        assert ids_in(mini, TODAY - DAY) == {each.pk for each in county.schools[:2]}
        assert ids_in(mini, TODAY) == set()

    def test_a_school_that_leaves_the_cluster_leaves_them_too(self, county, louth):
        mini = self.mini(county, louth, county.schools[:3])
        row = row_of(louth, county.schools[0])
        leave(**county.who, membership_pk=row.pk, on=TODAY, reason="Moves")
        assert county.schools[0].pk not in ids_in(mini, TODAY)

    def test_are_of_its_schools_only(self, county, louth):
        with pytest.raises(NotInTheParent):
            self.mini(county, louth, county.schools[5:7])
        mini = self.mini(county, louth, county.schools[:2])
        with pytest.raises(NotInTheParent):
            join(**county.who, pk=mini.pk, school=county.schools[7], start_on=TODAY)

    def test_have_none_of_their_own(self, county, louth):
        mini = self.mini(county, louth, county.schools[:3])
        with pytest.raises(InsideAMini):
            self.mini(county, mini, county.schools[:2], TODAY)


class TestSchoolsThatEnd:
    def test_a_school_closes(self, county, louth):
        before = places_on(SPRING - DAY)
        assert school_closes(**county.who, school=county.schools[0], on=SPRING) == [louth]
        assert places_on(SPRING - DAY) == before
        assert row_of(louth, county.schools[0]).ended_by == Membership.Ended.SCHOOL_CLOSED

    def test_a_school_goes_into_one_that_is_not_in_the_cluster_yet(self, county, louth):
        held = chair(louth, county.schools[0])
        school_amalgamates(
            **county.who, school=county.schools[0], into=county.schools[7], on=SPRING
        )
        held.refresh_from_db()
        assert row_of(louth, county.schools[7]).start_on == SPRING
        assert held.end_on == SPRING

    def test_or_into_one_that_is(self, county, louth):
        school_amalgamates(
            **county.who, school=county.schools[0], into=county.schools[1], on=SPRING
        )
        assert louth.memberships.filter(school=county.schools[1]).count() == 1
        assert row_of(louth, county.schools[0]).ended_by == Membership.Ended.AMALGAMATED

    def test_a_school_under_another_number_keeps_everything(self, county, louth):
        chair(louth, county.schools[0])
        mini = start_mini_cluster(
            **county.who,
            pk=louth.pk,
            working_name="Marsh",
            school_ids=[county.schools[0].pk],
            start_on=BEGUN,
        )
        school_renumbered(**county.who, school=county.schools[0], now=county.schools[7], on=SPRING)
        assert county.schools[7].pk in ids_in(louth, SPRING)
        assert ids_in(mini, SPRING) == {county.schools[7].pk}
        now = Appointment.objects.get(cluster=louth, start_on=SPRING)
        assert (now.role, now.school, now.end_on) == ("chair", county.schools[7], None)

    def test_never_goes_on_as_itself(self, county, louth):
        with pytest.raises(SameSchool):
            school_renumbered(
                **county.who, school=county.schools[0], now=county.schools[0], on=SPRING
            )

    def test_is_for_the_officers_of_its_clusters(self, county, louth):
        stranger = officer(organisation("Elsewhere"), "Eve")
        with pytest.raises(NotAllowed):
            school_closes(person=stranger, day=TODAY, school=county.schools[0], on=SPRING)
