"""Two readers at the same time are not told two totals whose difference is a school."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections

from clusterwork.clusters.models import Cluster
from clusterwork.measures.services.profiles import cluster_profile
from clusterwork.measures.tests.made import TODAY
from clusterwork.measures.tests.test_profiles import YEAR, County, nobody_works_out_a_figure

pytestmark = pytest.mark.django_db(transaction=True)


class TestTwoReadersAtOnce:
    def test_take_turns(self):
        county = County()
        county.figures(12, 12, 20, 9, 14, 30, 8)
        smaller = Cluster.objects.create(
            organisation=county.organisation, working_name="Bourne", status="active",
            start_on=dt.date(2024, 9, 1),
        )  # fmt: skip
        for each in county.members[1:]:
            county.join(smaller, each)
        gate = threading.Barrier(2)
        seen, problems = [], []

        def read(cluster):
            try:
                connection.ensure_connection()
                gate.wait()
                found = cluster_profile(
                    cluster=cluster, measures=[county.excluded], years=[YEAR], day=TODAY, similar=()
                )
                seen.append(found.measures[0].cluster[YEAR].value)
            except Exception as problem:
                problems.append(problem)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=read, args=[c]) for c in (county.cluster, smaller)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not problems
        assert set(seen) != {105, 93}
        nobody_works_out_a_figure(county)
