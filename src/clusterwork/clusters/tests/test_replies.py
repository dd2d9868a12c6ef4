"""The officer's words to a school that asked to move."""

import pytest

from clusterwork.audit.selectors import entries_about
from clusterwork.clusters.models import Answer, Reply, Round
from clusterwork.clusters.selectors.requests import (
    formations_with_requests,
    open_requests,
    ready_to_confirm,
)
from clusterwork.clusters.services.replies import (
    AnsweredAnew,
    NothingSaid,
    RepliedAlready,
    ReplyFacts,
    reply_to_answer,
)
from clusterwork.clusters.tests.invented import proposal_made
from clusterwork.clusters.tests.made import TODAY, County, officer, organisation
from clusterwork.clusters.tests.made_consulting import at, head_of
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.notify.models import Letter

pytestmark = pytest.mark.django_db
SAID = ReplyFacts(
    Reply.Outcome.GRANTED, "You move to cluster 2.", "Five minutes less.", "One school fewer there."
)


@pytest.fixture
def county():
    return County(n_schools=12)


@pytest.fixture
def answer(county):
    proposal = proposal_made(county)
    found = Round.objects.create(
        formation=county.formation, number=1, proposal=proposal, closes_on=TODAY
    )
    return Answer.objects.create(
        round=found,
        school=county.schools[0],
        number=1,
        kind=Answer.Kind.ASK_TO_MOVE,
        wanted=proposal.clusters.get(number=2),
        answered_by=head_of(county.schools[0]),
    )


def reply(county, answer, facts=SAID, **more):
    told = {"person": county.officer, "day": TODAY, "pk": answer.pk, "facts": facts}
    return reply_to_answer(**{**told, "link_for": lambda language: f"/{language}/", **more})


class TestAReply:
    def test_is_kept_and_written_to_the_school_once(self, county, answer):
        kept = reply(county, answer)
        assert (kept.outcome, kept.cost_to_asker) == ("granted", "Five minutes less.")
        (letter,) = Letter.objects.filter(template="clusters.replied")
        assert letter.address == answer.answered_by.email
        assert letter.context["others"] == "One school fewer there."
        assert entries_about(county.formation)[0].verb == "round.reply"

    def test_takes_the_request_off_the_list(self, county, answer):
        assert list(open_requests(county.formation)) == [answer]
        (found,) = formations_with_requests([county.organisation])
        assert (found.formation_id, found.n) == (county.formation.pk, 1)
        reply(county, answer)
        assert not open_requests(county.formation)
        assert formations_with_requests([county.organisation]) == []

    def test_twice_is_refused(self, county, answer):
        reply(county, answer)
        with pytest.raises(RepliedAlready):
            reply(county, answer)

    def test_to_an_answer_that_another_replaced_is_refused(self, county, answer):
        Answer.objects.create(
            round=answer.round,
            school=answer.school,
            number=2,
            kind=Answer.Kind.ACCEPT,
            answered_by=answer.answered_by,
        )
        with pytest.raises(AnsweredAnew):
            reply(county, answer)
        assert not open_requests(county.formation)

    def test_without_words_is_refused(self, county, answer):
        with pytest.raises(NothingSaid):
            reply(county, answer, ReplyFacts(Reply.Outcome.NOTED, " "))

    def test_is_for_officers(self, county, answer):
        with pytest.raises(NotAllowed):
            reply(county, answer, person=officer(organisation("Norfolk"), "Nora"))
        with pytest.raises(NotThere):
            reply(county, answer, pk=0)


def ready(organisations):
    return ready_to_confirm(organisations, formations_with_requests(organisations))


class TestReadyToConfirm:
    def test_is_the_last_proposal_once_its_round_has_ended_and_all_is_answered(
        self, county, answer
    ):
        assert ready([county.organisation]) == []
        Round.objects.update(closed_at=at(TODAY))
        assert ready([county.organisation]) == []
        reply(county, answer)
        assert ready([county.organisation]) == [answer.round.proposal]
