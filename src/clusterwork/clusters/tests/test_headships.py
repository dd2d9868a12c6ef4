"""Who heads a school: substantive, acting, executive over several, vacant; dated."""

import pytest
from django.db import IntegrityError, transaction

from clusterwork.clusters.models import Headship
from clusterwork.clusters.selectors.headships import (
    also_headed,
    executive_heads,
    headships_of,
    headships_on,
)
from clusterwork.clusters.services.appointing import SchoolHasClosed
from clusterwork.clusters.services.headships import (
    HeadNotSaid,
    HeadsAlready,
    HeadshipFacts,
    HeadTwice,
    NoSchoolChosen,
    begin_headship,
    correct_headship,
    take_back_headship,
)
from clusterwork.clusters.services.refusals import EndsBeforeItStarts
from clusterwork.clusters.tests.made import officer as an_officer
from clusterwork.clusters.tests.made import organisation
from clusterwork.clusters.tests.made_people import TODAY, Six, a_person, day
from clusterwork.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def six():
    return Six()


def begin(six, *schools, kind="substantive", start_on=TODAY, name="Ann Lee", **told):
    who = told.pop("who", six.who)
    facts = HeadshipFacts(kind, start_on, name=name, **told)
    return begin_headship(**who, schools=schools, facts=facts)


class TestBeginning:
    def test_hands_over_from_whoever_heads_it_then(self, six):
        (first,) = begin(six, six.six[0])
        (acting,) = begin(six, six.six[0], kind="acting", start_on=day(9), name="Bo")
        first.refresh_from_db()
        assert first.end_on == acting.start_on
        assert headships_on([six.six[0]], day(9)) == {six.six[0].pk: acting}

    def test_a_vacancy_names_nobody(self, six):
        begin(six, six.six[0])
        (vacant,) = begin(six, six.six[0], kind="vacant", start_on=day(9))
        assert vacant.name == ""

    def test_an_executive_head_heads_several_schools(self, six):
        begin(six, *six.six[:3], kind="executive", email=six.head.email)
        (found,) = executive_heads(TODAY)
        assert found.schools == six.six[:3]
        assert executive_heads(TODAY, six.six[4:]) == []
        assert also_headed(headships_of(six.six[0])[0], TODAY) == six.six[1:3]

    def test_refuses_a_head_twice(self, six):
        begin(six, six.six[0], end_on=day(30))
        with pytest.raises(HeadTwice, match="Ann Lee"):
            begin(six, six.six[0], start_on=day(29), name="Bo")
        with pytest.raises(IntegrityError, match="headship_one"), transaction.atomic():
            Headship.objects.create(school=six.six[0], kind="acting", name="Bo", start_on=day(9))

    def test_refuses_the_same_again(self, six):
        begin(six, six.six[0])
        with pytest.raises(HeadsAlready):
            begin(six, six.six[0], start_on=day(9))

    def test_refuses_nobody_nowhere_and_never(self, six):
        with pytest.raises(HeadNotSaid):
            begin(six, six.six[0], name="")
        with pytest.raises(NoSchoolChosen):
            begin(six)
        with pytest.raises(EndsBeforeItStarts):
            begin(six, six.six[0], end_on=TODAY)

    def test_refuses_a_closed_school_and_then_changes_none(self, six):
        six.six[1].closed_on = day(-1)
        six.six[1].save()
        with pytest.raises(SchoolHasClosed):
            begin(six, *six.six[:2], kind="executive")
        assert not Headship.objects.exists()


class TestCorrecting:
    def test_changes_dates_and_name(self, six):
        (headship,) = begin(six, six.six[0])
        facts = HeadshipFacts("acting", day(-9), day(9), name="Anne Lee")
        changed = correct_headship(**six.who, pk=headship.pk, facts=facts)
        assert (changed.kind, changed.name, changed.end_on) == ("acting", "Anne Lee", day(9))

    def test_never_into_anothers_time(self, six):
        begin(six, six.six[0])
        (second,) = begin(six, six.six[0], start_on=day(9), name="Bo")
        with pytest.raises(HeadTwice):
            correct_headship(
                **six.who, pk=second.pk, facts=HeadshipFacts("acting", day(8), name="Bo")
            )

    def test_what_never_was_can_be_taken_back(self, six):
        (headship,) = begin(six, six.six[0])
        take_back_headship(**six.who, pk=headship.pk)
        assert not headships_of(six.six[0]).exists()


class TestWhoMay:
    def test_the_head_of_her_own_school_only(self, six):
        begin(six, six.six[0], kind="acting", name="Hana Jones", who=six.as_head)
        with pytest.raises(NotAllowed, match="programme"):
            begin(six, *six.six[:2], kind="executive", who=six.as_head)

    def test_not_school_staff_nor_officers_of_elsewhere(self, six):
        staff = a_person("Staff", "school_staff", school=six.six[0])
        for person in (staff, an_officer(organisation("Elsewhere"), "Eve")):
            with pytest.raises(NotAllowed):
                begin(six, six.six[0], who={"person": person, "day": TODAY})
