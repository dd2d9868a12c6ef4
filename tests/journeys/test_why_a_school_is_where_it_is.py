"""An officer with a county of real schools looks closer: what other places cost, what is firm.

She has Lincolnshire's 280 primaries proposed in clusters, reads what binds and how far from the
best it is, which schools are borderline, how the clusters of today would do, what each decision
costs and where a school could be instead; arranges the clusters around a move anew in under two
seconds, and keeps it. Another has the schools of South East Wales, each cluster in one authority
and one language.
"""

from __future__ import annotations

import re
import time

import pytest
from django.utils import timezone

from clusterwork.clusters.models import Formation, Lock, Look, Programme, Proposal
from clusterwork.clusters.services.formations import choose_schools, start_formation
from clusterwork.clusters.services.programmes import (
    ProgrammeFacts,
    save_policy,
    start_programme,
)
from clusterwork.registry.models import (
    Affiliation,
    Authority,
    OrganisationKind,
    Partnership,
    School,
)
from clusterwork.registry.services.imports import import_register
from tests.journeys.people import a_person, an_organisation
from tests.journeys.real_data import real

pytestmark = [pytest.mark.browser, pytest.mark.real_data]


def an_exercise(person, organisation, schools, **policy) -> Formation:
    """A programme with these rules changed, and an exercise with all the schools."""
    today = timezone.localdate()
    programme = start_programme(
        person=person, day=today, organisation=organisation,
        facts=ProgrammeFacts("Together", "Gyda’n gilydd", today, None),
    )  # fmt: skip
    now = Programme.objects.get(pk=programme.pk).policies.all()[0]
    mapping = {name: {**rules, **policy.get(name, {})} for name, rules in now.mapping.items()}
    save_policy(person=person, day=today, pk=programme.pk, mapping=mapping, seen=now.number)
    formation = start_formation(
        person=person, day=today, programme_pk=programme.pk, name="All of them",
        kind=Formation.Kind.NEIGHBOURHOOD,
    )  # fmt: skip
    ids = list(schools.values_list("pk", flat=True))
    choose_schools(person=person, day=today, pk=formation.pk, school_ids=ids)
    return formation


@pytest.fixture
def in_lincolnshire(visit):
    """An officer of the county, whose primaries are chosen; two schools are to stay apart."""
    file = real("gias_england_20220425.csv.gz")
    import_register(file, source="gias", by=None, today=timezone.localdate())
    county = an_organisation("Lincolnshire County Council", colour="#1d70b8", is_welsh=True)
    county.authorities.set(Authority.objects.filter(code="925"))
    person = a_person("olwen@county.example", "Olwen", "programme_officer", organisation=county)
    primaries = School.objects.filter(authority__code="925", phase="primary")
    formation = an_exercise(person, county, primaries)
    one, two = primaries.order_by("pk")[:2]
    Lock.objects.create(formation=formation, kind="apart", school=one, other=two)
    in_local_clusters(primaries)
    return visit(), formation


