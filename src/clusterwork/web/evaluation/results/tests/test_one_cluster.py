"""The result of one cluster that stands beside a mix of others."""

from __future__ import annotations

import pytest

from clusterwork.evaluation.tests.made_results import estimate, found_result, set_down, told
from clusterwork.web.clusters.tests.conftest import without_second_factor as without_second_factor

pytestmark = pytest.mark.django_db


class TestAResultFromAMix:
    def test_says_so_wherever_plain_changes_stand(self, place):
        mixed = {**estimate(15, sure=False), "method": "synthetic_control"}
        alone = found_result(n_treated=1, scaled=None, estimate=mixed, method="placebo_rank")
        told(set_down(place.analysis), alone)
        page, note = place.read("result/"), place.read("method/")
        assert "The estimate is not the difference between their changes." in page
        assert "the estimate is the difference between their changes" not in page
        assert "(a synthetic control)" in note
        assert "The change of each cluster from the years before" not in note
        for each in (page, note):
            assert "The differences by year are not made with the mix" in each
