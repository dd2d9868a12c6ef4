"""Background work of the house: nothing is lost when a worker is stopped in the middle."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from clusterwork.clusters.tests.made import County
from clusterwork.clusters.tests.test_running import jobs
from clusterwork.config.tasks import take_up_stalled_jobs


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_waits_again():
    County(n_schools=4).ask()
    long_ago = timezone.now() - dt.timedelta(hours=1)
    ((worker,),) = jobs(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", long_ago
    )
    jobs("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", worker)

    async def sweep():
        real = app.with_connector(app.connector.get_worker_connector())
        async with real.open_async():
            await take_up_stalled_jobs.func(type("Context", (), {"app": real}), 0)

    asyncio.run(sweep())
    assert jobs("SELECT status::text FROM procrastinate_jobs") == [("todo",)]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_really_queued_does_not_outlive_its_test():
    """The test before this one queues a job in a transaction of its own."""
    assert jobs("SELECT count(*) FROM procrastinate_jobs") == [(0,)]
    assert jobs("SELECT count(*) FROM procrastinate_workers") == [(0,)]