def in_local_clusters(schools) -> None:
    """Clusters of today in bands from west to east, eight schools each; the last in none."""
    across = sorted(schools, key=lambda each: (each.northing // 20_000, each.easting))
    for at in range(0, len(across) - 8, 8):
        there = Partnership.objects.create(name=f"{across[at].name} Cluster", kind="cluster")
        Affiliation.objects.bulk_create(
            Affiliation(school=each, partnership=there) for each in across[at : at + 8]
        )


@pytest.fixture
def in_south_east_wales(visit):
    """An officer of the consortium, who wants no cluster across a border or a language."""
    import_register(
        real("wales_sewales_schools.csv.gz"), source="wales", by=None, today=timezone.localdate()
    )
    region = an_organisation(
        "Education Achievement Service", kind=OrganisationKind.CONSORTIUM, is_welsh=True
    )
    region.authorities.set(Authority.objects.all())
    person = a_person("olwen@region.example", "Olwen", "programme_officer", organisation=region)
    rules = {"same_authority": True, "same_medium": True}
    formation = an_exercise(
        person, region, School.objects.all(), require=rules, clusters={"may_leave_over": True}
    )
    return visit(), formation


def propose(officer, formation, seconds: int) -> Proposal:
    officer.open(f"/programmes/forming/{formation.pk}/propose")
    officer.fill("Seconds at most", str(seconds))
    officer.press("Propose clusters")
    officer.sees("No arrangement can be below")
    officer.sees(re.compile("No other could be more than"), seconds=seconds)
    officer.look("proposal-open")
    officer.sees(re.compile("clusters? of"), seconds=seconds + 60)
    return formation.proposals.get()


def wait_until_looked_at(proposal: Proposal, kind: str) -> Look:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        look = proposal.looks.filter(kind=kind).first()
        if look and not look.is_open:
            assert look.state == Look.State.DONE, look.trouble
            return look
        time.sleep(0.5)
    raise AssertionError(f"{kind} was not worked out")


def see_what_is_firm(officer, proposal: Proposal, name: str) -> None:
    look = wait_until_looked_at(proposal, Look.Kind.FIRMNESS)
    if not look.found["n_plans"]:  # a busy machine: she gives it more time
        officer.open(f"/programmes/proposals/{proposal.pk}/firm")
        officer.press("Work it out again")
        wait_until_looked_at(proposal, Look.Kind.FIRMNESS)
    officer.open(f"/programmes/proposals/{proposal.pk}/")
    officer.sees(re.compile(r"of \d+ schools are firm"))
    officer.sees("above the best that any arrangement could do")
    officer.page.wait_for_selector("[data-idle]")
    officer.look(f"proposal-firm-{name}")
    officer.follow("Firm and borderline schools")
    officer.sees("If journeys take longer or shorter than thought")
    officer.look(f"firmness-{name}")


def see_what_it_is_against_today(officer, proposal: Proposal) -> None:
    officer.open(f"/programmes/proposals/{proposal.pk}/")
    officer.sees("The tenth of schools with the longest journeys are")
    officer.sees("Against today's clusters")
    officer.sees("Rules of this policy that today's clusters break:")
    officer.page.wait_for_selector("[data-idle]")
    officer.look("proposal-against-today")
    officer.follow("Schools, the longest journey first")
    officer.look("proposal-longest-first")


def see_other_places(officer, proposal: Proposal, name: str) -> None:
    """Of the school that could most easily be elsewhere."""
    places = proposal.places.filter(reason__next_best__allowed=True, cluster__isnull=False)
    place = places.order_by("cost_of_moving")[0]
    officer.open(f"/programmes/proposals/{proposal.pk}/schools/{place.school_id}")
    officer.press("Work out its other places")
    officer.sees("You can leave this page")
    officer.sees("Worked out:", seconds=60)
    officer.look(f"other-places-{name}")


def see_what_decisions_cost(officer, proposal: Proposal) -> None:
    officer.open(f"/programmes/proposals/{proposal.pk}/rules")
    officer.press("Work out what each decision costs")
    officer.sees("Worked out:", seconds=60)
    officer.look("decisions-cost")


def arrange_anew(officer, proposal: Proposal, name: str) -> None:
    """Holds a school in its next best cluster, and has those around arranged anew."""
    places = proposal.places.filter(reason__next_best__allowed=True, cluster__isnull=False)
    place = places.order_by("cost_of_moving")[0]
    to = place.reason["next_best"]["cluster"]
    officer.open(f"/programmes/proposals/{proposal.pk}/move?school={place.school_id}&to={to}")
    officer.sees("what the move would do")
    began = time.monotonic()
    officer.follow("Arrange the clusters around it anew")
    officer.sees("the clusters around it, arranged anew", seconds=30)
    print(f"Arranged anew, from press to page: {time.monotonic() - began:.2f} s")
    officer.look(f"arranged-anew-{name}")
    assert not proposal.moved.exists()
    officer.press("Keep this arrangement as a proposal")
    officer.sees("Made by hand out of another proposal")
    officer.look(f"arranged-kept-{name}")


def test_a_county_looks_closer(in_lincolnshire):
    officer, formation = in_lincolnshire
    officer.sign_in("olwen@county.example")
    proposal = propose(officer, formation, 20)
    see_what_is_firm(officer, proposal, "county")
    see_what_it_is_against_today(officer, proposal)
    see_other_places(officer, proposal, "county")
    see_what_decisions_cost(officer, proposal)
    arrange_anew(officer, proposal, "county")


def test_a_region_looks_closer(in_south_east_wales):
    officer, formation = in_south_east_wales
    officer.sign_in("olwen@region.example")
    proposal = propose(officer, formation, 30)
    places = proposal.places.filter(cluster__isnull=False).select_related("school")
    authorities: dict[int, set[int]] = {}
    for place in places:
        authorities.setdefault(place.cluster_id, set()).add(place.school.authority_id)
    assert all(len(each) == 1 for each in authorities.values())
    see_what_is_firm(officer, proposal, "region")
    see_other_places(officer, proposal, "region")
    arrange_anew(officer, proposal, "region")
