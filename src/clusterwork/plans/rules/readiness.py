"""What stops a plan from being sent to its reviewers, and what they will ask; no database."""

from __future__ import annotations

from collections.abc import Iterator

from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.rules.whole import WholePlan


def what_stops(whole: WholePlan, not_asked: tuple[str, ...] = ()) -> tuple[Message, ...]:
    """Every reason why the plan cannot be sent yet; none where it can.

    `not_asked` names the member schools of which nothing shows that they were asked.
    """
    return (*_empty(whole), *_unasked(not_asked), *_local(whole), *_outside(whole), *_gone(whole))


def _empty(whole: WholePlan) -> Iterator[Message]:
    if not whole.priorities:
        yield Message(N_("It has no priority yet. Add one."))
    if not whole.actions:
        yield Message(N_("It has no action yet. Add one."))


def _unasked(names: tuple[str, ...]) -> Iterator[Message]:
    for name in names:
        text = N_("This school has not been asked about the plan: %(school)s.")
        yield Message(text, {"school": name})


def _local(whole: WholePlan) -> Iterator[Message]:
    for each in whole.priorities:
        if each.tie == "local" and not each.local_reason.strip():
            text = N_("A local priority says why it matters here. Priority: %(title)s.")
            yield Message(text, {"title": each.title})


def _outside(whole: WholePlan) -> Iterator[Message]:
    start, end = whole.fields.start_on, whole.fields.end_on
    for each in whole.actions:
        if each.start_on < start or each.end_on > end:
            text = N_("This action lies outside the time of the plan. Action: %(title)s.")
            yield Message(text, {"title": each.title})


def _gone(whole: WholePlan) -> Iterator[Message]:
    for each in whole.actions:
        owner = whole.named.schools.get(each.owner_school or 0)
        if owner and not owner.is_in(each.start_on, each.end_on):
            text = N_("The school that owns this action is not in the cluster then. "
                      "Action: %(title)s. School: %(school)s.")  # fmt: skip
            yield Message(text, {"title": each.title, "school": owner.name})


def what_reviewers_ask(whole: WholePlan) -> tuple[Message, ...]:
    """What the usual checklist would find missing; it informs and never stops anything."""
    served = {pk for each in whole.priorities for pk in each.serves}
    working = {pk for each in whole.actions for pk in each.schools}
    found = []
    for school in whole.members():
        if school.spans and school.pk not in served | working:
            text = N_("No priority or action is for this school: %(school)s.")
            found.append(Message(text, {"school": school.name}))
    if not whole.targets:
        found.append(Message(N_("No target or success statement says how you will know.")))
    if not whole.fields.after_funding.strip():
        found.append(Message(N_("Nothing says what goes on when the funding ends.")))
    for each in whole.actions:
        if not each.owner_name.strip() and not each.owner:
            text = N_("This action has no owner. Action: %(title)s.")
            found.append(Message(text, {"title": each.title}))
    return tuple(found)
