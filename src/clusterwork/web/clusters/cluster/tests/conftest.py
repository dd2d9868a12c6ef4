"""Clusters of a county, with their officer at the keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Cluster
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters
from clusterwork.web.clusters.tests.conftest import client_of


@pytest.fixture(autouse=True)
def without_second_factor(settings: Any) -> None:
    """Signing in has tests of its own."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def county(db: None) -> Clusters:
    made = Clusters(n_schools=8)
    made.who["day"] = timezone.localdate()
    return made


@pytest.fixture
def wolds(county: Clusters) -> Cluster:
    """The first four schools."""
    return county.open("Wolds", county.schools[:4])


@pytest.fixture
def fens(county: Clusters) -> Cluster:
    """The next three."""
    return county.open("Fens", county.schools[4:7])


@pytest.fixture
def officer(county: Clusters) -> Client:
    return client_of(county.officer)


@pytest.fixture
def head(county: Clusters) -> Client:
    """Heads the first school."""
    return client_of(head_of(county, 0))


def head_of(county: Clusters, n: int) -> Person:
    person = Person.objects.create_user(f"head{n}@example.org", "x" * 20, name=f"Head {n}")
    Role.objects.create(person=person, kind="headteacher", school=county.schools[n], start_on=BEGUN)
    return person


def open_many(county: Clusters, n: int) -> list[Cluster]:
    """`n` clusters without schools but the first of each."""
    plans = [ClusterPlan(f"Place {i:03}", [PlannedSchool(county.schools[0].pk)]) for i in range(n)]
    return open_clusters(
        person=county.officer,
        day=timezone.localdate(),
        organisation=county.organisation,
        plans=plans,
        start_on=BEGUN,
    )
