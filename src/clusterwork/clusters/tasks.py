"""Background work of the room, run by the worker."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from clusterwork.clusters.services.proposals import JOB
from clusterwork.clusters.services.running import give_up, work_on

RETRIES = 3


@app.task(
    name=JOB,
    queue="formation",
    retry=RetryStrategy(max_attempts=RETRIES, wait=5),
    pass_context=True,
)
def propose(context: JobContext, *, proposal_id: int) -> None:
    """Makes one proposal; what breaks is tried again, and in the end said on its page."""
    attempts = context.job.attempts if context.job else 0
    if attempts > RETRIES:
        give_up(proposal_id)
        return
    try:
        work_on(proposal_id)
    except Exception:
        if attempts >= RETRIES:
            give_up(proposal_id)
        raise


@app.periodic(cron="* * * * *")
@app.task(
    name="clusters.take_up_stalled_jobs",
    queueing_lock="clusters.take_up_stalled_jobs",
    pass_context=True,
)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Every minute: jobs whose worker was stopped in the middle wait again for a worker."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
