"""Groups of a cluster, their members and voting rules over time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from clusterwork.clusters.models import ClusterGroup, ClusterGroupMember, VotingRule
from clusterwork.clusters.rules.voting import Rule
from clusterwork.clusters.selectors.governance import groups_on, voting_rule_on
from clusterwork.clusters.selectors.voters import voters_on
from clusterwork.clusters.services import groups_of_cluster as groups
from clusterwork.clusters.services import voting_rules
from clusterwork.clusters.services.groups_of_cluster import GroupFacts, SeatFacts
from clusterwork.clusters.services.memberships import leave
from clusterwork.clusters.services.voting_rules import RuleFacts
from clusterwork.clusters.tests.made_clusters import row_of
from clusterwork.clusters.tests.made_decisions import TODAY, Deciding, day
from clusterwork.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Deciding:
    return Deciding()


def a_group(made: Deciding, name: str = "Steering", **told: object) -> ClusterGroup:
    facts = {"level": "strategic", "kind": "steering", "name": name, "start_on": TODAY, **told}
    return groups.start_group(
        person=made.heads[0], day=TODAY, cluster_pk=made.cluster.pk, facts=GroupFacts(**facts)
    )


def a_seat(made: Deciding, group: ClusterGroup, number: int = 0, **told: object):
    facts = {"name": f"Head {number}", "start_on": TODAY, "school": made.six[number], **told}
    return groups.take_seat(person=made.heads[0], day=TODAY, pk=group.pk, facts=SeatFacts(**facts))


def a_rule(made: Deciding, who: object = None, **told: object) -> VotingRule:
    facts = {
        "way": "consensus",
        "quorum_share": 0.5,
        "majority_share": 0.5,
        "casting": False,
        "start_on": TODAY,
        **told,
    }
    return voting_rules.set_voting_rule(
        person=who or made.heads[0],
        day=TODAY,
        cluster_pk=made.cluster.pk,
        facts=RuleFacts(**facts),
    )


class TestVotingRules:
    def test_a_cluster_that_set_none_has_one_vote_a_school(self, made) -> None:
        assert voting_rule_on(made.cluster, None, TODAY) == Rule("school", 0.5, 0.5, False)

    def test_a_change_keeps_what_was_before(self, made) -> None:
        a_rule(made, start_on=day(-30))
        a_rule(made, way="pupils")
        assert voting_rule_on(made.cluster, None, day(-1)).way == "consensus"
        assert voting_rule_on(made.cluster, None, TODAY).way == "pupils"
        assert voting_rule_on(made.cluster, None, day(-31)).way == "school"

    def test_a_group_votes_as_its_cluster_until_it_has_a_rule(self, made) -> None:
        group = a_group(made)
        a_rule(made)
        assert voting_rule_on(made.cluster, group, TODAY).way == "consensus"
        own = a_rule(made, way="school", group_pk=group.pk)
        assert voting_rule_on(made.cluster, group, TODAY).way == "school"
        voting_rules.end_group_rule(person=made.heads[0], day=TODAY, pk=own.pk, on=day(5))
        assert voting_rule_on(made.cluster, group, day(5)).way == "consensus"

    def test_a_rule_never_reaches_back_before_a_vote_that_was_counted(self, made) -> None:
        made.said("aaaaaa")
        with pytest.raises(voting_rules.RuleReachesBack):
            a_rule(made, start_on=TODAY)
        assert a_rule(made, start_on=day(1)).way == "consensus"

    def test_a_later_rule_is_not_overtaken(self, made) -> None:
        a_rule(made, start_on=day(30))
        with pytest.raises(voting_rules.RuleAhead):
            a_rule(made)

    def test_the_same_day_says_it_anew(self, made) -> None:
        a_rule(made)
        a_rule(made, way="school", casting=True)
        assert VotingRule.objects.get().casting

    def test_a_majority_of_all_is_no_majority(self, made) -> None:
        with pytest.raises(voting_rules.SharesOutside):
            a_rule(made, majority_share=1.0)

    def test_the_adviser_does_not_set_it(self, made) -> None:
        with pytest.raises(NotAllowed):
            a_rule(made, who=made.adviser)

    def test_the_database_keeps_two_rules_apart(self, made) -> None:
        a_rule(made)
        with pytest.raises(IntegrityError, match="voting_rule_one_at_a_time"), transaction.atomic():
            VotingRule.objects.create(cluster=made.cluster, start_on=day(3))


class TestGroups:
    def test_show_by_level_with_their_members(self, made) -> None:
        a_group(made, "Strand: reading", level="operational", kind="strand")
        steering = a_group(made)
        a_seat(made, steering, 1)
        a_seat(made, steering, 0, chairs=True)
        found = groups_on(made.cluster, TODAY)
        assert [str(each.group) for each in found] == ["Steering", "Strand: reading"]
        assert [each.name for each in found[0].members] == ["Head 0", "Head 1"]

    def test_only_schools_that_sit_in_a_group_vote_in_it(self, made) -> None:
        steering = a_group(made)
        for number in (0, 1, 2):
            a_seat(made, steering, number)
        leave(**made.who, membership_pk=row_of(made.cluster, made.six[2]).pk, on=day(2), reason="x")
        assert list(voters_on(made.cluster, steering, "other", TODAY)) == made.six[:3]
        assert list(voters_on(made.cluster, steering, "other", day(2))) == made.six[:2]
        assert len(groups_on(made.cluster, day(2))[0].members) == 2

    def test_an_end_keeps_the_past_and_takes_the_members_along(self, made) -> None:
        steering = a_group(made)
        a_seat(made, steering)
        groups.end_group(person=made.heads[0], day=TODAY, pk=steering.pk, on=day(9))
        assert not groups_on(made.cluster, day(9))
        assert len(groups_on(made.cluster, day(8))[0].members) == 1

    def test_a_group_that_has_a_proposal_goes_on(self, made) -> None:
        steering = a_group(made)
        a_seat(made, steering)
        made.propose(group_pk=steering.pk)
        with pytest.raises(groups.GroupStillDecides):
            groups.end_group(person=made.heads[0], day=TODAY, pk=steering.pk, on=day(9))

    def test_one_who_leaves_on_her_first_day_was_never_there(self, made) -> None:
        row = a_seat(made, a_group(made))
        groups.leave_seat(person=made.heads[0], day=TODAY, pk=row.pk, on=TODAY)
        assert not ClusterGroupMember.objects.exists()

    def test_refusals_say_what_to_do(self, made) -> None:
        steering = a_group(made)
        a_seat(made, steering, chairs=True)
        with pytest.raises(groups.GroupNameTaken):
            a_group(made)
        with pytest.raises(groups.GroupHasChair):
            a_seat(made, steering, 1, chairs=True)
        with pytest.raises(groups.SitsThereAlready):
            a_seat(made, steering)
        with pytest.raises(groups.SchoolNotInCluster):
            a_seat(made, steering, school=made.schools[7])
        with pytest.raises(groups.GroupNotThen):
            a_seat(made, steering, 2, start_on=day(-1))
