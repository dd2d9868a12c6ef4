"""People added from the command line."""

from __future__ import annotations

import pytest

from clusterwork.accounts.models import Person
from clusterwork.accounts.services import first_people as verbs
from clusterwork.accounts.services.roles import HoldsItAlready, RoleDoesNotStandHere
from clusterwork.accounts.tests import made

pytestmark = pytest.mark.django_db


def add(**changes):
    values = {"email": "o@example.org", "name": "Olwen", "kind": "programme_officer",
              "organisation": "wolderland", "password": "long enough words"}  # fmt: skip
    return verbs.add_person(**{**values, **changes})


class TestAdding:
    def test_makes_the_first_officer(self, county):
        role = add()
        assert role.organisation == county
        assert role.person.check_password("long enough words")

    def test_gives_somebody_known_a_second_role_and_keeps_the_password(self, county):
        add()
        role = add(kind="finance_lead", password="quite another one")
        assert Person.objects.count() == 1
        assert role.person.check_password("long enough words")

    def test_finds_a_school_by_number(self, county):
        school = made.school(county)
        assert add(kind="headteacher", organisation="", school=str(school.urn)).school == school

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"kind": "king"}, verbs.PersonUnclear),
            ({"kind": "headteacher"}, RoleDoesNotStandHere),
            ({"email": "olwen"}, verbs.PersonUnclear),
            ({"password": "short"}, verbs.PersonUnclear),
            ({"language": "fr"}, verbs.PersonUnclear),
            ({"organisation": "Atlantis"}, verbs.NoSuchPlace),
            ({"organisation": "", "school": "1"}, verbs.NoSuchPlace),
        ],
    )
    def test_refuses_in_words_and_leaves_nothing(self, county, change, problem):
        with pytest.raises(problem):
            add(**change)
        assert Person.objects.count() == 0

    def test_twice_is_refused(self, county):
        add()
        with pytest.raises(HoldsItAlready):
            add()
