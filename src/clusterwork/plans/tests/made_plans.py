"""Plans with all their parts, made for a test; also as large as anybody writes them."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from clusterwork.accounts.models import Person, Role
from clusterwork.clusters.models import Appointment, Cluster
from clusterwork.clusters.tests.made import TODAY
from clusterwork.clusters.tests.made_clusters import BEGUN, Clusters
from clusterwork.plans.models import Plan
from clusterwork.plans.rules.parts import (
    ActionPart,
    BudgetLinePart,
    DefinitionPart,
    Link,
    MilestonePart,
    OutcomePart,
    Part,
    PayerPart,
    PostPart,
    PriorityPart,
    Share,
    StrandPart,
    TargetPart,
)
from clusterwork.plans.services.filling import fill
from clusterwork.plans.services.plans import PlanFacts, start_plan
from clusterwork.registry.models import School

NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)
START, END = dt.date(2026, 9, 1), dt.date(2027, 9, 1)
LEVELS = ("activity", "output", "short", "medium", "long")


def head(of: School, name: str) -> Person:
    """Somebody who heads the school and signs in."""
    person = Person.objects.create_user(
        f"{name.lower().replace(' ', '.')}@example.org", "x" * 20, name=name
    )
    Role.objects.create(person=person, kind="headteacher", school=of, start_on=BEGUN)
    return person


class Planning:
    """A cluster with heads, a chair who coordinates, and a plan as far as it is asked for."""

    def __init__(self, n_schools: int = 4, n_members: int | None = None) -> None:
        self.county = Clusters(n_schools)
        self.schools = self.county.schools[: n_members or n_schools]
        self.cluster: Cluster = self.county.open("Fen", self.schools)
        self.head = head(self.schools[0], "Hana Jones")
        self.other_head = head(self.schools[1], "Ben Rees")
        self.coordinator = Person.objects.create_user("cora@example.org", "x" * 20, name="Cora Lee")
        Appointment.objects.create(
            cluster=self.cluster,
            role="coordinator",
            person=self.coordinator,
            name="Cora Lee",
            start_on=BEGUN,
        )

    @property
    def who(self) -> dict[str, Any]:
        """Who writes, and when."""
        return {"person": self.head, "day": TODAY, "now": NOW}

    def start(self, **told: Any) -> Plan:
        """A draft for the school year."""
        facts = PlanFacts("Reading together", START, END)
        told = {**self.who, "cluster_pk": self.cluster.pk, "facts": facts, **told}
        return start_plan(**told)

    def full(self, **sizes: int) -> Plan:
        """A draft with every kind of part; see `sections_of`."""
        plan = self.start()
        fill_up(plan, self.head, self.schools, **sizes)
        return plan


def fill_up(plan: Plan, person: Person, schools: list[School], **sizes: int) -> None:
    """Gives the plan parts of every kind."""
    sections = sections_of(plan, [each.pk for each in schools], **sizes)
    fill(plan=plan, sections=sections, person=person, now=NOW)


def sections_of(
    plan: Plan, schools: list[int], *, n_priorities: int = 2, n_actions: int = 4
) -> dict[str, list[Part]]:
    """Parts of every kind for a plan, the same each time but for their uids."""
    chance = random.Random(5)
    priorities = [_priority(n, schools) for n in range(n_priorities)]
    strands = [_strand(n, schools, priorities) for n in range(max(1, n_priorities // 2))]
    actions = [_action(n, plan, schools, strands, priorities, chance) for n in range(n_actions)]
    payers = [PayerPart(uid=uuid4(), place=50, name="The Fenland Trust")]
    lines = [_line(n, each.uid, payers[0].uid) for n, each in enumerate(actions[::2])]
    steps = _steps(actions[0].uid)
    return {
        "priorities": [*priorities],
        "strands": [*strands],
        "actions": [*actions],
        "milestones": [
            MilestonePart(uid=uuid4(), place=n, action=each.uid, title="Half way", on=each.start_on)
            for n, each in enumerate(actions[::4])
        ],
        "posts": [
            PostPart(
                uid=uuid4(),
                strand=strands[0].uid,
                title="Reading lead",
                employer=schools[0],
                fte=Decimal("0.4"),
                start_on=plan.start_on,
            )
        ],
        "payers": [*payers],
        "budget_lines": [*lines],
        "outcomes": [*steps],
        "targets": [_target(n, plan, each.uid) for n, each in enumerate(priorities)],
        "definitions": [
            DefinitionPart(uid=uuid4(), term="Reading buddy", meaning="An older pupil who listens.")
        ],
    }


def _priority(n: int, schools: list[int]) -> PriorityPart:
    return PriorityPart(
        uid=uuid4(),
        place=n,
        title=f"Priority {n + 1}: reading for pleasure",
        text="Fewer than half of our pupils say that they like to read.",
        area="literacy",
        local_reason="Our villages have lost their libraries.",
        serves=tuple(sorted(schools)),
    )


def _strand(n: int, schools: list[int], priorities: list[PriorityPart]) -> StrandPart:
    return StrandPart(
        uid=uuid4(),
        place=n,
        title=f"Strand {n + 1}: libraries",
        text="Shared books and a van.",
        coordinator_name="Cora Lee",
        schools=tuple(sorted(schools)),
        priorities=tuple(each.uid for each in priorities[2 * n : 2 * n + 2]),
    )


def _action(
    n: int,
    plan: Plan,
    schools: list[int],
    strands: list[StrandPart],
    priorities: list[PriorityPart],
    chance: random.Random,
) -> ActionPart:
    start = plan.start_on + dt.timedelta(days=chance.randrange(0, 300))
    return ActionPart(
        uid=uuid4(),
        place=n,
        strand=strands[n % len(strands)].uid,
        priority=priorities[n % len(priorities)].uid,
        title=f"Action {n + 1}: exchange of books",
        text="Each school sends a box of books to the next at half term.",
        owner_name="Hana Jones",
        owner_school=schools[n % len(schools)],
        schools=tuple(sorted(chance.sample(schools, min(len(schools), 6)))),
        start_on=start,
        end_on=min(plan.end_on, start + dt.timedelta(days=40)),
    )


def _line(n: int, action: UUID, payer: UUID) -> BudgetLinePart:
    return BudgetLinePart(
        uid=uuid4(),
        place=n,
        action=action,
        title=f"Supply for half a day {n + 1}",
        kind="release",
        amount_pence=12_550,
        unfunded="The schools",
        shares=(Share(payer, Decimal("0.6")),),
    )


def _steps(action: UUID) -> list[OutcomePart]:
    made: list[OutcomePart] = []
    for n, level in enumerate(LEVELS):
        links = (Link(made[-1].uid, "The boxes come round in time."),) if made else ()
        made.append(
            OutcomePart(
                uid=uuid4(),
                place=n,
                level=level,
                text=f"Step {n + 1}: more is read",
                action=None if n else action,
                comes_from=links,
            )
        )
    return made


def _target(n: int, plan: Plan, priority: UUID) -> TargetPart:
    return TargetPart(
        uid=uuid4(),
        place=n,
        priority=priority,
        statement="Every pupil has finished three books of their own choice.",
        wanted_on=plan.end_on,
        horizon="short",
        whose="ours",
        known_how="Reading diaries",
        known_by="The coordinator",
        known_on=plan.end_on,
    )
