"""A cluster moves only as its table says, and so do the verbs that move it."""

import datetime as dt
from itertools import product

import pytest

from clusterwork.clusters.models import Cluster, Founding
from clusterwork.clusters.services.going_on import go_on_after_all
from clusterwork.clusters.services.statuses import (
    begin_to_close,
    close_cluster,
    recognise,
    start_work,
)
from clusterwork.clusters.states import founding
from clusterwork.clusters.states.cluster import CLOSED, MOVES, NAMES, STATES
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters
from clusterwork.kernel.states import MoveNotAllowed, state_after

ALLOWED = {(move.verb, move.source): move.target for move in MOVES}
SERVICES = {
    "recognise": recognise,
    "start work": start_work,
    "begin to close": begin_to_close,
    "close": close_cluster,
    "go on after all": go_on_after_all,
}
PAIRS = sorted(product(SERVICES, STATES))


class TestTheTable:
    def test_has_a_service_for_every_verb(self):
        assert {move.verb for move in MOVES} == set(SERVICES)

    def test_names_every_state_that_a_row_can_have(self):
        assert set(STATES) == set(Cluster.Status.values)

    def test_names_each_as_the_pages_do(self):
        assert dict(Cluster.Status.choices) == NAMES
        assert dict(Founding.State.choices) == founding.NAMES

    def test_refuses_in_words_and_not_in_codes(self):
        with pytest.raises(MoveNotAllowed) as refused:
            state_after("recognise", CLOSED, MOVES, NAMES)
        why = refused.value.why
        assert str(why) == "It stands at: Closed."
        welsh = {"It stands at: %(state)s.": "Mae ar: %(state)s.", "Closed": "Wedi cau"}
        assert why.translated(welsh.__getitem__) == "Mae ar: Wedi cau."

    def test_lets_nothing_out_of_the_end(self):
        assert not [move for move in MOVES if move.source == CLOSED]

    @pytest.mark.parametrize(("verb", "state"), [pair for pair in PAIRS if pair not in ALLOWED])
    def test_refuses_what_it_does_not_name(self, verb, state):
        with pytest.raises(MoveNotAllowed):
            state_after(verb, state, MOVES, NAMES)


@pytest.mark.django_db
class TestTheVerbs:
    def do(self, verb, state):
        county = Clusters(2)
        cluster = county.open("Louth", county.schools, status=state)
        day = {} if verb == "go on after all" else {"on": dt.date(2026, 4, 1)}
        SERVICES[verb](**county.who, pk=cluster.pk, **day)
        return Cluster.objects.get(pk=cluster.pk)

    @pytest.mark.parametrize(("verb", "state"), sorted(ALLOWED))
    def test_lead_where_it_says_and_keep_the_day(self, verb, state):
        cluster = self.do(verb, state)
        told = [change.status for change in cluster.status_changes.all()]
        assert cluster.status == ALLOWED[verb, state]
        assert told == [state, ALLOWED[verb, state]]
        assert cluster.status_changes.last().on in (dt.date(2026, 4, 1), TODAY)
        assert cluster.status_changes.first().on == BEGUN

    @pytest.mark.parametrize(("verb", "state"), [pair for pair in PAIRS if pair not in ALLOWED])
    def test_refuse_the_rest(self, verb, state):
        with pytest.raises(MoveNotAllowed):
            self.do(verb, state)
