"""A voting rule is said in the same sentences in the memorandum and where schools vote."""

from __future__ import annotations

import pytest

from clusterwork.clusters.rules.voting import CONSENSUS, PUPILS, Rule
from clusterwork.clusters.selectors.known_blanks import voting_words
from clusterwork.web.clusters.deciding.wording import MAJORITIES, rule_words

ABSTAINED = "A school that abstains has taken part; it counts neither for nor against."
RULES = [
    Rule(way=way, majority_share=share, casting=casting)
    for way in ("school", PUPILS, CONSENSUS)
    for share, _words in (*MAJORITIES, (0.55, ""))
    for casting in (True, False)
]


class TestARuleInWords:
    @pytest.mark.parametrize("rule", RULES)
    def test_is_one_in_the_memorandum_and_on_the_page(self, rule):
        _way, _quorum, *said = rule_words(rule)
        assert voting_words(rule).endswith(" ".join(said))

    @pytest.mark.parametrize("rule", RULES)
    def test_says_whether_abstentions_count(self, rule):
        assert ABSTAINED in voting_words(rule)

    def test_is_true_where_most_schools_abstain(self):
        said = voting_words(Rule())
        assert "more agree than object" in said and "More than half" not in said

    def test_speaks_of_a_casting_vote_only_where_one_decides(self):
        assert "casting vote" in voting_words(Rule(casting=True))
        assert "casting" not in voting_words(Rule(casting=True, majority_share=0.666666))

    def test_names_a_share_that_is_none_of_the_usual(self):
        assert "more than 55.0 per cent" in voting_words(Rule(majority_share=0.55))
