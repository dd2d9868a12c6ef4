"""Background work of the room, run by the worker."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from clusterwork.evaluation.services.running import JOB, give_up_run
from clusterwork.evaluation.services.working import work_on_run

RETRIES = 3


@app.task(
    name=JOB,
    queue="evaluation",
    retry=RetryStrategy(max_attempts=RETRIES, wait=5),
    pass_context=True,
)
def run(context: JobContext, *, run_id: int) -> None:
    """Works one run out; what breaks is tried again, and in the end said on its page."""
    attempts = context.job.attempts if context.job else 0
    try:
        work_on_run(run_id)
    except Exception:
        if attempts >= RETRIES:
            give_up_run(run_id)
        raise
