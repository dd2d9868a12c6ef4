"""Two heads ask to move, one declines: Small rural schools' clusters as they were negotiated.

An officer of Lincolnshire asks small primaries first, takes a wish up, puts a proposal to them,
and reads what they answer; then moves, replies, proposes again, and confirms.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import re
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Formation, ProposedPlace, Round, Wish
from clusterwork.clusters.services.answers import answer_place
from clusterwork.clusters.services.asking import answer_asking
from clusterwork.clusters.services.formations import choose_schools, start_formation
from clusterwork.clusters.services.programmes import ProgrammeFacts, start_programme
from clusterwork.registry.models import Authority, School
from clusterwork.registry.services.imports import import_register
from tests.journeys.after_the_answers import after_the_answers
from tests.journeys.people import LONG_AGO, a_person, an_organisation
from tests.journeys.post import Post
from tests.journeys.real_data import real
from tests.journeys.visitor import PASSWORD, SCREENS, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.real_data]
N_SCHOOLS = 20


@dataclass
class Story:
    """Who and what the journey is about, as far as it has come."""

    officer: Visitor
    person: Person
    formation: Formation
    schools: list[School]
    heads: dict[int, Person]
    post: Post
    movers: list[School] = field(default_factory=list)
    decliner: School | None = None

    def put(self) -> Round:
        """The round that was put last."""
        return self.formation.rounds.select_related("proposal")[0]


@pytest.fixture
def story(visit, house, tmp_path_factory) -> Story:
    """Twenty small primaries of one corner of the real county, each with its head."""
    load_lincolnshire()
    council = an_organisation("Lincolnshire County Council", colour="#1d70b8", is_welsh=True)
    council.authorities.add(Authority.objects.get(code="925"))
    olwen = a_person("olwen@county.example", "Olwen", "programme_officer", organisation=council)
    schools = small_neighbours()
    formation = an_exercise(olwen, council, schools)
    officer = visit()
    officer.sign_in("olwen@county.example")
    folder = max(tmp_path_factory.getbasetemp().glob("house*")) / "mail"
    return Story(officer, olwen, formation, schools, heads_of(schools), Post(folder))


def load_lincolnshire() -> None:
    """The county's own rows of the register of England."""
    with gzip.open(real("gias_england_20220425.csv.gz"), "rt", encoding="utf-8-sig") as file:
        header, *rows = csv.reader(file)
    at = header.index("LA (code)")
    out = io.StringIO()
    csv.writer(out).writerows([header, *(row for row in rows if row[at] == "925")])
    told = {"source": "gias", "by": None, "today": timezone.localdate()}
    as_at = dt.date(2022, 4, 25)
    import_register(io.BytesIO(out.getvalue().encode()), as_at=as_at, name="925.csv", **told)


def small_neighbours() -> list[School]:
    """The small primaries nearest to Corby Glen's."""
    centre = School.objects.get(name="Corby Glen Community Primary School")
    small = School.objects.filter(phase="primary", status="open", censuses__pupils__lte=150)
    places = [each for each in small.distinct() if each.easting is not None]

    def away(each: School) -> float:
        east, north = each.easting - centre.easting, each.northing - centre.northing
        return east * east + north * north

    return sorted(places, key=away)[:N_SCHOOLS]


def heads_of(schools: list[School]) -> dict[int, Person]:
    """A head for each school, all with one password that is hashed once."""
    password = make_password(PASSWORD, hasher="scrypt")
    heads = {}
    for number, each in enumerate(schools):
        person = Person.objects.create(
            email=f"head{number}@school.example", name=f"Head {number}", password=password
        )
        Role.objects.create(person=person, kind="headteacher", school=each, start_on=LONG_AGO)
        heads[each.pk] = person
    return heads


def an_exercise(officer: Person, council, schools: list[School]) -> Formation:
    day = timezone.localdate()
    facts = ProgrammeFacts(
        name="Small schools together", name_cy="", starts_on=dt.date(day.year + 1, 9, 1),
        ends_on=None,
    )  # fmt: skip
    programme = start_programme(person=officer, day=day, organisation=council, facts=facts)
    formation = start_formation(
        person=officer, day=day, programme_pk=programme.pk, name="Corby Glen and around",
        kind=Formation.Kind.NEIGHBOURHOOD,
    )  # fmt: skip
    ids = [each.pk for each in schools]
    choose_schools(person=officer, day=day, pk=formation.pk, school_ids=ids)
    return formation


def up_to_the_answers(story: Story, visit) -> None:
    """Ask first, take a wish up, propose, put the proposal, and let every school answer."""
    ask_first(story)
    say_a_wish(story, visit)
    take_the_wish_up(story)
    propose(story)
    put_to_the_schools(story)
    let_two_ask_to_move_and_one_decline(story, visit)
    let_the_others_accept(story)
    read_the_answers(story)


def ask_first(story: Story) -> None:
    officer = story.officer
    officer.open(f"/programmes/forming/{story.formation.pk}/")
    officer.look("formation-to-ask")
    officer.follow("Ask the schools first")
    officer.look("schools-answers-empty")
    officer.follow("Ask the schools first")
    officer.look("ask-schools")
    officer.press("Ask the schools and write to their headteachers")
    officer.sees("The schools have been asked.")
    officer.sees("0 of 20 schools have answered.")


