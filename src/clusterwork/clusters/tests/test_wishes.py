"""The officer goes through the wishes; what is accepted reaches the solver."""

import pytest

from clusterwork.clusters.models import FormationLink, Lock, Wish
from clusterwork.clusters.outcomes import place_from
from clusterwork.clusters.selectors.formations import ties_among
from clusterwork.clusters.selectors.proposals import assignment_of
from clusterwork.clusters.selectors.reconstructing import events_of
from clusterwork.clusters.services import running
from clusterwork.clusters.services.asking import close_asking
from clusterwork.clusters.services.locks import LockNotPossible, add_lock
from clusterwork.clusters.services.wishes import (
    DecidedAlready,
    NotToBeTakenUp,
    StillAsking,
    accept_as_link,
    accept_as_lock,
    decline_wish,
    reopen_wish,
)
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_consulting import OPENED, Consulted, at
from clusterwork.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db
WORKS, WISHES, NOT = Wish.Kind.WORKS_WITH, Wish.Kind.WISHES, Wish.Kind.WISHES_NOT


@pytest.fixture
def county():
    return Consulted(n_schools=12)


def wished(county, kind, other, at_school=0, asking=None, close=True):
    asking = asking or county.ask_first()
    wish = county.wish(asking, kind, other, at_school).wishes.get()
    if close:
        close_asking(person=county.officer, now=at(OPENED), pk=asking.pk)
    return wish


def told(county, wish, **facts):
    return {"person": county.officer, "now": at(OPENED), "pk": wish.pk, **facts}


class TestAccepting:
    def test_a_wish_becomes_a_link(self, county):
        wish = accept_as_link(**told(county, wished(county, WISHES, 1)))
        assert wish.decision == Wish.Decision.LINKED
        assert (wish.link.school, wish.link.other) == tuple(county.schools[:2])

    def test_two_schools_that_wish_for_each_other_share_one_link(self, county):
        asking = county.ask_first()
        one = wished(county, WISHES, 1, asking=asking, close=False)
        two = wished(county, WORKS, 0, at_school=1, asking=asking)
        first, second = (accept_as_link(**told(county, each)) for each in (one, two))
        assert first.link == second.link
        reopen_wish(**told(county, one))
        assert FormationLink.objects.count() == 1
        reopen_wish(**told(county, two))
        assert not FormationLink.objects.exists()

    @pytest.mark.parametrize(("kind", "lock"), [(WISHES, "together"), (NOT, "apart")])
    def test_a_wish_becomes_a_decision(self, county, kind, lock):
        wish = accept_as_lock(**told(county, wished(county, kind, 1), because="Both asked"))
        made = Lock.objects.get()
        assert (wish.lock, made.kind, made.because) == (made, lock, "Both asked")
        assert reopen_wish(**told(county, wish)).decision == ""
        assert not Lock.objects.exists()

    def test_a_decision_made_beforehand_stays_when_the_wish_is_reopened(self, county):
        add_lock(person=county.officer, day=TODAY, pk=county.formation.pk, kind="together",
                 school=county.schools[1], other=county.schools[0], because="")  # fmt: skip
        wish = accept_as_lock(**told(county, wished(county, WISHES, 1)))
        reopen_wish(**told(county, wish))
        assert Lock.objects.exists()

    def test_a_wish_against_a_decision_is_refused(self, county):
        add_lock(person=county.officer, day=TODAY, pk=county.formation.pk, kind="apart",
                 school=county.schools[1], other=county.schools[0], because="")  # fmt: skip
        with pytest.raises(LockNotPossible):
            accept_as_lock(**told(county, wished(county, WISHES, 1)))

    def test_a_wish_not_to_be_together_is_no_link(self, county):
        with pytest.raises(NotToBeTakenUp):
            accept_as_link(**told(county, wished(county, NOT, 1)))

    @pytest.mark.parametrize("accept", [accept_as_link, accept_as_lock])
    def test_a_name_that_is_no_school_of_the_exercise_can_only_be_declined(self, county, accept):
        wish = wished(county, WISHES, "The college")
        with pytest.raises(NotToBeTakenUp):
            accept(**told(county, wish))
        assert decline_wish(**told(county, wish)).decision == Wish.Decision.DECLINED

    def test_not_twice(self, county):
        wish = decline_wish(**told(county, wished(county, WISHES, 1)))
        with pytest.raises(DecidedAlready):
            accept_as_link(**told(county, wish))

    def test_not_while_the_school_may_still_change_it(self, county):
        with pytest.raises(StillAsking):
            decline_wish(**told(county, wished(county, WISHES, 1, close=False)))

    def test_only_by_officers(self, county):
        wish = wished(county, WISHES, 1)
        with pytest.raises(NotAllowed):
            decline_wish(**{**told(county, wish), "person": county.heads[0]})


def worked(county, **asked):
    proposal = county.ask(**asked)
    running.work_on(proposal.pk)
    proposal.refresh_from_db()
    return proposal


class TestTheSolver:
    def far_apart(self, county):
        """Two schools that a proposal without links puts into different clusters."""
        found = assignment_of(worked(county))
        first = county.schools[0]
        other = next(each for each in county.schools if found[each.pk] != found[first.pk])
        return first, other

    def test_a_link_keeps_two_schools_together(self, county):
        number = county.set_policy(weights={"links": 500.0})
        first, other = self.far_apart(county)
        FormationLink.objects.create(formation=county.formation, school=first, other=other)
        proposal = worked(county, policy=number)
        found = assignment_of(proposal)
        assert found[first.pk] == found[other.pk]
        kept = place_from(proposal.places.get(school=first).reason).links_kept
        assert [(each.school, each.through) for each in kept] == [(other.pk, "")]

    def test_a_link_comes_after_partnerships_and_has_its_own_weight(self, county):
        one, two = county.schools[:2]
        FormationLink.objects.create(formation=county.formation, school=one, other=two, weight=0.4)
        (tie,) = ties_among(county.formation, TODAY)
        assert (tie.pairs, tie.weight) == ([(one.pk, two.pk)], 0.4)

    def test_a_link_with_a_school_that_was_removed_counts_no_more(self, county):
        one, two = county.schools[:2]
        FormationLink.objects.create(formation=county.formation, school=one, other=two)
        county.formation.chosen.filter(school=two).delete()
        assert ties_among(county.formation, TODAY) == []


class TestWhoReadsWhoseWishItWas:
    def test_inspectors_read_the_link_and_not_whose_wish_it_was(self, county):
        accept_as_link(**told(county, wished(county, WISHES, 1)))
        one, two = (each.pk for each in county.schools[:2])

        def read(*, inside):
            found = events_of(county.formation, [one, two], with_schools_words=inside)
            return {pk: [str(each.message) for each in found[pk]] for pk in (one, two)}

        of_officers, of_inspectors = read(inside=True), read(inside=False)
        assert any("wish was accepted" in text for text in of_officers[one])
        assert of_inspectors[one] == of_inspectors[two]
        assert any("A link to keep" in text for text in of_inspectors[one])
