"""The permission census: every address, who may open it, and that nobody else can.

An address that no part's `census.py` knows fails the first test: say who may open it there.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clusterwork.web.accounts.census import CENSUS as ACCOUNTS
from clusterwork.web.census import EVERYONE, Rule
from clusterwork.web.clusters.agreements.census import CENSUS as AGREEMENTS
from clusterwork.web.clusters.arrivals.census import CENSUS as ARRIVALS
from clusterwork.web.clusters.census import CENSUS as CLUSTERS
from clusterwork.web.clusters.cluster.census import CENSUS as CLUSTER
from clusterwork.web.clusters.consulting.census import CENSUS as CONSULTING
from clusterwork.web.clusters.deciding.census import CENSUS as DECIDING
from clusterwork.web.clusters.founding.census import CENSUS as FOUNDING
from clusterwork.web.clusters.moving.census import CENSUS as MOVING
from clusterwork.web.clusters.partnerships.census import CENSUS as PARTNERSHIPS
from clusterwork.web.clusters.people.census import CENSUS as PEOPLE
from clusterwork.web.clusters.programme.census import CENSUS as PROGRAMME
from clusterwork.web.evaluation.cells.census import CENSUS as CELLS
from clusterwork.web.evaluation.pictures.census import CENSUS as PICTURES
from clusterwork.web.evaluation.planning.census import CENSUS as PLANNING
from clusterwork.web.evaluation.results.census import CENSUS as RESULTS
from clusterwork.web.home.census import CENSUS as HOME
from clusterwork.web.measures.census import CENSUS as MEASURES
from clusterwork.web.plans.needs.census import CENSUS as NEEDS
from clusterwork.web.plans.papers.census import CENSUS as PAPERS
from clusterwork.web.plans.review.census import CENSUS as REVIEWS
from clusterwork.web.plans.writing.census import CENSUS as WRITING
from clusterwork.web.registry.census import CENSUS as REGISTRY
from tests.api_census import CENSUS as API
from tests.world import World

CENSUS: dict[str, Rule] = {
    **API,
    **HOME,
    **ACCOUNTS,
    **REGISTRY,
    **AGREEMENTS,
    **CLUSTERS,
    **ARRIVALS,
    **CLUSTER,
    **CONSULTING,
    **DECIDING,
    **FOUNDING,
    **MOVING,
    **PARTNERSHIPS,
    **PEOPLE,
    **PROGRAMME,
    **MEASURES,
    **RESULTS,
    **NEEDS,
    **PICTURES,
    **PLANNING,
    **REVIEWS,
    **PAPERS,
    **WRITING,
    **CELLS,
}
REFUSED = {403, 404}
# What the census itself asks the database around an address.
OF_THE_CENSUS = ("SAVEPOINT", 'SELECT COUNT(*) AS "__count" FROM "audit_entry"')
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def patterns(resolver: URLResolver, within: str = "") -> Iterator[URLPattern]:
    """Every address; those of a namespace carry it in their names, as `reverse` wants them."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, f"{each.namespace}:" if each.namespace else within)
        elif within and not each.name.startswith(within):
            yield URLPattern(each.pattern, each.callback, each.default_args, within + each.name)
        else:
            yield each


PATTERNS = list(patterns(get_resolver()))


def guard_of(pattern: URLPattern) -> str:
    return getattr(pattern.callback, "guard", "")


def is_ours(pattern: URLPattern) -> bool:
    module = getattr(pattern.callback, "__module__", "")
    view = getattr(pattern.callback, "view_class", None)
    return (view.__module__ if view else module).startswith("clusterwork.")


class TestEveryAddress:
    @pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: str(each.name))
    def test_has_a_name_and_a_rule(self, pattern):
        assert pattern.name in CENSUS, "Say in this part's census.py who may open it."

    @pytest.mark.parametrize("pattern", PATTERNS, ids=lambda each: str(each.name))
    def test_of_ours_has_a_guard(self, pattern):
        if is_ours(pattern):
            assert guard_of(pattern), "Put a guard of web/guards.py on the view."

    @pytest.mark.django_db  # one marked test, else pytest-django makes no database for this file
    def test_has_no_rule_without_an_address(self):
        assert set(CENSUS) == {pattern.name for pattern in PATTERNS}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One county with everything in it, made once and rolled back after the last address."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            yield World()
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


class Visitors:
    """One signed-in client a role; whatever a page does to its cookies is undone afterwards."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._cookies: dict[str, str] = {}

    def as_(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        person = self.world.people.get(role)
        if person is None:
            return client
        if role not in self._cookies:
            client.force_login(person, backend=BACKEND)
            self._cookies[role] = client.cookies.output(header="", sep=";")
        client.cookies.load(self._cookies[role])
        return client


@pytest.fixture(scope="module")
def visitors(world):
    return Visitors(world)


def ask(visitors: Visitors, name: str, rule: Rule, role: str, method: str = "get"):
    """The answer; whatever the page wrote is undone."""
    from django.db import transaction

    from clusterwork.audit.models import Entry

    client = visitors.as_(role)
    address = reverse(name, args=[visitors.world.key(need) for need in rule.needs])
    savepoint = transaction.savepoint()
    before = Entry.objects.count()
    try:
        answer = getattr(client, method)(address)
        answer.n_recorded = Entry.objects.count() - before
        return answer
    finally:
        transaction.savepoint_rollback(savepoint)


def is_refused(answer) -> bool:
    to_sign_in = answer.status_code == 302 and "/account/login/" in answer["Location"]
    without_key = answer.status_code == 401 and "WWW-Authenticate" in answer
    return to_sign_in or without_key or answer.status_code in REFUSED


def fault(visitors: Visitors, name: str, role: str) -> str:
    """What is wrong with the answer to somebody of this role; empty where nothing is."""
    rule = CENSUS[name]
    answer = ask(visitors, name, rule, role)
    if answer.status_code == 405:
        answer = ask(visitors, name, rule, role, "post")
    if answer.status_code >= 500:
        return f"{name} breaks for {role}"
    if is_refused(answer) == (role in rule.allowed):
        may = "may" if role in rule.allowed else "may not"
        return f"{role} {may} open {name} and got {answer.status_code}"
    return ""


@pytest.mark.parametrize("name", sorted(CENSUS))
def test_who_may_and_who_may_not(visitors, name):
    faults = [fault(visitors, name, role) for role in sorted(EVERYONE)]
    assert not any(faults), "\n".join(filter(None, faults))


@pytest.mark.parametrize("name", sorted(CENSUS))
def test_looking_changes_nothing(world, visitors, name):
    """A GET by whoever may writes no row of ours, but for looks at what is restricted."""
    rule = CENSUS[name]
    for need in rule.needs:
        world.key(need)  # the world makes things when first asked for them
    for role in sorted(rule.allowed)[:3]:
        answer = ask(visitors, name, rule, role)
        assert bool(answer.n_recorded) == rule.is_recorded


@pytest.mark.parametrize("name", sorted(CENSUS))
def test_no_page_asks_the_database_more_than_30_times(world, visitors, name):
    rule = CENSUS[name]
    role = "officer" if "officer" in rule.allowed else min(rule.allowed, default="anonymous")
    for need in rule.needs:
        world.key(need)  # made before anything is counted
    visitors.as_(role)  # coming in is no part of the page
    with CaptureQueriesContext(connection) as asked:
        ask(visitors, name, rule, role)
    own = [query for query in asked if not any(each in query["sql"] for each in OF_THE_CENSUS)]
    assert len(own) <= 30, f"{name}: {len(own)} queries"
