"""A proposal moves only as its table says."""

from itertools import product

import pytest

from clusterwork.clusters.models import Proposal
from clusterwork.clusters.states.proposal import ENDED, MOVES, NAMES, STATES
from clusterwork.kernel.states import MoveNotAllowed, state_after

ALLOWED = {(move.verb, move.source): move.target for move in MOVES}
VERBS = sorted({move.verb for move in MOVES})
PAIRS = list(product(VERBS, STATES))


class TestTheTable:
    @pytest.mark.parametrize(("verb", "state"), [pair for pair in PAIRS if pair not in ALLOWED])
    def test_refuses_what_it_does_not_name(self, verb, state):
        with pytest.raises(MoveNotAllowed):
            state_after(verb, state, MOVES, NAMES)

    @pytest.mark.parametrize(("verb", "state"), sorted(ALLOWED))
    def test_leads_where_it_says(self, verb, state):
        assert state_after(verb, state, MOVES, NAMES) == ALLOWED[verb, state]

    def test_lets_nothing_out_of_an_end(self):
        assert not [move for move in MOVES if move.source in ENDED]

    def test_names_every_state_that_a_row_can_have(self):
        assert set(STATES) == set(Proposal.State.values)

    def test_names_each_as_the_pages_do(self):
        assert dict(Proposal.State.choices) == NAMES
