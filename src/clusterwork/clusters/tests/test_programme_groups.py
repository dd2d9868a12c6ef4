"""A programme's priorities and groups, and who may read about it."""

import datetime as dt

import pytest

from clusterwork.accounts.models import Person, Role
from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.permissions.reading_programmes import (
    programme_to_see,
    programmes_to_see,
)
from clusterwork.clusters.selectors.groups import groups_on
from clusterwork.clusters.services.groups import (
    HasLeftAlready,
    MemberFacts,
    NobodySignsIn,
    SitsThereAlready,
    add_member,
    change_group,
    end_member,
    make_group,
)
from clusterwork.clusters.services.participations import end_participation, take_in
from clusterwork.clusters.services.priorities import (
    PriorityTwice,
    TooManyPriorities,
    add_priority,
    change_priority,
    move_priority_up,
    remove_priority,
)
from clusterwork.clusters.services.programmes import NameTaken, ProgrammeFacts, start_programme
from clusterwork.clusters.services.refusals import EndsBeforeItStarts
from clusterwork.clusters.tests.made import TODAY, officer, organisation
from clusterwork.clusters.tests.made_clusters import Clusters
from clusterwork.kernel.errors import NotAllowed, NotThere

pytestmark = pytest.mark.django_db
BEGUN = dt.date(2025, 9, 1)
LATER = dt.date(2027, 9, 1)


@pytest.fixture
def made():
    return Clusters(n_schools=4)


@pytest.fixture
def programme(made):
    facts = ProgrammeFacts("Together", "", BEGUN, None)
    return start_programme(**made.who, organisation=made.organisation, facts=facts)


@pytest.fixture
def who(made, programme):
    return {**made.who, "pk": programme.pk}


def somebody(name="Nia", **role):
    person = Person.objects.create_user(f"{name.lower()}@example.org", "x" * 20, name=name)
    if role:
        Role.objects.create(person=person, start_on=dt.date(2020, 1, 1), **role)
    return person


def texts(programme):
    return [each.text for each in programme.priorities.all()]


class TestPriorities:
    def test_stand_in_their_order(self, programme, who):
        for text in ("Reading", "Number", "Transition"):
            last = add_priority(**who, text=text)
        move_priority_up(**who, priority_pk=last.pk)
        assert texts(programme) == ["Reading", "Transition", "Number"]

    def test_the_first_stays_first(self, programme, who):
        first = add_priority(**who, text="Reading")
        add_priority(**who, text="Number")
        move_priority_up(**who, priority_pk=first.pk)
        assert texts(programme) == ["Reading", "Number"]

    def test_are_changed_and_removed(self, programme, who):
        one = add_priority(**who, text="Reading", text_cy="Darllen")
        change_priority(**who, priority_pk=one.pk, text="Reading aloud")
        assert texts(programme) == ["Reading aloud"]
        remove_priority(**who, priority_pk=one.pk)
        assert texts(programme) == []
        with pytest.raises(NotThere):
            remove_priority(**who, priority_pk=one.pk)
        verbs = [entry.verb for entry in entries_about(programme)]
        assert verbs[:3] == ["priority.remove", "priority.change", "priority.add"]

    def test_are_not_repeated(self, who):
        add_priority(**who, text="Reading")
        other = add_priority(**who, text="Number")
        with pytest.raises(PriorityTwice):
            add_priority(**who, text="reading")
        with pytest.raises(PriorityTwice):
            change_priority(**who, priority_pk=other.pk, text="Reading")

    def test_are_twenty_at_most(self, who):
        for n in range(20):
            add_priority(**who, text=f"Priority {n}")
        with pytest.raises(TooManyPriorities):
            add_priority(**who, text="One more")

    def test_are_changed_by_officers_only(self, programme, who):
        stranger = officer(organisation("Elsewhere"), "Eve")
        with pytest.raises(NotAllowed):
            add_priority(**{**who, "person": stranger}, text="Theirs")


