"""Special schools form their own: the EAS clusters report, 4.1.3, on the region's real register.

Special schools and pupil referral units of five authorities, left out of every pyramid, form a
cluster themselves and ask the consortium to recognise it. A unit that no register knows is entered
by hand. It is returned once with reasons, worded anew, agreed to anew, and recognised.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import (
    Cluster,
    Founding,
    FoundingSchool,
    Membership,
    Participation,
    Programme,
)
from clusterwork.clusters.services.founding_answers import answer_founding
from clusterwork.registry.models import Authority, OrganisationKind, School
from clusterwork.registry.services.imports import import_register
from clusterwork.registry.services.settings import enter_by_hand
from tests.journeys.people import a_person, an_organisation
from tests.journeys.real_data import real
from tests.journeys.test_signing_in import letters  # noqa: F401 - a fixture
from tests.journeys.visitor import SCREENS

pytestmark = [pytest.mark.browser, pytest.mark.real_data]

FORMED, LAST_YEAR = dt.date(2020, 9, 1), dt.date(2025, 9, 1)
SPECIAL = {
    "trinity": "Trinity Fields School",
    "penycwm": "Pen-y-cwm Special School",
    "river": "The River Centre 3-16 Learning Community",
    "crownbridge": "Crownbridge Special School",
    "maes": "Maes Ebbw School",
    "bryn": "Ysgol Bryn Derw",
}
AREAS = ("Caerphilly", "Blaenau Gwent", "Torfaen", "Newport")
FIFTH = "Monmouthshire referral unit"
FIRST = "To moderate together."
SECOND = "To moderate together, so that each pupil’s progress is seen and compared fairly."
YES, NO = "Yes, we join and agree to this purpose", "No, we do not join"


@pytest.fixture
def region(visit):
    """The consortium, its five authorities, a unit by hand in four, heads in all but one."""
    file = real("wales_sewales_schools.csv.gz")
    import_register(file, source="wales", by=None, today=timezone.localdate())
    made = an_organisation("Education Achievement Service", kind=OrganisationKind.CONSORTIUM)
    made.authorities.set(Authority.objects.all())
    a_person("olwen@rhanbarth.example", "Olwen", "programme_officer", organisation=made)
    for word, name in SPECIAL.items():
        if word != "bryn":
            head_of(School.objects.get(name=name), word)
    for area in AREAS:
        head_of(a_unit(f"{area} referral unit", area), area.split()[0].lower())
    closed = a_unit("Mounton House School", "Monmouthshire", phase="special")
    School.objects.filter(pk=closed.pk).update(status="closed", closed_on=dt.date(2020, 8, 31))
    a_local_cluster(made)
    return made


def a_unit(name: str, area: str, phase: str = "referral_unit") -> School:
    """Without an official number."""
    authority = Authority.objects.get(name=area)
    return enter_by_hand(authority=authority, name=name, phase=phase, by=None)


def head_of(school: School, word: str) -> None:
    a_person(f"{word}@school.example", f"Head of {school.name}", "headteacher", school=school)


def a_local_cluster(region) -> None:
    """Crownbridge is in a local cluster, whose programme allows a school one."""
    local = Cluster.objects.create(
        organisation=region, working_name="Cwmbran", start_on=FORMED, status="active"
    )
    school = School.objects.get(name=SPECIAL["crownbridge"])
    Membership.objects.create(cluster=local, school=school, start_on=FORMED)
    programme = Programme.objects.create(
        organisation=region, name="Cluster plans", starts_on=FORMED, one_cluster_a_school=True
    )
    Participation.objects.create(cluster=local, programme=programme, start_on=FORMED)


def come(visit, email: str, width: int = 1200):
    visitor = visit(width=width)
    visitor.sign_in(email if "@" in email else f"{email}@school.example")
    return visitor


def page(rest: str = "") -> str:
    return f"/clusters/founding/{Founding.objects.get().pk}/{rest}"


def look_here(visitor, name: str) -> None:
    """Without loading the page again, which would lose what was refused."""
    visitor.check(name, SCREENS / f"{name}.png")


def begin(head) -> None:
    """Named after a school at first, which is refused; what was typed is kept."""
    head.open("/clusters/founding/")
    head.look("foundings-none")
    head.follow("Begin to form a cluster")
    head.sees("2 of 4 answers are known already")
    head.fill("What is the cluster for?", FIRST)
    head.fill("Working name", "Crownbridge Special School")
    head.press("Begin, and invite schools")
    head.sees("The working name is the name of a school.")
    look_here(head, "founding-new-refused")
    head.fill("Working name", "Gwent special provision")
    head.press("Begin, and invite schools")
    head.sees("Each head who has a sign-in gets a letter")


def find(head, words: str = "", phase: str = "All phases") -> None:
    head.fill("Name, place or number", words)
    head.choose("Phase", phase)
    head.press("Find schools")


def button_for(name: str) -> re.Pattern[str]:
    """The button's own name, of which the second part is hidden from sight."""
    return re.compile(rf"Invite\s*: {re.escape(name)}")


