"""No two living clusters of one organisation carry one name."""

import datetime as dt

import pytest

from clusterwork.clusters.models import Cluster
from clusterwork.clusters.services.clusters import change_working_name, name_cluster, start_cluster
from clusterwork.clusters.services.labels import relabel
from clusterwork.clusters.services.merging import merge_clusters
from clusterwork.clusters.services.mini_clusters import start_mini_cluster
from clusterwork.clusters.services.naming import NameTaken, check_name_free
from clusterwork.clusters.services.splitting import SplitPart, split_cluster
from clusterwork.clusters.services.statuses import close_cluster
from clusterwork.clusters.tests.made import TODAY, organisation
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters, row_of

pytestmark = pytest.mark.django_db
NEXT = dt.date(2027, 1, 4)


@pytest.fixture
def county() -> Clusters:
    return Clusters()


def start(county: Clusters, name: str, on: dt.date = BEGUN) -> Cluster:
    return start_cluster(
        **county.who, organisation=county.organisation, working_name=name, start_on=on
    )


class TestNameFree:
    @pytest.mark.parametrize("name", ["Skegness", "skegness", " SKEGNESS ", "Skegnéss"])
    def test_a_name_is_given_once_whatever_its_capitals(self, county: Clusters, name: str) -> None:
        start(county, "Skegness")
        with pytest.raises(NameTaken) as refused:
            start(county, name)
        assert refused.value.why and refused.value.next_step

    def test_a_chosen_name_is_taken_too(self, county: Clusters) -> None:
        first = start(county, "Skegness")
        name_cluster(**county.who, pk=first.pk, name="The Coast", name_cy="Yr Arfordir", on=TODAY)
        for name in ("the coast", "Yr arfordir"):
            with pytest.raises(NameTaken):
                start(county, name)
        second = start(county, "Wolds")
        with pytest.raises(NameTaken):
            name_cluster(**county.who, pk=second.pk, name="Skegness", name_cy="", on=TODAY)
        with pytest.raises(NameTaken):
            change_working_name(**county.who, pk=second.pk, working_name="The Coast", on=TODAY)

    def test_one_cluster_may_carry_one_name_twice(self, county: Clusters) -> None:
        first = start(county, "Skegness")
        named = name_cluster(
            **county.who, pk=first.pk, name="Skegness", name_cy="Skegness", on=TODAY
        )
        assert named.name_cy == "Skegness"
        assert relabel(**county.who, pk=first.pk, working_name="Skegness", code="7", on=TODAY)

    def test_a_closed_cluster_gives_its_name_free(self, county: Clusters) -> None:
        first = start(county, "Skegness")
        close_cluster(**county.who, pk=first.pk, on=TODAY, because="Over.")
        with pytest.raises(NameTaken):
            start(county, "Skegness", BEGUN)
        assert start(county, "Skegness", TODAY)

    def test_another_organisation_has_names_of_its_own(self, county: Clusters) -> None:
        start(county, "Skegness")
        check_name_free(organisation("Rutland"), ["Skegness"], TODAY)

    def test_two_of_one_plan_differ(self, county: Clusters) -> None:
        with pytest.raises(NameTaken):
            check_name_free(county.organisation, ["Wolds", "wolds"], TODAY)


class TestWhatComesOutOfAnother:
    def test_a_part_of_a_split_needs_a_free_name(self, county: Clusters) -> None:
        start(county, "Wolds")
        one, two = county.schools[:2]
        cluster = county.open("Skegness", [one, two])
        parts = [
            SplitPart([row_of(cluster, one).pk], goes_on=True),
            SplitPart([row_of(cluster, two).pk], "wolds"),
        ]
        with pytest.raises(NameTaken):
            split_cluster(**county.who, pk=cluster.pk, on=NEXT, parts=parts)

    def test_a_merged_cluster_may_keep_the_name_of_one_of_them(self, county: Clusters) -> None:
        start(county, "Fens")
        one = county.open("Skegness", county.schools[:1])
        two = county.open("Wolds", county.schools[1:2])
        told = {**county.who, "pks": [one.pk, two.pk], "on": NEXT}
        with pytest.raises(NameTaken):
            merge_clusters(**told, working_name="FENS")
        assert merge_clusters(**told, working_name="Skegness").pk not in (one.pk, two.pk)

    def test_a_mini_cluster_is_not_called_as_the_one_around_it(self, county: Clusters) -> None:
        cluster = county.open("Skegness", county.schools[:2])
        with pytest.raises(NameTaken):
            start_mini_cluster(
                **county.who,
                pk=cluster.pk,
                working_name="Skegness",
                school_ids=[county.schools[0].pk],
                start_on=TODAY,
            )
