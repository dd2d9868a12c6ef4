"""What a school says of its partnerships: one main one, the others in a line each."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from clusterwork.accounts.models import Delegation, Person, Role
from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Cluster, Membership, StatedPartnership
from clusterwork.clusters.models.standing import Formality
from clusterwork.clusters.rules.stated import Turn, turn_of
from clusterwork.clusters.selectors.stated import has_lapsed, lines_for_main, main_on, stated_on
from clusterwork.clusters.services.refusals import EndsBeforeItStarts
from clusterwork.clusters.services.stated import (
    BeganLater,
    CategoryMissing,
    EndedAlready,
    NotInThisPartnership,
    NotYet,
    PartnershipUnnamed,
    SinceWhen,
    StatedAlready,
    StatedFacts,
    add_partnership,
    correct_partnership,
    end_partnership,
    state_main,
)
from clusterwork.clusters.tests.made import TODAY, authority, officer, organisation, school
from clusterwork.kernel.errors import NotAllowed
from clusterwork.registry.models import Affiliation, Partnership

pytestmark = pytest.mark.django_db

LONG_AGO, LAST_YEAR = dt.date(2020, 9, 1), dt.date(2025, 9, 1)
YESTERDAY = TODAY - dt.timedelta(1)


def person(name, **role):
    made = Person.objects.create_user(f"{name.lower()}@example.org", "x" * 20, name=name)
    if role:
        Role.objects.create(person=made, start_on=LONG_AGO, **role)
    return made


class Denton:
    """The Denton and Harlaxton federation, whose schools are in a cluster too."""

    def __init__(self):
        county = authority()
        self.council = organisation()
        self.council.authorities.add(county)
        self.school = school(county, 120_518, "Denton CofE School")
        other = school(county, 120_525, "Harlaxton CofE School")
        self.head = person("Head", kind="headteacher", school=self.school)
        self.federation = Partnership.objects.create(kind="federation", name="Denton and Harlaxton")
        self.cluster = Cluster.objects.create(
            organisation=self.council, working_name="Grantham", start_on=LONG_AGO
        )
        for each in (self.school, other):
            Affiliation.objects.create(school=each, partnership=self.federation, start_on=LAST_YEAR)
            Membership.objects.create(
                cluster=self.cluster, school=each, start_on=LONG_AGO, memorandum_signed_on=LONG_AGO
            )

    @property
    def asked(self):
        return {"person": self.head, "day": TODAY, "school_pk": self.school.pk}

    def state(self, line, **facts):
        return state_main(**self.asked, line=line, facts=StatedFacts(**facts))

    def add(self, line="name", **facts):
        return add_partnership(**self.asked, line=line, facts=StatedFacts(**facts))


@pytest.fixture
def denton():
    return Denton()


class TestWhatIsKnown:
    def test_is_offered_and_never_typed(self, denton):
        hers, shared = lines_for_main(denton.school, TODAY)
        assert (hers.name, hers.since, hers.category) == ("Grantham", LONG_AGO, 2)
        assert hers.signed_on == LONG_AGO
        assert (shared.name, shared.category) == ("Denton and Harlaxton", 5)

    def test_gives_name_and_kind_to_the_main_one(self, denton):
        key = lines_for_main(denton.school, TODAY)[1].key
        stated = denton.state(key, name="Something else", formality=5)
        assert (stated.name, stated.kind) == ("Denton and Harlaxton", "federation")
        assert stated.partnership == denton.federation

    def test_is_refused_where_the_school_is_not_in_it(self, denton):
        with pytest.raises(NotInThisPartnership):
            denton.state("cluster:999999", formality=2)

    def test_has_lapsed_once_the_school_has_left(self, denton):
        stated = denton.state(f"cluster:{denton.cluster.pk}", formality=2)
        assert not has_lapsed(stated, TODAY)
        Membership.objects.filter(school=denton.school).update(end_on=TODAY)
        assert has_lapsed(stated, TODAY)


class TestTheMainPartnership:
    def test_is_one_and_the_next_ends_it(self, denton):
        first = denton.state("name", name="The Fosse partners", kind="network", formality=2)
        second = denton.state("name", name="Hand in hand", formality=5, start_on=LAST_YEAR)
        first.refresh_from_db()
        assert first.end_on == LAST_YEAR
        assert main_on(denton.school, TODAY) == second
        assert main_on(denton.school, LAST_YEAR - dt.timedelta(1)) == first

    def test_needs_the_day_of_a_change(self, denton):
        denton.state("name", name="One", formality=2)
        with pytest.raises(SinceWhen):
            denton.state("name", name="Two", formality=2)

    def test_does_not_begin_before_the_one_so_far(self, denton):
        denton.state("name", name="One", formality=2, start_on=YESTERDAY)
        with pytest.raises(BeganLater):
            denton.state("name", name="Two", formality=2, start_on=LAST_YEAR)

    def test_of_the_same_day_replaces_a_slip(self, denton):
        slip = denton.state(f"cluster:{denton.cluster.pk}", formality=2, start_on=TODAY)
        right = denton.state("name", name="Two", formality=3, start_on=TODAY)
        assert right.pk == slip.pk
        assert (right.name, right.cluster) == ("Two", None)

    def test_may_be_none(self, denton):
        stated = denton.state("none", formality=Formality.NONE, start_on=LAST_YEAR)
        assert (stated.name, stated.is_main) == ("", True)

    @pytest.mark.parametrize(("line", "category"), [("none", 2), ("name", 1), ("name", None)])
    def test_needs_the_category_that_fits(self, denton, line, category):
        with pytest.raises(CategoryMissing):
            denton.state(line, name="One", formality=category)

    def test_needs_a_name(self, denton):
        with pytest.raises(PartnershipUnnamed):
            denton.state("name", name="  ", formality=2)

    def test_does_not_begin_tomorrow(self, denton):
        with pytest.raises(NotYet):
            denton.state("name", name="One", formality=2, start_on=TODAY + dt.timedelta(1))

    def test_is_once_at_a_time_in_the_database_too(self, denton):
        denton.state("name", name="One", formality=2)
        same = {"school": denton.school, "is_main": True, "start_on": TODAY}
        refused = pytest.raises(IntegrityError, match="stated_partnership_one_main")
        with refused, transaction.atomic():
            StatedPartnership.objects.create(**same, name="Two")

    def test_is_recorded_at_the_school(self, denton):
        denton.state("name", name="One", formality=2)
        (entry,) = entries_about(denton.school)
        assert entry.verb == "partnership.main"


class TestTheOthers:
    def test_stand_in_a_line_each(self, denton):
        denton.add(name="Business partners", kind="business_services", what_for="One manager")
        denton.add(name="Sports", what_for="Joint days", start_on=LAST_YEAR)
        assert stated_on(denton.school, TODAY).filter(is_main=False).count() == 2

    def test_are_not_stated_twice(self, denton):
        denton.add(name="Sports")
        with pytest.raises(StatedAlready):
            denton.add(name="sports")

    def test_say_what_a_known_one_is_for(self, denton):
        line = denton.add(f"cluster:{denton.cluster.pk}", what_for="Moderation")
        assert (line.name, line.cluster) == ("Grantham", denton.cluster)
        with pytest.raises(StatedAlready):
            denton.add(f"cluster:{denton.cluster.pk}", what_for="Again")

    def test_may_become_the_main_one(self, denton):
        denton.add(name="Sports", kind="network")
        key = lines_for_main(denton.school, TODAY)[-1].key
        assert denton.state(key, formality=2).name == "Sports"
        assert stated_on(denton.school, TODAY).count() == 1


class TestPuttingRight:
    def test_keeps_what_it_names(self, denton):
        stated = denton.state(f"cluster:{denton.cluster.pk}", formality=2)
        facts = StatedFacts(name="X", formality=3, signed_on=LAST_YEAR)
        right = correct_partnership(person=denton.head, day=TODAY, pk=stated.pk, facts=facts)
        assert (right.name, right.formality, right.signed_on) == ("Grantham", 3, LAST_YEAR)

    def test_of_a_start_that_meets_an_earlier_one_is_refused(self, denton):
        denton.state("name", name="One", formality=2, start_on=LONG_AGO)
        second = denton.state("name", name="Two", formality=2, start_on=LAST_YEAR)
        facts = StatedFacts(name="Two", formality=2, start_on=LONG_AGO)
        with pytest.raises(BeganLater):
            correct_partnership(person=denton.head, day=TODAY, pk=second.pk, facts=facts)

    def test_ends_it_once(self, denton):
        line = denton.add(name="Sports", start_on=LAST_YEAR)
        asked = {"person": denton.head, "day": TODAY, "pk": line.pk}
        with pytest.raises(EndsBeforeItStarts):
            end_partnership(**asked, on=LAST_YEAR)
        with pytest.raises(NotYet):
            end_partnership(**asked, on=TODAY + dt.timedelta(1))
        assert end_partnership(**asked, on=TODAY).end_on == TODAY
        with pytest.raises(EndedAlready):
            end_partnership(**asked, on=TODAY)


class TestWhoSaysSo:
    def test_whom_the_head_named(self, denton):
        clerk = person("Clerk", kind="school_staff", school=denton.school)
        with pytest.raises(NotAllowed):
            add_partnership(**{**denton.asked, "person": clerk}, line="name", facts=StatedFacts())
        Delegation.objects.create(
            school=denton.school, named_by=denton.head, person=clerk, start_on=LONG_AGO
        )
        facts = StatedFacts(name="Sports")
        assert add_partnership(**{**denton.asked, "person": clerk}, line="name", facts=facts)

    def test_officers_for_schools_of_their_authorities(self, denton):
        facts = StatedFacts(name="Sports")
        theirs = {**denton.asked, "person": officer(denton.council), "line": "name"}
        assert add_partnership(**theirs, facts=facts)
        other = officer(organisation("Rutland"), "Rhys")
        with pytest.raises(NotAllowed, match="headteacher"):
            add_partnership(**{**theirs, "person": other}, facts=facts)

    def test_not_the_head_of_another_school(self, denton):
        stated = denton.add(name="Sports")
        with pytest.raises(NotAllowed):
            end_partnership(person=person("Eve"), day=TODAY, pk=stated.pk, on=TODAY)


class TestTheTurn:
    @pytest.mark.parametrize(
        ("had", "began", "starts", "turn"),
        [
            (False, None, None, Turn.FIRST),
            (True, None, LAST_YEAR, Turn.ENDS),
            (True, LONG_AGO, LAST_YEAR, Turn.ENDS),
            (True, LAST_YEAR, LAST_YEAR, Turn.REPLACED),
            (True, LAST_YEAR, LONG_AGO, Turn.TOO_EARLY),
            (True, LONG_AGO, None, Turn.NEEDS_DAY),
        ],
    )
    def test_by_the_two_days(self, had, began, starts, turn):
        assert turn_of(had, began, starts) is turn
