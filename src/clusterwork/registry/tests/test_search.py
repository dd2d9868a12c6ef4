"""Schools are found by any word of their name, place or number, and by distance."""

from __future__ import annotations

import pytest

from clusterwork.registry.models import Authority, School
from clusterwork.registry.selectors.search import Place, find_schools, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lincolnshire() -> Authority:
    return Authority.objects.create(code="925", name="Lincolnshire", country="E")


def school(authority: Authority, urn: int, name: str, **values: object) -> School:
    return School.objects.create(
        urn=urn, name=name, authority=authority, **{"phase": "primary", **values}
    )


@pytest.fixture
def denton(lincolnshire: Authority) -> School:
    place = {"postcode": "NG32 1LG", "easting": 486_600, "northing": 332_500}
    return school(lincolnshire, 120_538, "Denton CofE School", **place)


@pytest.fixture
def harlaxton(lincolnshire: Authority) -> School:
    place = {"postcode": "NG32 1HT", "easting": 488_400, "northing": 332_700}
    return school(lincolnshire, 120_544, "Harlaxton CofE Primary School", **place)


class TestFindSchools:
    @pytest.mark.parametrize("words", ["dent", "DENTON cofe", "120538", "ng32 1lg", "NG321LG"])
    def test_finds_by_the_start_of_any_word(
        self, denton: School, harlaxton: School, words: str
    ) -> None:
        assert list(find_schools(words=words)) == [denton]

    def test_all_words_must_fit(self, denton: School, harlaxton: School) -> None:
        assert not find_schools(words="denton harlaxton").exists()

    def test_signs_of_a_query_language_are_only_signs(self, denton: School) -> None:
        assert list(find_schools(words="denton !'; | :*")) == [denton]

    def test_distance_is_in_metres_and_limits(self, denton: School, harlaxton: School) -> None:
        here = Place(486_600, 332_500)
        near = find_schools(near=here, within_m=1_900)
        assert {each: round(each.distance_m) for each in near} == {denton: 0, harlaxton: 1811}
        assert list(find_schools(near=here, within_m=1_800)) == [denton]

    def test_filters_by_authority_phase_and_status(self, denton: School, harlaxton: School) -> None:
        School.objects.filter(pk=harlaxton.pk).update(status="closed")
        fit = find_schools(authority=denton.authority, phase="primary", status="open")
        assert list(fit) == [denton]


class TestPlaceOf:
    def test_knows_postcodes_and_numbers_of_schools(self, denton: School) -> None:
        for text in ("NG32 1LG", "ng321lg", "120538"):
            assert place_of(text) == Place(486_600, 332_500, "Denton CofE School")

    def test_reads_easting_and_northing(self) -> None:
        assert place_of("486600, 332500") == Place(486_600, 332_500)

    def test_does_not_guess_from_a_part(self, denton: School) -> None:
        assert place_of("NG32 1") is None
        assert place_of("") is None
