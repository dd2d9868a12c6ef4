"""Background work of the house itself, run by the worker for all rooms."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")
@app.task(
    name="house.take_up_stalled_jobs",
    queueing_lock="house.take_up_stalled_jobs",
    pass_context=True,
)
async def take_up_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Every minute: jobs whose worker was stopped in the middle wait again for a worker."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
