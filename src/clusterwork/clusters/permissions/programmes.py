"""Who may do what with programmes; loading a thing is passing its permission."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from rules.permissions import add_perm, has_perm
from rules.predicates import predicate

from clusterwork.accounts.models import Person, Role
from clusterwork.accounts.selectors import organisations_where
from clusterwork.clusters.models import Formation, Programme, Proposal
from clusterwork.kernel.errors import NotAllowed, NotThere
from clusterwork.kernel.messages import N_, Message
from clusterwork.registry.models import Organisation
from clusterwork.registry.selectors.organisations import all_below, with_ancestors

RUN = "clusters.run_programme"


@dataclass(frozen=True)
class Asked:
    """A question about an organisation's programmes on a day."""

    organisation: Organisation
    day: dt.date


@predicate  # type: ignore[untyped-decorator,unused-ignore]
def is_officer_of_it_or_above(person: Person, asked: Asked) -> bool:
    """Programme officer of the organisation or of one that it belongs to."""
    held = organisations_where(person, Role.Kind.PROGRAMME_OFFICER, asked.day)
    return held.filter(pk__in=with_ancestors(asked.organisation)).exists()


add_perm(RUN, is_officer_of_it_or_above)  # type: ignore[no-untyped-call]


def organisations_for(person: Person, day: dt.date) -> QuerySet[Organisation]:
    """The organisations whose programmes `person` may run on `day`."""
    held = organisations_where(person, Role.Kind.PROGRAMME_OFFICER, day)
    return all_below(held)


def check_may_run(person: Person, organisation: Organisation, day: dt.date) -> None:
    """Raises `NotAllowed`, naming who can, for anybody but the programme's officers."""
    asked = Asked(organisation, day)
    if not has_perm(RUN, person, asked):  # type: ignore[no-untyped-call]
        raise NotAllowed(
            Message(N_("You cannot open this programme.")),
            why=Message(
                N_("It belongs to this organisation: %(organisation)s."),
                {"organisation": str(organisation)},
            ),
            next_step=Message(
                N_("Its programme officers can open it. Ask one of them, or ask to be invited.")
            ),
        )


def programme_for(person: Person, pk: int, day: dt.date) -> Programme:
    """The programme, or `NotThere`, or `NotAllowed`."""
    found = Programme.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such programme.")))
    check_may_run(person, found.organisation, day)
    return found


def formation_for(person: Person, pk: int, day: dt.date) -> Formation:
    """The exercise, or `NotThere`, or `NotAllowed`."""
    chain = Formation.objects.select_related("programme__organisation")
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such exercise.")))
    check_may_run(person, found.programme.organisation, day)
    return found


def proposal_for(person: Person, pk: int, day: dt.date) -> Proposal:
    """The proposal, or `NotThere`, or `NotAllowed`."""
    chain = Proposal.objects.select_related(
        "formation__programme__organisation", "policy", "asked_by", "base"
    )
    found = chain.filter(pk=pk).first()
    if found is None:
        raise NotThere(Message(N_("There is no such proposal.")))
    check_may_run(person, found.formation.programme.organisation, day)
    return found


def made_proposal_for(person: Person, pk: int, day: dt.date) -> Proposal:
    """The proposal where it has clusters to show; else `NotThere`, or `NotAllowed`."""
    found = proposal_for(person, pk, day)
    if found.state != Proposal.State.DONE:
        raise NotThere(
            Message(N_("There is nothing here, because the proposal has not been made.")),
            next_step=Message(N_("Open the proposal's own page to see how it stands.")),
        )
    return found
