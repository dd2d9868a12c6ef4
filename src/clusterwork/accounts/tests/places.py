"""Fixtures: an organisation, its school, its officer, the head; no names but in these tests."""

from __future__ import annotations

import pytest

from clusterwork.accounts.models import Person
from clusterwork.accounts.tests import made
from clusterwork.registry.models import Organisation, School


@pytest.fixture
def county(db: None) -> Organisation:
    return made.organisation()


@pytest.fixture
def school(county: Organisation) -> School:
    return made.school(county)


@pytest.fixture
def officer(county: Organisation) -> Person:
    who = made.person("Olwen Price")
    made.role(who, "programme_officer", county)
    return who


@pytest.fixture
def head(school: School) -> Person:
    who = made.person("Hana Jones")
    made.role(who, "headteacher", school)
    return who
