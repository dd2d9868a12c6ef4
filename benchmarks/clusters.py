"""How fast it is known who was where, with ten years of a whole country's clusters."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.registry import migrate

N_SCHOOLS, N_CLUSTERS, N_YEARS = 20_000, 2_000, 10
FIRST_YEAR = 2016
LIMIT_AS_AT_MS, LIMIT_PAGE_MS, LIMIT_QUERIES = 200.0, 300.0, 30
LIMIT_MOVE_MS, LIMIT_CONFIRM_S = 2_000.0, 5.0
TIMES = 15
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def main() -> None:
    """Ten years of memberships, then the questions and the pages."""
    migrate()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwork.config.settings")
    os.environ["CLUSTERWORK_SECOND_FACTOR"] = "0"
    import django

    django.setup()
    from django.db import connection

    from clusterwork.clusters.models import Membership
    from clusterwork.clusters.selectors.memberships import memberships_on, places_on

    country = Country()
    print(f"{Membership.objects.count():,} memberships")
    for year in (FIRST_YEAR, FIRST_YEAR + N_YEARS - 1):
        day = dt.date(year, 11, 22)
        n = len(places_on(day))
        at_database(f"all {n:,} places on a day of {year}", memberships_on(day))
        told("the same as Python rows", lambda day=day: places_on(day), LIMIT_AS_AT_MS)
    country.pages()
    see_a_move()
    confirm()
    connection.close()


class Country:
    """Schools in clusters; each year a tenth of them move and a fifth take another part."""

    def __init__(self) -> None:
        from clusterwork.accounts.models import Person, Role
        from clusterwork.registry.models import Authority, Organisation

        self.random = random.Random(1)
        self.authority = Authority.objects.create(code="998", name="Benchshire", country="E")
        self.organisation = Organisation.objects.create(kind="authority", name="Benchshire")
        self.organisation.authorities.add(self.authority)
        self.officer = Person.objects.create_user("bench@example.org", "x" * 20, name="Bench")
        Role.objects.create(
            person=self.officer,
            kind="programme_officer",
            organisation=self.organisation,
            start_on=dt.date(FIRST_YEAR, 1, 1),
        )
        self.schools = self._schools()
        self.clusters = self._clusters()
        self._memberships()
        self.programme = self._programme()

    def _schools(self) -> list[Any]:
        from clusterwork.registry.models import School

        made = [
            School(
                urn=1_000_000 + n,
                name=f"Bench {n} Primary School",
                authority=self.authority,
                phase="primary",
                easting=self.random.randrange(400_000, 600_000),
                northing=self.random.randrange(200_000, 400_000),
            )
            for n in range(N_SCHOOLS)
        ]
        for school in made:
            school.refresh_keys()
        return School.objects.bulk_create(made, batch_size=5_000)

    def _clusters(self) -> list[Any]:
        from clusterwork.clusters.models import Cluster

        start = dt.date(FIRST_YEAR, 9, 1)
        made = (
            Cluster(
                organisation=self.organisation,
                working_name=f"Bench {n}",
                status="active",
                start_on=start,
            )
            for n in range(N_CLUSTERS)
        )
        return Cluster.objects.bulk_create(made, batch_size=1_000)

    def _memberships(self) -> None:
        from clusterwork.clusters.models import Membership

        started = time.perf_counter()
        rows = Membership.objects.bulk_create(self._years(), batch_size=5_000)
        seconds = time.perf_counter() - started
        print(f"{len(rows):,} memberships written with all their triggers in {seconds:.1f} s")

    def _years(self) -> Iterator[Any]:
        """A row for each stretch of years that a school spends in one cluster, in one part."""
        from clusterwork.clusters.models import Membership

        for at, school in enumerate(self.schools):
            cluster, part, since = self.clusters[at % N_CLUSTERS], "core", FIRST_YEAR
            for year in range(FIRST_YEAR + 1, FIRST_YEAR + N_YEARS):
                chance = self.random.random()
                if chance >= 0.3:
                    continue
                yield Membership(cluster=cluster, school=school, part=part, **years(since, year))
                since = year
                if chance < 0.1:
                    cluster = self.random.choice(self.clusters)
                else:
                    part = "lead" if part == "core" else "core"
            yield Membership(cluster=cluster, school=school, part=part, **years(since, None))

    def _programme(self) -> Any:
        from clusterwork.clusters.models import Participation
        from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme

        start = dt.date(FIRST_YEAR, 9, 1)
        programme = start_programme(
            person=self.officer,
            day=dt.date(2026, 11, 22),
            organisation=self.organisation,
            facts=ProgrammeFacts("Bench", "", start, None),
        )
        Participation.objects.bulk_create(
            Participation(cluster=each, programme=programme, start_on=start)
            for each in self.clusters
        )
        return programme

    def pages(self) -> None:
        """Server time and queries of the pages that are opened most."""
        from django.test import Client
        from django.urls import reverse

        client = Client(headers={"host": "localhost"})
        client.force_login(self.officer, backend=BACKEND)
        past = "?on=2018-11-22"
        addresses = {
            "home": reverse("home"),
            "list of clusters": reverse("clusters"),
            "list of clusters, in the past": reverse("clusters") + past,
            "cluster": reverse("cluster", args=[self.clusters[0].pk]),
            "cluster, in the past": reverse("cluster", args=[self.clusters[0].pk]) + past,
            "members of a cluster": reverse("cluster_members", args=[self.clusters[0].pk]),
            "school": reverse("school", args=[self.schools[0].pk]),
            "partnerships of a school": reverse("school_partnerships", args=[self.schools[0].pk]),
            "programme": reverse("programme", args=[self.programme.pk]),
            "clusters of a programme": reverse("programme_clusters", args=[self.programme.pk]),
            "memberships by the API": "/api/v1/memberships?size=500",
        }
        for name, address in addresses.items():
            opened(client, name, address)


def forming(n_schools: int, size: int) -> tuple[Any, Any]:
    """A county with a proposal that is done: schools in clusters of `size`."""
    from clusterwork.clusters.selectors.placeable import placeable_schools
    from clusterwork.clusters.services.running import begin, finish
    from clusterwork.clusters.tests.invented import answer_of
    from clusterwork.clusters.tests.made import TODAY, County

    county = County(n_schools=n_schools)
    proposal = county.ask()
    begin(proposal.pk)
    chosen = placeable_schools(county.formation, TODAY)
    ids = [school.pk for school in chosen.schools]
    groups = [ids[at : at + size] for at in range(0, len(ids), size)]
    finish(proposal.pk, answer_of(groups), chosen)
    proposal.refresh_from_db()
    return county, proposal


def undone(act: Callable[[], None]) -> None:
    """Leaves the database as it was."""
    from django.db import transaction

    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def see_a_move() -> None:
    """The page that shows what a move of one of 300 schools would do."""
    from django.test import Client
    from django.urls import reverse

    def act() -> None:
        county, proposal = forming(300, 6)
        client = Client(headers={"host": "localhost"})
        client.force_login(county.officer, backend=BACKEND)
        query = f"?school={county.schools[0].pk}&to=2"
        address = reverse("move_school", args=[proposal.pk]) + query
        opened(client, "what a move of one of 300 schools would do", address, LIMIT_MOVE_MS)

    undone(act)


def confirm() -> None:
    """300 clusters of 2,100 schools, confirmed in one transaction."""
    from clusterwork.clusters.services.confirming import confirm_formation
    from clusterwork.clusters.tests.made import TODAY

    def act() -> None:
        county, proposal = forming(2_100, 7)
        started = time.perf_counter()
        confirm_formation(
            person=county.officer,
            day=TODAY,
            pk=county.formation.pk,
            proposal_pk=proposal.pk,
            start_on=dt.date(2027, 9, 1),
            link_for=lambda pk, language: "",
            names={n: f"Place {n}" for n in range(1, 301)},
        )
        seconds = time.perf_counter() - started
        share = seconds / LIMIT_CONFIRM_S
        print(f"300 clusters confirmed in {seconds:.1f} s ({share:.0%} of {LIMIT_CONFIRM_S:.0f} s)")

    undone(act)


def years(since: int, until: int | None) -> dict[str, Any]:
    """Whole school years, from one September to another."""
    return {
        "start_on": dt.date(since, 9, 1),
        "end_on": dt.date(until, 9, 1) if until else None,
    }


def opened(client: Any, name: str, address: str, limit_ms: float = LIMIT_PAGE_MS) -> None:
    """Median time of a page, and how often it asks the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address} answered {status}")
    print(f"{len(asked):3} queries ({len(asked) / LIMIT_QUERIES:.0%} of the limit); ", end="")
    told(name, lambda: client.get(address), limit_ms)


def at_database(name: str, query: Any) -> None:
    """Median of the time that the database itself says the query took."""
    columns = query.order_by().values_list("school_id", "cluster_id", "part")
    said = [json.loads(columns.explain(analyze=True, format="json")) for _ in range(TIMES)]
    middle = statistics.median(each[0]["Execution Time"] for each in said)
    print(f"{name}, at the database: median {middle:.0f} ms ({middle / LIMIT_AS_AT_MS:.0%})")


def told(name: str, act: Callable[[], Any], limit_ms: float) -> None:
    """Median and slowest of several runs."""
    milliseconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        act()
        milliseconds.append((time.perf_counter() - started) * 1000)
    middle = statistics.median(milliseconds)
    print(
        f"{name}: median {middle:.0f} ms, slowest {max(milliseconds):.0f} ms "
        f"({middle / limit_ms:.0%} of {limit_ms:.0f} ms)"
    )


if __name__ == "__main__":
    main()
