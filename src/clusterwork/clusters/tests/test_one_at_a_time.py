"""What is checked and then made is checked under the lock of what it belongs to."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusterwork.clusters.models import Formation, Lock, Programme
from clusterwork.clusters.services.formations import remove_schools, start_formation
from clusterwork.clusters.services.locks import add_lock
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.clusters.tests.made import TODAY, County
from clusterwork.registry.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County(n_schools=3)


def start_a_programme(county):
    facts = ProgrammeFacts("Another", "", TODAY, None)
    start_programme(person=county.officer, day=TODAY, organisation=county.organisation, facts=facts)


def start_an_exercise(county):
    start_formation(
        person=county.officer,
        day=TODAY,
        programme_pk=county.programme.pk,
        name="Another",
        kind=Formation.Kind.NEIGHBOURHOOD,
    )


def decide(county):
    one, two, _ = county.schools
    add_lock(
        person=county.officer,
        day=TODAY,
        pk=county.formation.pk,
        kind=Lock.Kind.APART,
        school=one,
        other=two,
        because="",
    )


def take_a_school_out(county):
    ids = [county.schools[0].pk]
    remove_schools(person=county.officer, day=TODAY, pk=county.formation.pk, school_ids=ids)


@pytest.mark.parametrize(
    ("verb", "parent"),
    [
        (start_a_programme, Organisation),
        (start_an_exercise, Programme),
        (decide, Formation),
        (take_a_school_out, Formation),
    ],
)
def test_the_parent_is_locked_before_anything_is_written(county, verb, parent):
    with CaptureQueriesContext(connection) as asked:
        verb(county)
    said = [query["sql"] for query in asked]
    table = f'FROM "{parent._meta.db_table}"'
    locked = [n for n, sql in enumerate(said) if table in sql and "FOR UPDATE" in sql]
    written = [n for n, sql in enumerate(said) if sql.startswith(("INSERT", "DELETE"))]
    assert locked
    assert locked[0] < written[0]