class TestGroups:
    def member(self, who, group, name="Gwen", **told):
        facts = MemberFacts(**{"name": name, "start_on": BEGUN} | told)
        return add_member(**who, group_pk=group.pk, facts=facts)

    @pytest.fixture
    def heads(self, who):
        return make_group(**who, kind="strategy", name="Strategy group")

    def test_have_members_for_a_time(self, programme, who, heads, made):
        self.member(who, heads, school=made.schools[0], speaks_for="Small schools")
        self.member(who, heads, "Huw", start_on=LATER)
        (found,) = groups_on(programme, TODAY)
        assert [each.name for each in found.members] == ["Gwen"]
        assert [each.name for each in found.others] == ["Huw"]

    def test_keep_the_past(self, programme, who, heads):
        member = self.member(who, heads)
        end_member(**who, member_pk=member.pk, on=TODAY)
        assert not groups_on(programme, TODAY)[0].members
        assert groups_on(programme, TODAY - dt.timedelta(days=1))[0].members
        with pytest.raises(HasLeftAlready):
            end_member(**who, member_pk=member.pk, on=LATER)

    def test_seat_nobody_twice(self, who, heads):
        self.member(who, heads, end_on=LATER)
        with pytest.raises(SitsThereAlready):
            self.member(who, heads, start_on=TODAY)
        self.member(who, heads, start_on=LATER)

    def test_refuse_an_end_before_the_start(self, who, heads):
        with pytest.raises(EndsBeforeItStarts):
            self.member(who, heads, end_on=BEGUN)
        member = self.member(who, heads)
        with pytest.raises(EndsBeforeItStarts):
            end_member(**who, member_pk=member.pk, on=BEGUN)

    def test_say_that_nobody_signs_in_with_an_address(self, who, heads):
        with pytest.raises(NobodySignsIn, match="nobody@"):
            self.member(who, heads, email="nobody@example.org")

    def test_have_names_of_their_own(self, who, heads):
        other = make_group(**who, kind="diocese", name="Diocese")
        with pytest.raises(NameTaken):
            make_group(**who, kind="other", name="Strategy group")
        with pytest.raises(NameTaken):
            change_group(**who, group_pk=other.pk, kind="other", name="Strategy group")
        change_group(**who, group_pk=other.pk, kind="governors", name="Dioceses")

    def test_of_another_programme_are_not_there(self, made, who, heads):
        facts = ProgrammeFacts("Another", "", BEGUN, None)
        other = start_programme(**made.who, organisation=made.organisation, facts=facts)
        with pytest.raises(NotThere):
            self.member({**who, "pk": other.pk}, heads)


class TestWhoMayReadAboutIt:
    def test_the_head_of_a_school_while_its_cluster_takes_part(self, made, programme, who):
        head = somebody(kind="headteacher", school=made.schools[0])
        with pytest.raises(NotAllowed, match="heads of schools"):
            programme_to_see(head, programme.pk, TODAY)
        cluster = made.open("North", made.schools[:2])
        part = take_in(**who, cluster_pk=cluster.pk, start_on=BEGUN)
        assert programme_to_see(head, programme.pk, TODAY) == programme
        end_participation(**who, part_pk=part.pk, on=TODAY)
        with pytest.raises(NotAllowed):
            programme_to_see(head, programme.pk, TODAY)

    def test_not_the_head_of_another_school(self, made, programme, who):
        cluster = made.open("North", made.schools[:2])
        take_in(**who, cluster_pk=cluster.pk, start_on=BEGUN)
        other = somebody(kind="headteacher", school=made.schools[3])
        with pytest.raises(NotAllowed):
            programme_to_see(other, programme.pk, TODAY)

    def test_not_the_staff_of_its_schools(self, made, programme, who):
        cluster = made.open("North", made.schools[:2])
        take_in(**who, cluster_pk=cluster.pk, start_on=BEGUN)
        teacher = somebody(kind="school_staff", school=made.schools[0])
        with pytest.raises(NotAllowed):
            programme_to_see(teacher, programme.pk, TODAY)

    def test_a_member_of_a_group_while_seated(self, programme, who):
        governor = somebody()
        group = make_group(**who, kind="governors", name="Governors")
        facts = MemberFacts("Nia", BEGUN, LATER, email="NIA@example.org")
        add_member(**who, group_pk=group.pk, facts=facts)
        assert list(programmes_to_see(governor, TODAY)) == [programme]
        assert not programmes_to_see(governor, LATER).exists()

    def test_its_officers(self, made, programme):
        assert programme in programmes_to_see(made.officer, TODAY)

    def test_what_is_not_there(self, made):
        with pytest.raises(NotThere):
            programme_to_see(made.officer, 999_999, TODAY)
