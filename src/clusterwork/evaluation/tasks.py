"""Background work of the room, run by the worker."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from clusterwork.evaluation.services.cells.fitting import JOB as VALUE_ADDED
from clusterwork.evaluation.services.cells.fitting import give_up_fit, work_on_fit
from clusterwork.evaluation.services.cells.keeping import erase_past_keeping
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


@app.task(
    name=VALUE_ADDED,
    queue="evaluation",
    retry=RetryStrategy(max_attempts=RETRIES, wait=5),
    pass_context=True,
)
def work_out_value_added(context: JobContext, *, fit_id: int, person_id: int) -> None:
    """Works value added out for the person who asked; what breaks is tried again."""
    attempts = context.job.attempts if context.job else 0
    try:
        work_on_fit(fit_id, person_id)
    except Exception:
        if attempts >= RETRIES:
            give_up_fit(fit_id, person_id)
        raise


@app.periodic(cron="10 3 * * *")
@app.task(name="evaluation.erase_cells", queue="evaluation", queueing_lock="evaluation.erase_cells")
def erase_cells(timestamp: int) -> None:
    """Every night: statistics of pupils that are past their last day, and what was made of them."""
    erase_past_keeping()