def invite(head, *names: str) -> None:
    for name in names:
        head.press(button_for(name))
        head.sees(f"Invited: {name}")


def invite_schools_and_units(head) -> None:
    """A closed one cannot be; one that was invited in another window is refused."""
    find(head, phase="Special")
    closed = head.page.get_by_role("row", name=re.compile("Mounton House"))
    assert "Closed" in closed.inner_text()
    assert closed.get_by_role("button").count() == 0
    stale = head.page.context.new_page()
    stale.goto(head.page.url)
    invite(head, *(name for word, name in SPECIAL.items() if word != "trinity"))
    head.look("founding-invite")
    stale.get_by_role("button", name=button_for(SPECIAL["maes"])).click()
    assert "This school is invited already: Maes Ebbw School." in stale.inner_text("main")
    stale.close()
    find(head, phase="Pupil referral unit")
    invite(head, *(f"{area} referral unit" for area in AREAS))
    find(head, words=FIFTH)
    head.sees("No school fits.")


def enter_the_fifth(officer, head) -> None:
    """The officer enters the unit that no register knows; then it can be invited."""
    officer.open("/schools/settings/new/")
    officer.fill("Name", FIFTH)
    officer.choose("Authority", "Monmouthshire")
    officer.tick("Pupil referral unit")
    officer.press("Enter the setting")
    officer.sees(FIFTH)
    head_of(School.objects.get(name=FIFTH), "monmouth")
    find(head, words=FIFTH)
    invite(head, FIFTH)


def ask_too_early(head) -> None:
    """With nobody agreed the step is no link, and its page refuses."""
    head.open(page())
    head.sees("One school agrees. 10 have not answered.")
    head.look("founding-gathering")
    head.open(page("ask/"))
    head.press("Send to the organisation")
    head.sees("Too few schools have agreed")
    assert Founding.objects.get().state == "gathering"
    head.was_refused(409)


def by_link(visit, letter, email: str, choice: str, note: str = "") -> None:
    """On a phone, without signing in; the link answers once."""
    subject, text = letter(email)
    assert "Gwent special provision" in subject
    address = next(line for line in text.splitlines() if line.startswith("http"))
    phone = visit(width=390)
    phone.page.goto(address)
    phone.sees("Your school is invited to form a cluster with others.")
    phone.look("founding-answer")
    phone.tick(choice)
    phone.fill("Anything that the others should know", note)
    phone.press("Send your school’s answer")
    phone.sees("Next, the school that began asks for recognition.")
    phone.page.goto(address)
    phone.sees("This link no longer works.")
    phone.was_refused(404)


def answer_for(*words: str) -> None:
    """The other heads join too, in the same way."""
    founding = Founding.objects.get()
    for word in words:
        person = Person.objects.get(email=f"{word}@school.example")
        answer_founding(
            person=person,
            day=timezone.localdate(),
            now=timezone.now(),
            pk=founding.pk,
            school_pk=person.roles.get().school_id,
            reply="joins",
            seen=founding.purpose_number,
        )