def say_a_wish(story: Story, visit) -> None:
    """One head answers by the link of her letter, on her phone; two others when signed in."""
    first, second = story.schools[:2]
    head = visit(width=375)
    link = story.post.link_to(story.heads[first.pk].email, "Two questions")
    head.open(link)
    head.look("asked-by-link")
    line = head.page.locator("fieldset", has=head.page.get_by_text("Wishes to be with, School 1"))
    line.get_by_label("School, by name or number").fill(str(second.urn))
    line.get_by_label("Why?").fill("We share a hall and a minibus.")
    head.press("Send the answer to the programme officers")
    head.sees("Your answer is recorded")
    head.check("asked-done")
    asked = story.formation.askings.get().asked
    for each in story.schools[1:4]:
        answer_asking(
            person=story.heads[each.pk], now=timezone.now(), pk=asked.get(school=each).pk, lines=[]
        )


def take_the_wish_up(story: Story) -> None:
    officer = story.officer
    officer.page.reload()
    officer.sees("4 of 20 schools have answered. One wish is to be decided.")
    officer.press("Close the asking")
    officer.sees("The wishes can be decided now.")
    officer.look("asking")
    officer.page.get_by_role("link", name=re.compile("^Decide ")).click()
    officer.look("wish")
    officer.page.get_by_label("Decide it: every proposal keeps them together").check()
    officer.press("Decide")
    officer.sees("0 wishes are to be decided.")
    assert Wish.objects.get().decision == Wish.Decision.LOCKED


def propose(story: Story) -> None:
    officer = story.officer
    officer.open(f"/programmes/forming/{story.formation.pk}/propose")
    officer.fill("Seconds at most", "5")
    officer.press("Propose clusters")
    officer.sees(re.compile("clusters? of"), seconds=60)


def put_to_the_schools(story: Story) -> None:
    officer = story.officer
    officer.open(f"/programmes/forming/{story.formation.pk}/answers")
    officer.look("schools-answers")
    officer.follow("Put proposal 1 to the schools")
    officer.look("round-new")
    officer.fill(
        "What do you want to tell the schools?",
        "Nothing is decided. Tell us whether this fits your school.",
    )
    officer.press("Put the proposal to the schools")
    officer.sees("The proposal is with the schools.")
    officer.sees("0 of 20 schools have answered.")
    places = list(places_by_cost(story.put()))
    story.movers = [place.school for place in places[:2]]
    story.decliner = places[-1].school


def places_by_cost(found: Round) -> list[ProposedPlace]:
    """Members that could move by themselves, the cheapest first; no hub and none that is locked."""
    rows = found.proposal.places.filter(cluster__isnull=False).select_related("school", "cluster")
    free = [
        row
        for row in rows
        if row.reason["next_best"]
        and row.reason["next_best"]["allowed"]
        and row.cluster.hub_id != row.school_id
        and not row.reason["held_by"]
    ]
    return sorted(free, key=lambda row: row.cost_of_moving)


def let_two_ask_to_move_and_one_decline(story: Story, visit) -> None:
    first, second = story.movers
    on_the_phone(story, visit, first)
    signed_in(story, visit, second)
    decline(story, visit)


def on_the_phone(story: Story, visit, school: School) -> None:
    """The first opens her letter on the phone, and asks to move without signing in."""
    head = visit(width=375)
    head.open(story.post.link_to(story.heads[school.pk].email, "Your school's place"))
    head.sees("Your partners in cluster")
    head.look("own-place-by-link")
    head.page.get_by_label("Ask to move").check()
    where = head.page.get_by_label("Where to?")
    where.select_option(index=1)
    head.page.get_by_label("Why?").fill("Our children go on to the same secondary school.")
    head.check("own-place-asking-to-move", SCREENS / "own-place-asking-to-move.png")
    head.press("Send the answer to the programme officers")
    head.sees("Your answer is recorded")


def signed_in(story: Story, visit, school: School) -> None:
    """The second signs in, accepts, thinks again, and asks to move."""
    head = visit()
    head.sign_in(story.heads[school.pk].email)
    head.open("/asked/")
    head.look("asked-of-you")
    head.follow(str(school))
    head.look("own-place")
    head.page.get_by_label("Accept", exact=True).check()
    head.press("Send the answer to the programme officers")
    head.sees("Your answer is recorded.")
    head.page.get_by_label("Ask to move").check()
    head.page.get_by_label("Why?").fill("It is too far for the staff.")
    head.press("Send the answer to the programme officers")
    head.sees("Earlier answers")
    head.look("own-place-answered")
    head.follow("All clusters of the proposal")
    head.sees("The tenth of schools with the longest journeys")
    head.page.wait_for_selector("[data-idle]")
    head.look("whole-round")


def decline(story: Story, visit) -> None:
    assert story.decliner
    head = visit()
    head.open(story.post.link_to(story.heads[story.decliner.pk].email, "Your school's place"))
    head.page.get_by_label("Decline").check()
    head.page.get_by_label("Your reason").fill("We are well served by our federation.")
    head.press("Send the answer to the programme officers")
    head.sees("Your answer is recorded")
    head.page.go_back()
    head.page.reload()
    head.sees("This link no longer works.")
    head.was_refused(404)


def let_the_others_accept(story: Story) -> None:
    found = story.put()
    answered = set(found.answers.values_list("school_id", flat=True))
    for each in story.schools:
        if each.pk not in answered:
            answer_place(
                person=story.heads[each.pk], now=timezone.now(), round_pk=found.pk,
                school_pk=each.pk, kind="accept",
            )  # fmt: skip


def read_the_answers(story: Story) -> None:
    officer = story.officer
    officer.open(f"/programmes/forming/rounds/{story.put().pk}/")
    officer.sees("20 of 20 schools have answered: 17 accept; 2 ask to move; one declines.")
    officer.look("round")
    officer.follow("Ask to move (2)")
    officer.follow(str(story.movers[1]))
    officer.sees("Earlier answer: 1")
    officer.look("round-school")


def test_two_heads_ask_to_move_one_declines(story, visit):
    up_to_the_answers(story, visit)
    after_the_answers(story)
