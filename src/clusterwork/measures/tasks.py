"""Background work with figures, run by the worker."""

from __future__ import annotations

from contextlib import suppress

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from clusterwork.measures.services.uploading.working import run_figures
from clusterwork.registry.services.running import give_up

JOB = "measures.upload"
RETRIES = 2


@app.task(
    name=JOB,
    queue="registry",
    retry=RetryStrategy(max_attempts=RETRIES, wait=5),
    pass_context=True,
)
def run_upload(context: JobContext, *, token: str) -> None:
    """Does one errand; what breaks is tried again, and in the end said on its page."""
    attempts = context.job.attempts if context.job else 0
    if attempts > RETRIES:
        give_up(token)
        return
    try:
        run_figures(token)
    except Exception:
        if attempts >= RETRIES:
            give_up(token)
        raise


def put_to_work(token: str) -> None:
    """Hands the errand to the worker; one that waits already is not handed over again."""
    with suppress(AlreadyEnqueued):
        app.configure_task(JOB, queue="registry", lock=token, queueing_lock=token).defer(
            token=token
        )
