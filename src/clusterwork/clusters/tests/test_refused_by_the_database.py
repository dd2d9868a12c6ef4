"""The database refuses, by name, what the verbs refuse: whoever writes to it, and however."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clusterwork.clusters.models import (
    Cluster,
    Lineage,
    Membership,
    Participation,
    Partner,
    Place,
    RegisterEffect,
    Standing,
)
from clusterwork.clusters.services.programmes import start_programme
from clusterwork.clusters.services.refusals import SAID, constraint_of
from clusterwork.clusters.tests.made import FACTS, TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class World(Clusters):
    """Two clusters of three schools in a programme that allows a school one, and a partner."""

    def __init__(self) -> None:
        super().__init__()
        self.programme = start_programme(**self.who, organisation=self.organisation, facts=FACTS)
        self.programme.starts_on, self.programme.one_cluster_a_school = BEGUN, True
        self.programme.save()
        self.louth = self.open("Louth", self.schools[:3], programme=self.programme)
        self.alford = self.open("Alford", self.schools[3:6], programme=self.programme)
        self.college = Partner.objects.create(kind="college", name="Boston College")
        self.member(self.louth, partner=self.college, part="partner")
        Standing.objects.create(cluster=self.louth, start_on=BEGUN)
        Lineage.objects.create(before=self.louth, after=self.alford, kind="split", on=TODAY)
        self.effect()

    def member(self, cluster, **told):
        return Membership.objects.create(**{"cluster": cluster, "start_on": BEGUN, **told})

    def effect(self):
        return RegisterEffect.objects.create(
            change_id=1, school=self.schools[0], cluster=self.louth, kind="closed", on=TODAY
        )

    def of(self, model):
        return model.objects.filter(cluster=self.louth)


WRITES = {
    "membership_once_at_a_time": lambda w: w.member(w.louth, school=w.schools[0]),
    "membership_partner_once_at_a_time": lambda w: w.member(
        w.louth, partner=w.college, part="partner"
    ),
    "membership_ends_after_it_starts": lambda w: w.of(Membership).update(end_on=BEGUN),
    "membership_of_a_school_or_a_partner": lambda w: w.member(
        w.louth, school=w.schools[6], partner=w.college, part="partner"
    ),
    "membership_contributing_says_what": lambda w: (
        w.of(Membership).filter(school=w.schools[0]).update(part="contributing")
    ),
    "membership_within_the_clusters_life": lambda w: w.member(
        w.louth, school=w.schools[6], start_on=BEGUN - DAY
    ),
    "place_one_cluster_a_school_in_a_programme": lambda w: w.member(w.louth, school=w.schools[3]),
    "cluster_ends_after_it_starts": lambda w: Cluster.objects.filter(
        pk=w.open("Spilsby", []).pk
    ).update(end_on=BEGUN),
    "cluster_code_once_an_organisation": lambda w: Cluster.objects.update(code="7"),
    "cluster_not_inside_itself": lambda w: Cluster.objects.filter(pk=w.louth.pk).update(
        parent=w.louth.pk
    ),
    "lineage_once": lambda w: Lineage.objects.create(
        before=w.louth, after=w.alford, kind="merger", on=TODAY
    ),
    "lineage_between_two": lambda w: Lineage.objects.create(
        before=w.louth, after=w.louth, kind="merger", on=TODAY
    ),
    "standing_one_at_a_time": lambda w: Standing.objects.create(cluster=w.louth, start_on=TODAY),
    "standing_ends_after_it_starts": lambda w: w.of(Standing).update(end_on=BEGUN),
    "participation_once_at_a_time": lambda w: Participation.objects.create(
        cluster=w.louth, programme=w.programme, start_on=TODAY
    ),
    "participation_ends_after_it_starts": lambda w: w.of(Participation).update(end_on=BEGUN),
    "partner_name_once_a_kind": lambda w: Partner.objects.create(
        kind="college", name="Boston College"
    ),
    "register_effect_once_a_cluster": lambda w: w.effect(),
}
MODELS = (Cluster, Lineage, Standing, Membership, Partner, Participation, Place, RegisterEffect)


@pytest.fixture
def world():
    return World()


class TestTheDatabase:
    @pytest.mark.parametrize("name", sorted(WRITES))
    def test_refuses_by_name(self, world, name):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            WRITES[name](world)
        assert constraint_of(refused.value) == name

    def test_has_no_constraint_that_is_not_tried_here(self):
        named = {each.name for model in MODELS for each in model._meta.constraints}
        assert named <= set(WRITES)

    def test_is_put_in_words_by_names_that_there_are(self):
        assert set(SAID) - set(WRITES) == {"chair_from_a_school_of_the_cluster"}

    def test_keeps_a_cluster_from_ending_before_its_members(self, world):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            Cluster.objects.filter(pk=world.louth.pk).update(end_on=TODAY)
        assert constraint_of(refused.value) == "membership_within_the_clusters_life"

    def test_keeps_a_membership_from_moving_to_a_cluster_that_began_later(self, world):
        later = world.open("Spilsby", [], start_on=TODAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            world.of(Membership).update(cluster=later)

    def test_never_changes_what_was_known(self, world):
        for sql in (
            "UPDATE clusters_membershipevent SET part = 'lead'",
            "DELETE FROM clusters_membershipevent",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)

    def test_sees_plain_sql_as_well(self, world):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO clusters_membership (cluster_id, school_id, part, contributes,"
                " contributes_because, start_on, ended_by, reason)"
                " VALUES (%s, %s, 'core', '', '', %s, '', '')",
                [world.louth.pk, world.schools[3].pk, BEGUN],
            )
        assert Place.objects.filter(school=world.schools[3]).count() == 1
