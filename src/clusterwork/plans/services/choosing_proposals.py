"""Proposing a priority to the cluster, out of a school's own needs too; changing, withdrawing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clusterwork.accounts.models import Person
from clusterwork.clusters.permissions.deciding import leads
from clusterwork.kernel.errors import NotThere, Problem
from clusterwork.kernel.messages import N_, Message
from clusterwork.plans.models import Candidate, Choosing, Need
from clusterwork.plans.permissions.choosing import (
    candidate_to_change,
    choosing_for,
    choosing_to_say_in,
)
from clusterwork.plans.selectors.choosing import choosing_schools
from clusterwork.plans.selectors.needs import sent_lines
from clusterwork.plans.services.choosing import locked_choosing, note_choosing
from clusterwork.plans.services.choosing_checks import (
    TITLE_LENGTH,
    PriorityFacts,
    check_is_in,
    check_serves,
    check_words,
    proposed_already,
)
from clusterwork.plans.services.reusing import count_reused
from clusterwork.plans.states import needs as states
from clusterwork.registry.models import School

FROM_NEEDS = N_("The school’s own statement of needs")


class NotProposingNow(Problem):
    """A change of the proposals while schools rank, or after."""


class NobodysProposal(Problem):
    """A proposal for no school, by somebody who does not lead the cluster."""


@transaction.atomic
def propose_priority(
    *, person: Person, day: dt.date, pk: int, school_pk: int | None, facts: PriorityFacts
) -> Candidate:
    """For a school of the cluster; without one, by its chair, coordinator or clerk.

    Raises `NotThere`, `NotAllowed`, `NotProposingNow`, `NotInTheCluster`, `NoTitle`,
    `ServesNobody`, `ProposedAlready`, `NobodysProposal`.
    """
    school = _proposer(person, pk, school_pk, day)
    choosing = _proposing(pk)
    check_is_in(choosing, [school_pk] if school_pk else [], day)
    return _make(person, choosing, school, facts, day)


@transaction.atomic
def propose_from_need(
    *, person: Person, day: dt.date, pk: int, school_pk: int, need_pk: int
) -> Candidate:
    """A priority of the school's sent statement, in its own words.

    It serves the school, and those that name a priority in the same area. Proposed twice, it
    raises `ProposedAlready`; otherwise what `propose_priority` does.
    """
    school = _proposer(person, pk, school_pk, day)
    choosing = _proposing(pk)
    check_is_in(choosing, [school_pk], day)
    need = Need.objects.filter(
        pk=need_pk,
        kind=Need.Kind.PRIORITY,
        statement__school=school_pk,
        statement__state=states.SENT,
    ).first()
    if need is None:
        raise NotThere(Message(N_("This priority is not in what your school has sent.")))
    if need.candidates.filter(choosing=choosing, withdrawn_at__isnull=True).exists():
        raise proposed_already()
    made = _make(person, choosing, school, _facts_from(need, choosing, day), day, need)
    count_reused(
        clusters=[choosing.cluster_id],
        form=f"priority:{made.pk}",
        fields=dict.fromkeys(("title", "text", "area", "serves"), FROM_NEEDS),
    )
    return made


@transaction.atomic
def change_priority(*, person: Person, day: dt.date, pk: int, facts: PriorityFacts) -> Candidate:
    """What is proposed is said in other words, or for other schools.

    Raises `NotThere`, `NotAllowed`, `NotProposingNow`, `NotInTheCluster`, `NoTitle`,
    `ServesNobody`, `ProposedAlready`.
    """
    candidate = candidate_to_change(person, pk, day)
    choosing = _proposing(candidate.choosing_id)
    candidate = _standing(pk)
    check_words(choosing, facts, but=pk)
    check_serves(choosing, facts, day)
    candidate.title, candidate.text = facts.title.strip(), facts.text.strip()
    candidate.area = facts.area
    candidate.save(update_fields=("title", "text", "area"))
    candidate.serves.set(facts.serves)
    _note(person, candidate, "priority.change", N_("Changed a proposed priority: %(title)s."))
    return candidate


@transaction.atomic
def withdraw_priority(*, person: Person, day: dt.date, now: dt.datetime, pk: int) -> Candidate:
    """It is proposed no longer. Raises `NotThere`, `NotAllowed`, `NotProposingNow`."""
    found = candidate_to_change(person, pk, day)
    _proposing(found.choosing_id)
    candidate = _standing(pk)
    candidate.withdrawn_at = now
    candidate.save(update_fields=("withdrawn_at",))
    _note(person, candidate, "priority.withdraw", N_("Withdrew a proposed priority: %(title)s."))
    return candidate


def _proposer(person: Person, pk: int, school_pk: int | None, day: dt.date) -> School | None:
    if school_pk is not None:
        return choosing_to_say_in(person, pk, school_pk, day)[1]
    choosing = choosing_for(person, pk, day)
    if not leads(person, choosing.cluster, day):
        raise NobodysProposal(
            Message(N_("It is not said which school proposes this.")),
            next_step=Message(N_("Choose a school that you head or send for.")),
        )
    return None


def _proposing(pk: int) -> Choosing:
    choosing = locked_choosing(pk)
    if choosing.state != states.PROPOSING:
        raise NotProposingNow(
            Message(N_("Nothing can be proposed or changed now.")),
            why=Message(
                N_("It stands at: %(state)s."),
                {"state": Message(states.CHOOSING_NAMES[choosing.state])},
            ),
            next_step=Message(N_("Ask the chair or coordinator to open it to proposals again.")),
        )
    return choosing


def _standing(pk: int) -> Candidate:
    """Under the lock of its choice. Raises `NotThere`."""
    rows = Candidate.objects.filter(pk=pk, withdrawn_at__isnull=True)
    found = rows.select_related("choosing__cluster", "school").first()
    if found is None:
        raise NotThere(Message(N_("This priority has been withdrawn.")))
    return found


def _make(
    person: Person,
    choosing: Choosing,
    school: School | None,
    facts: PriorityFacts,
    day: dt.date,
    need: Need | None = None,
) -> Candidate:
    check_words(choosing, facts)
    check_serves(choosing, facts, day)
    made = Candidate.objects.create(
        choosing=choosing,
        title=facts.title.strip(),
        text=facts.text.strip(),
        area=facts.area,
        school=school,
        by=person,
        by_name=str(person),
        need=need,
    )
    made.serves.set(facts.serves)
    _note(person, made, "priority.propose", N_("Proposed a priority: %(title)s."))
    return made


def _facts_from(need: Need, choosing: Choosing, day: dt.date) -> PriorityFacts:
    """The first line is the title, the whole the reason where there is more."""
    first = need.text.strip().splitlines()[0]
    title = first if len(first) <= TITLE_LENGTH else f"{first[: TITLE_LENGTH - 1].rstrip()}…"
    text = "" if title == need.text.strip() else need.text.strip()
    here = set(choosing_schools(choosing.cluster, day).values_list("pk", flat=True))
    same = sent_lines(choosing.cluster, need.statement.year, day).filter(
        kind=Need.Kind.PRIORITY, area=need.area
    )
    alike = set(same.order_by().values_list("statement__school", flat=True))
    own = {need.statement.school_id}
    is_named = need.area != Need.Area.OTHER
    return PriorityFacts(
        title, text, need.area, tuple(sorted((own | alike if is_named else own) & here))
    )


def _note(person: Person, candidate: Candidate, verb: str, text: str) -> None:
    note_choosing(person, candidate.choosing, verb, text, {"title": candidate.title})
