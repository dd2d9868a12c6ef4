"""What schools said, or left unsaid, that a confirmation of a proposal would pass over."""

from __future__ import annotations

from dataclasses import dataclass

from clusterwork.clusters.models import Answer, Asking, Formation, Proposal, Round, Wish
from clusterwork.clusters.selectors.requests import open_requests
from clusterwork.clusters.selectors.rounds import rounds_of, waiting_schools
from clusterwork.registry.models import School


@dataclass(frozen=True)
class Unsettled:
    """Declines of placed schools, those silent in the last round, requests and wishes."""

    declined: list[Answer]
    last: Round | None
    silent: list[School]
    requests: list[Answer]
    n_wishes: int
    asking: Asking | None

    @property
    def anything(self) -> bool:
        """Whether there is something that the officer should know."""
        return bool(self.declined or self.silent or self.requests or self.n_wishes)


def unsettled_in(proposal: Proposal) -> Unsettled:
    """Everything that is still open between the proposal and its schools: seven queries."""
    formation = proposal.formation
    placed = placed_ids(proposal)
    declined = still_declining(proposal)
    last = rounds_of(formation).first()
    gone = {answer.school_id for answer in declined}
    silent = waiting_schools(last).filter(pk__in=placed - gone) if last else []
    wishes = undecided_wishes(formation)
    first = wishes[0].asked.asking if wishes else None
    return Unsettled(
        declined, last, list(silent), list(open_requests(formation)), len(wishes), first
    )


def still_declining(proposal: Proposal) -> list[Answer]:
    """The last answers of schools that the proposal places although they decline, by name."""
    rows = Answer.objects.filter(round__formation=proposal.formation_id)
    last = rows.order_by("school_id", "-round__number", "-number").distinct("school_id")
    placed = placed_ids(proposal)
    found = [
        answer
        for answer in last.select_related("school", "round")
        if answer.kind == Answer.Kind.DECLINE and answer.school_id in placed
    ]
    return sorted(found, key=lambda answer: (answer.school.sort_key, answer.school_id))


def undecided_wishes(formation: Formation) -> list[Wish]:
    """The lines of the exercise's askings that nobody has decided, of the last asking first."""
    rows = Wish.objects.filter(asked__asking__formation=formation, decision="")
    return list(rows.select_related("asked__asking").order_by("-asked__asking__number", "pk"))


def placed_ids(proposal: Proposal) -> set[int]:
    """The schools that the proposal puts into a cluster."""
    placed = proposal.places.filter(cluster__isnull=False)
    return set(placed.values_list("school_id", flat=True))