UNITS = ("caerphilly", "blaenau", "torfaen", "newport", "monmouth")


def ask(head) -> None:
    head.open(page())
    head.follow("Ask for recognition")
    head.look("founding-ask")
    head.press("Send to the organisation")
    head.sees("It is sent.")


def return_it(officer) -> None:
    """Without reasons it is not returned."""
    officer.open("/clusters/founding/")
    officer.look("foundings")
    officer.follow("Gwent special provision")
    officer.follow("Recognise or return it")
    officer.look("founding-decide")
    officer.tick("Return it with reasons")
    officer.press("Decide and tell the schools")
    officer.sees("Write what the schools would have to change.")
    officer.fill("If you return it, what would have to change?", "Say how pupils gain.")
    officer.press("Decide and tell the schools")
    officer.sees("It is returned")


def word_it_anew(head, crownbridge) -> None:
    head.open(page())
    head.sees("Say how pupils gain.")
    head.look("founding-returned")
    head.follow("Agree what it is for")
    head.sees("7 schools have joined. They are asked again whether they agree.")
    head.fill("What is the cluster for?", SECOND)
    head.press("Change it and ask the schools again")
    head.sees("One school agrees. 9 have not answered.")
    crownbridge.open("/clusters/founding/")
    crownbridge.sees("Asked again")
    school = School.objects.get(name=SPECIAL["crownbridge"])
    crownbridge.open(page(f"schools/{school.pk}/"))
    crownbridge.sees("The purpose has changed since your school joined.")
    crownbridge.tick(YES)
    crownbridge.press("Send your school’s answer")
    crownbridge.sees("2 schools agree.")


def recognise(officer) -> None:
    """In the programme that allows one cluster it is refused by name; without it, it is not.

    The same decision from another window comes too late.
    """
    officer.open(page("decide/"))
    late = officer.page.context.new_page()
    late.goto(officer.page.url)
    officer.sees("One of them is in another cluster too.")
    officer.tick("Recognise the cluster")
    officer.choose("Which programme does it take part in?", "Cluster plans")
    officer.press("Decide and tell the schools")
    officer.sees("Crownbridge Special School: Cwmbran")
    look_here(officer, "founding-decide-refused")
    officer.choose("Which programme does it take part in?", "None for now")
    officer.press("Decide and tell the schools")
    officer.sees("The cluster is recognised, and its schools are told.")
    late.get_by_label("Recognise the cluster").check()
    late.get_by_role("button", name="Decide and tell the schools").click()
    assert "This cluster is recognised already." in late.inner_text("main")
    late.close()


def test_special_schools_form_their_own(visit, region, letters):  # noqa: F811
    head = come(visit, "trinity")
    officer = come(visit, "olwen@rhanbarth.example")
    begin(head)
    invite_schools_and_units(head)
    enter_the_fifth(officer, head)
    ask_too_early(head)
    by_link(visit, letters, "crownbridge@school.example", YES)
    by_link(visit, letters, "penycwm@school.example", NO, "Not this year.")
    answer_for("maes", *UNITS)
    ask(head)
    return_it(officer)
    word_it_anew(head, come(visit, "crownbridge", width=390))
    answer_for("maes", *UNITS)
    ask(head)
    recognise(officer)

    cluster = Cluster.objects.get(working_name="Gwent special provision")
    assert cluster.status == "recognised"
    assert cluster.memberships.count() == 8
    areas = set(cluster.memberships.values_list("school__authority__name", flat=True))
    assert areas == {*AREAS, "Monmouthshire"}
    assert not FoundingSchool.objects.get(school__name="Ysgol Bryn Derw").reply
    officer.open("/clusters/figures/clusters/")
    officer.sees("Bottom-up, Voluntary")
    officer.sees("Cross-phase")
    officer.look("clusters-characteristics")
