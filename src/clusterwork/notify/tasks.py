"""The worker's part: send each letter, try again what failed, give up what is too old."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

GIVE_UP_AFTER = dt.timedelta(days=3)
KEPT = dt.timedelta(days=90)
OVERDUE_AFTER = dt.timedelta(minutes=15)


@app.task(
    name="notify.send_letter",
    queue="letters",
    retry=RetryStrategy(max_attempts=6, exponential_wait=4),
)
def send_letter(letter_id: int) -> None:
    """Sends one letter; harmless when it was sent before."""
    from clusterwork.notify.services import send

    send(letter_id)


@app.periodic(cron="*/15 * * * *")
@app.task(name="notify.sweep_letters", queue="letters", queueing_lock="notify.sweep_letters")
def sweep_letters(timestamp: int) -> None:
    """Queues letters again that their own job left behind; gives up, later forgets, old ones."""
    from clusterwork.notify.services import forget_old, queue_overdue

    now = timezone.now()
    queue_overdue(now, overdue_after=OVERDUE_AFTER, give_up_after=GIVE_UP_AFTER)
    forget_old(now, kept=KEPT)
