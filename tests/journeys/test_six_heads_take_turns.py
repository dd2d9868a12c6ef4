"""Six heads take turns: a year's rota for the chair of a cluster of small schools.

"The rotation of 'chairs' and venues" is how partnerships keep parity of esteem (LGA partnerships),
and "in some Clusters, the Chair rotates annually" (Excellence Clusters). Here it rotates by
meeting. One turn is missed, somebody stands in for another; half way a head leaves, her school has
an acting head and leaves the rota; a seventh school joins. Nobody has two turns more than another.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from pathlib import Path

import pytest
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import Cluster, RotaTurn
from clusterwork.clusters.selectors.rotas import seats_of, tallies, turns_of
from clusterwork.clusters.services.opening import ClusterPlan, PlannedSchool, open_clusters
from clusterwork.lookalike import build_county, write_county
from clusterwork.registry.models import Authority, Holiday, School
from clusterwork.registry.services.imports import import_register
from clusterwork.web.formats import day as in_words
from tests.journeys.people import a_person, an_organisation

pytestmark = pytest.mark.browser

HEADS = ("Ann", "Bethan", "Carys", "Dilys", "Elin", "Ffion", "Gwen")
EVENLY = ("All schools have the same number of turns.", "Most and fewest turns: one apart.")


@pytest.fixture
def wolds(transactional_db) -> Cluster:
    """Seven small primaries in a cluster, each with its head; and the county's officer."""
    today = timezone.localdate()
    with tempfile.TemporaryDirectory() as folder:
        write_county(build_county(seed=3), Path(folder))
        import_register(Path(folder, "schools.csv"), source="gias", by=None, today=today)
    council = an_organisation("Wolderland County Council", colour="#1d70b8", is_welsh=True)
    council.authorities.set(Authority.objects.all())
    olwen = a_person("olwen@wolder.example", "Olwen", "programme_officer", organisation=council)
    seven = School.objects.filter(phase="primary", status="open").order_by("pk")[: len(HEADS)]
    schools = sorted(seven, key=lambda school: school.sort_key)
    for name, school in zip(HEADS, schools, strict=True):
        a_person(f"{name.lower()}@wolder.example", f"{name} Head", "headteacher", school=school)
    Holiday.objects.create(
        organisation=council, name="Christmas", start_on=after(30), end_on=after(44)
    )
    plan = ClusterPlan("South Wolds", [PlannedSchool(school.pk) for school in schools])
    who = {"person": olwen, "day": today, "organisation": council}
    return open_clusters(**who, plans=[plan], start_on=after(-400), status="active")[0]


