"""Background work of the room, run by the worker."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from clusterwork.clusters.services.affirming import ask_new_heads
from clusterwork.clusters.services.agreements.reminding import remind_all
from clusterwork.clusters.services.agreements.settling import settle_all
from clusterwork.clusters.services.eligibility import due_for_recheck, recheck
from clusterwork.clusters.services.going_on import bring_statuses_up_to
from clusterwork.clusters.services.looking import JOB as LOOK
from clusterwork.clusters.services.looking import give_up_looks, look_after, work_on_look
from clusterwork.clusters.services.proposals import JOB
from clusterwork.clusters.services.registry_changes import apply_registry_changes
from clusterwork.clusters.services.reminding_voters import remind_voters
from clusterwork.clusters.services.running import give_up, work_on
from clusterwork.clusters.states.agreement import IN_FORCE

RETRIES = 3


@app.task(
    name=JOB,
    queue="formation",
    retry=RetryStrategy(max_attempts=RETRIES, wait=5),
    pass_context=True,
)
def propose(context: JobContext, *, proposal_id: int) -> None:
    """Makes one proposal and looks which places are firm; what breaks is tried again, and in the
    end said on its page."""
    attempts = context.job.attempts if context.job else 0
    if attempts > RETRIES:
        give_up(proposal_id)
        return
    try:
        work_on(proposal_id)
        look_after(proposal_id)
    except Exception:
        if attempts >= RETRIES:
            give_up(proposal_id)
            give_up_looks(proposal=proposal_id)
        raise


@app.task(
    name=LOOK,
    queue="formation",
    retry=RetryStrategy(max_attempts=RETRIES, wait=5),
    pass_context=True,
)
def look(context: JobContext, *, look_id: int) -> None:
    """Works one closer look out; what breaks is tried again, and in the end said on its page."""
    attempts = context.job.attempts if context.job else 0
    try:
        work_on_look(look_id)
    except Exception:
        if attempts >= RETRIES:
            give_up_looks(pk=look_id)
        raise


@app.periodic(cron="*/5 * * * *")
@app.task(name="clusters.keep_up", queue="registry", queueing_lock="clusters.keep_up")
def keep_up(timestamp: int) -> None:
    """Every five minutes: what the register says of schools that closed, statuses whose day has
    come, and agreements that every school has signed now that one has left. Harmless when nothing
    has happened."""
    apply_registry_changes(now=timezone.now())
    bring_statuses_up_to(timezone.localdate())
    settle_all(day=timezone.localdate(), link_for=agreement_address)


@app.periodic(cron="20 4 * * *")
@app.task(
    name="clusters.check_eligibility", queue="registry", queueing_lock="clusters.check_eligibility"
)
def check_eligibility_yearly(timestamp: int) -> None:
    """Every night: programmes whose last look at whom they are for is a year old. Flags only."""
    day = timezone.localdate()
    for pk in due_for_recheck(day).values_list("pk", flat=True):
        recheck(pk=pk, day=day)


@app.periodic(cron="40 * * * *")
@app.task(name="clusters.ask_new_heads", queueing_lock="clusters.ask_new_heads")
def ask_heads(timestamp: int) -> None:
    """Every hour: a letter to each head who is new to a cluster, once."""
    ask_new_heads(day=timezone.localdate(), link_for=_to_new_head)


def _to_new_head(cluster: int, headship: int, language: str) -> str:
    with override(language):
        return str(settings.SITE_ADDRESS) + reverse("new_head", args=[cluster, headship])


@app.periodic(cron="40 6 * * *")
@app.task(
    name="clusters.remind_of_agreements",
    queue="registry",
    queueing_lock="clusters.remind_of_agreements",
)
def remind_of_agreements(timestamp: int) -> None:
    """Every morning: those who have not signed an agreement and were last written to a week ago."""
    settle_all(day=timezone.localdate(), link_for=agreement_address, state=IN_FORCE)
    remind_all(now=timezone.now(), link_for=agreement_address)


@app.periodic(cron="50 6 * * *")
@app.task(name="clusters.remind_voters", queue="registry", queueing_lock="clusters.remind_voters")
def remind_of_votes(timestamp: int) -> None:
    """Every morning: those who have not voted, once, some days before the last day for votes."""
    remind_voters(day=timezone.localdate(), link_for=_to_decision)


def _to_decision(pk: int, language: str) -> str:
    with override(language):
        return str(settings.SITE_ADDRESS) + reverse("decision", args=[pk])


def agreement_address(pk: int, language: str) -> str:
    """The full address of a version of an agreement, for letters."""
    with override(language):
        return str(settings.SITE_ADDRESS) + reverse("agreement", args=[pk])
