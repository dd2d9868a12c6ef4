"""What the formation library is told, and what is kept of its answer."""

import datetime as dt

import pytest

from clusterwork.clusters.formation_adapter import Names, Question, instance_of, policy_for
from clusterwork.clusters.models import Formation
from clusterwork.clusters.outcomes import Alternative, Partner, Place, place_from
from clusterwork.clusters.selectors.formations import schools_of
from clusterwork.clusters.selectors.placeable import placeable_schools
from clusterwork.clusters.tests.made import TODAY, County, school
from clusterwork.registry.models import Assessment, Grade, Scale

pytestmark = pytest.mark.django_db


class TestThePolicyForAKind:
    def test_pyramids_are_measured_to_their_hub(self):
        used = policy_for(Formation.Kind.PYRAMID, {"travel": {"measure": "peers"}})
        assert used["require"]["pyramid"] is True
        assert used["travel"]["measure"] == "hub"

    def test_neighbourhood_clusters_are_no_pyramids(self):
        used = policy_for(Formation.Kind.NEIGHBOURHOOD, {"require": {"pyramid": True}})
        assert used["require"]["pyramid"] is False


class TestTheQuestion:
    def asked(self, county):
        question = Question(
            schools=list(schools_of(county.formation)),
            locks=[],
            ties=[],
            flows=[],
            current={},
            policy={},
            seed=1,
            time_limit_s=5,
        )
        return instance_of(question, Names(question.schools))

    def test_schools_go_by_their_official_numbers(self):
        county = County(n_schools=2)
        unit = school(county.authority, None, "The portfolio", by_hand=True)
        county.choose(unit)
        ids = [each.id for each in self.asked(county).schools]
        assert ids == ["900000", "900001", f"r{unit.pk}"]

    def test_a_special_school_is_called_special_whatever_the_register_says(self):
        county = County(n_schools=1)
        county.choose(
            school(county.authority, 5, "Oak", phase="special", phase_name="Not applicable"),
            school(county.authority, 6, "Elm", phase="middle", phase_name="Middle deemed primary"),
        )
        phases = {each.name: each.phase for each in self.asked(county).schools}
        assert phases["Oak"] == "special"
        assert phases["Elm"] == "Middle deemed primary"

    def test_a_dual_stream_school_may_be_with_either_language(self):
        county = County(n_schools=1)
        county.choose(school(county.authority, 5, "Ysgol Ddwyieithog", medium="DS"))
        media = {each.name: each.medium for each in self.asked(county).schools}
        assert media["Ysgol Ddwyieithog"] == "Dual stream"

    def test_figures_are_the_last_ones_known(self):
        county = County(n_schools=1)
        (only,) = self.asked(county).schools
        assert (only.pupils, only.fsm_share, only.strong) == (80, 0.2, False)


class TestSupportCategories:
    def told(self, county, day):
        chosen = placeable_schools(county.formation, day).schools
        question = Question(chosen, [], [], [], {}, {}, seed=1, time_limit_s=5)
        return [each.support for each in instance_of(question, Names(chosen)).schools]

    def test_are_the_latest_of_the_day_by_their_place_on_the_scale(self):
        county = County(n_schools=3)
        green, amber = category("green", 1), category("amber", 3)
        one, two, _three = county.schools
        give(one, green, 2024)
        give(one, amber, 2026)
        give(one, green, 2027)
        give(two, green, 2025)
        assert self.told(county, TODAY) == [3, 1, None]

    def test_say_nothing_while_nobody_has_put_the_scale_in_order(self):
        county = County(n_schools=1)
        give(county.schools[0], category("green", 0), 2025)
        assert self.told(county, TODAY) == [None]

    def test_of_another_scale_do_not_count(self):
        county = County(n_schools=1)
        give(county.schools[0], category("good", 2, scale="estyn"), 2025)
        assert self.told(county, TODAY) == [None]


def category(code, position, *, scale="support-category"):
    found, _new = Scale.objects.get_or_create(code=scale, defaults={"name": scale})
    return Grade.objects.create(scale=found, code=code, label=code, position=position)


def give(school, grade, year):
    Assessment.objects.create(
        school=school, scale=grade.scale, grade=grade, on=dt.date(year, 1, 31), source="hand"
    )


class TestKeptPlaces:
    def test_come_back_whole(self):
        best = Alternative(2, 1.5, 3.0, 1.5, 5, 7, 0.0, [Partner(9, "Elm", "Oaks")], 4, True, [])
        place = Place(school=1, cluster=3, minutes=12.0, size=6, next_best=best)
        assert place_from(place.to_json()) == place