def after(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def typed(days: int) -> str:
    day = after(days)
    return f"{day.day}/{day.month}/{day.year}"


def schools_of(cluster: Cluster) -> list[School]:
    found = cluster.memberships.select_related("school").order_by("school__sort_key")
    return [each.school for each in found]


def turn(number: int) -> RotaTurn:
    return RotaTurn.objects.select_related("school").order_by("start_on")[number]


def people_are_appointed(officer, cluster: Cluster) -> None:
    officer.open(f"/clusters/{cluster.pk}/people")
    officer.sees("Nobody has been appointed yet.")
    officer.look("people-empty")
    for role, name, school in (
        ("coordinator", "Cerys Coordinator", ""),
        ("link_adviser", "Ada Adviser", ""),
        ("link_adviser", "Ben Adviser", str(schools_of(cluster)[2])),
        ("clerk", "Cai Clerk", ""),
    ):
        officer.open(f"/clusters/{cluster.pk}/people/{role}/appoint")
        officer.fill("Name", name)
        if school:
            officer.choose("For which schools", school)
        officer.press("Appoint", within="main")
        officer.sees("The appointment is written down.")
    officer.open(f"/clusters/{cluster.pk}/people/coordinator/appoint")
    officer.press("Appoint", within="main")
    officer.sees("Enter the name of the person.")
    officer.look("appoint")


def six_agree_their_order(head, cluster: Cluster) -> None:
    head.open(f"/clusters/{cluster.pk}/rota")
    head.sees("The cluster has no rota for the chair.")
    head.follow("Start a rota")
    head.look("rota-start")
    head.tick("One meeting")
    head.page.get_by_label("From which day does the rota run?").fill(after(-150).isoformat())
    names = [str(school) for school in schools_of(cluster)]
    for name in names:
        head.choose(name, "Not in the rota")
    head.press("Start the rota")
    head.sees("Nobody would be in the rota.")
    for place, name in enumerate(names[:6], 1):
        head.choose(name, str(place))
    head.choose(names[5], "1")
    head.press("Start the rota")
    head.sees("Two schools have this place in the order.")
    head.choose(names[5], "6")
    head.press("Start the rota")
    head.sees("6 schools take turns, and no turn is planned.")


def a_year_is_planned(head, cluster: Cluster) -> None:
    days = [-145, -115, -85, -55, -25, 5, 35, 65, 95, 125, 155, 185]
    head.follow("Plan turns")
    head.look("rota-plan")
    head.fill("On which days does the cluster meet?", "\n".join(map(typed, days)))
    head.press("Plan these turns")
    head.sees("This day is in a school holiday")
    head.sees("Christmas")
    days[6] = 46
    head.fill("On which days does the cluster meet?", "\n".join([*map(typed, days), "soon"]))
    head.press("Plan these turns")
    head.sees("This line is not a day: soon.")
    head.fill("On which days does the cluster meet?", "\n".join(map(typed, days)))
    head.press("Plan these turns")
    head.sees("The turns are planned.")
    head.sees(EVENLY[0])
    assert [turn(n).school for n in range(6)] == schools_of(cluster)[:6]


def the_autumn_goes_by(head, cluster: Cluster) -> None:
    """Three turns are taken, one is missed, and in the fifth another school stands in."""
    fourth, last = schools_of(cluster)[3], schools_of(cluster)[5]
    for number in range(3):
        said_of(head, turn(number), str(turn(number).school))
    said_of(head, turn(3), "Nobody: the turn was missed", "The road was closed.")
    head.sees(f"Next in the chair: {fourth}")
    head.open(f"/clusters/turns/{turn(4).pk}/who")
    head.look("turn-who")
    head.tick("Another school stood in")
    head.press("Save")
    head.sees("Choose the school that stands in.")
    head.choose("Which other school?", str(last))
    head.press("Save")
    head.sees("Stood in")
    is_fair(head)


def said_of(head, which: RotaTurn, answer: str, because: str = "") -> None:
    head.open(f"/clusters/turns/{which.pk}/who")
    head.tick(answer)
    head.fill("Why?", because)
    head.press("Save")
    head.sees("It is written down.")


def is_fair(visitor) -> None:
    assert any(words in visitor.page.locator("main").inner_text() for words in EVENLY)


def two_swap_and_the_chair_is_appointed(head, cluster: Cluster) -> None:
    first, second = turn(6), turn(7)
    head.open(f"/clusters/turns/{first.pk}/swap")
    head.choose("Swap with which turn?", f"{in_words(second.start_on)}: {second.school}")
    head.press("Swap the turns")
    head.sees("Swapped by agreement.")
    assert turn(6).school == second.school
    head.open(f"/clusters/turns/{turn(5).pk}/chair")
    head.fill("E-mail address", "dilys@wolder.example")
    head.press("Appoint the chair")
    head.sees("Dilys Head")
    head.look("rota")


def a_head_leaves(officer, cluster: Cluster) -> None:
    """Dilys goes; her school has an acting head, who has no time for the chair this year."""
    school = schools_of(cluster)[3]
    officer.open(f"/schools/{school.pk}/headship/")
    officer.sees("Nobody has said who heads the school on this day.")
    officer.follow("Say who heads it")
    officer.tick("By a substantive head")
    assert officer.page.get_by_label("Name", exact=True).input_value() == "Dilys Head"
    officer.fill("Name", "")
    officer.fill("E-mail address", "")
    officer.press("Save", within="main")
    officer.sees("Enter the name of the head, or choose that it is vacant.")
    officer.fill("E-mail address", "dilys@wolder.example")
    officer.fill("From", after(-400).isoformat())
    officer.press("Save", within="main")
    officer.sees("Headed by: Dilys Head")
    officer.follow("Somebody else heads it")
    officer.tick("By an acting head")
    officer.fill("Name", "Delyth Deputy")
    officer.fill("From", timezone.localdate().isoformat())
    officer.press("Save", within="main")
    officer.sees("Headed by: Delyth Deputy (acting)")
    officer.look("headship")
    officer.open(f"/clusters/{cluster.pk}/rota/leave")
    officer.choose("Which school?", str(school))
    officer.fill("From which day?", timezone.localdate().isoformat())
    officer.press("Take the school out of the rota")
    officer.sees("the others have moved up")
    assert not RotaTurn.objects.filter(school=school, taken=None).exists()
    is_fair(officer)


def a_school_joins(officer, cluster: Cluster) -> None:
    seventh = schools_of(cluster)[6]
    officer.open(f"/clusters/{cluster.pk}/rota/join")
    officer.choose("Which school?", str(seventh))
    officer.fill("From which day?", after(50).isoformat())
    officer.press("Take the school into the rota")
    officer.sees("The school is in the rota.")
    is_fair(officer)
    assert RotaTurn.objects.filter(school=seventh).exists()
    officer.look("rota-changed")


def nobody_has_two_turns_more(cluster: Cluster) -> None:
    rota = cluster.rotas.get()
    found = [each for each in tallies(seats_of(rota), turns_of(rota)) if each.seat.end_on is None]
    totals = [each.total for each in found]
    assert len(totals) == 6
    assert max(totals) - min(totals) <= 1


def a_second_chair_is_refused(officer, cluster: Cluster) -> None:
    assert not cluster.appointments.filter(role="chair").exists()  # her turn went with her school's
    officer.open(f"/clusters/turns/{turn(5).pk}/chair")
    officer.fill("Name", "Elin Head")
    officer.press("Appoint the chair")
    officer.sees("The chair is appointed for this turn.")
    officer.open(f"/clusters/{cluster.pk}/people/chair/appoint")
    officer.fill("Name", "Ffion Head")
    officer.choose("From which school", str(schools_of(cluster)[5]))
    officer.fill("From", after(5).isoformat())
    officer.press("Appoint", within="main")
    officer.sees("Somebody holds this role for part of that time, and there is one at a time.")
    assert officer.page.get_by_label("Name", exact=True).input_value() == "Ffion Head"


def a_successor_takes_over(officer, cluster: Cluster) -> None:
    officer.open(f"/clusters/{cluster.pk}/people")
    officer.look("people")
    officer.page.get_by_role("link", name=re.compile("^Ada Adviser")).click()
    officer.sees("One role is held today.")
    officer.look("hand-over")
    officer.fill("Name", "Nia Newcomer")
    officer.press("Hand over what is ticked")
    officer.sees("The end is not after the start.")  # she began only today
    officer.fill("From which day?", after(30).isoformat())
    officer.press("Hand over what is ticked")
    officer.sees("Handed over: 1.")
    officer.open("/clusters/vacancies")
    officer.sees("Link person of a school")
    officer.look("vacancies")


def test_six_heads_take_turns(visit, wolds):
    officer, head = visit(), visit()
    officer.sign_in("olwen@wolder.example")
    people_are_appointed(officer, wolds)
    head.sign_in("ann@wolder.example")
    six_agree_their_order(head, wolds)
    a_year_is_planned(head, wolds)
    the_autumn_goes_by(head, wolds)
    two_swap_and_the_chair_is_appointed(head, wolds)
    a_head_leaves(officer, wolds)
    a_school_joins(officer, wolds)
    nobody_has_two_turns_more(wolds)
    a_second_chair_is_refused(officer, wolds)
    a_successor_takes_over(officer, wolds)


def test_a_head_reads_and_marks_the_rota_on_a_phone_without_javascript(visit, wolds):
    from clusterwork.clusters.services.rotas import start_rota
    from clusterwork.clusters.services.turns import plan_turns

    olwen = Person.objects.get(email="olwen@wolder.example")
    who = {"person": olwen, "day": timezone.localdate(), "cluster_pk": wolds.pk}
    start_rota(**who, unit="meeting", start_on=after(-60), schools=schools_of(wolds)[:6])
    plan_turns(**who, days=[after(-20), after(10), after(50)])
    head = visit(script=False, width=320)
    head.sign_in("bethan@wolder.example")
    head.open(f"/clusters/{wolds.pk}/rota")
    head.sees(f"Next in the chair: {schools_of(wolds)[1]}")
    head.follow("Who took it")
    head.tick(str(schools_of(wolds)[0]))
    head.press("Save")
    head.sees("Taken")
    head.open("/clusters/hand-over")
    head.sees("You hold no role in a cluster today.")
