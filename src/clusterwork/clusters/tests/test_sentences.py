"""Sentences survive being kept."""

from clusterwork.clusters.sentences import problem_written, read, written
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import Message


class TestKept:
    def test_with_sentences_inside_sentences(self):
        inner = Message("size: %(n)s", {"n": 5})
        whole = Message("Rule. %(rule)s and %(name)s.", {"rule": inner, "name": "Denton"})
        assert str(read(written(whole))) == "Rule. size: 5 and Denton."

    def test_nothing_stays_nothing(self):
        assert read(written(None)) is None

    def test_a_problem_keeps_its_three_parts(self):
        problem = Problem(Message("It broke."), next_step=Message("Mend it."))
        kept = problem_written(problem)
        assert str(read(kept["what"])) == "It broke."
        assert kept["why"] is None
        assert str(read(kept["next_step"])) == "Mend it."
