"""How fast the longest plan that anybody writes opens: 30 schools, 12 priorities, 400 actions."""

from __future__ import annotations

import os
from typing import Any

from benchmarks.clusters import BACKEND, opened, told
from benchmarks.registry import migrate

N_SCHOOLS, N_PRIORITIES, N_ACTIONS = 30, 12, 400
LIMIT_WHOLE_MS, LIMIT_SAVE_MS, LIMIT_COPY_MS = 150.0, 300.0, 5_000.0


def main() -> None:
    """A plan with everything, its pages, one save, and a copy of it."""
    migrate()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwork.config.settings")
    os.environ["CLUSTERWORK_SECOND_FACTOR"] = "0"
    import django

    django.setup()
    from django.db import connection

    from clusterwork.plans.rules.content import content_of
    from clusterwork.plans.selectors.plans import whole_plan
    from clusterwork.plans.tests.made_plans import Planning

    made = Planning(n_schools=N_SCHOOLS)
    plan = made.full(n_priorities=N_PRIORITIES, n_actions=N_ACTIONS)
    whole = whole_plan(plan)
    print(f"{len(whole.members())} schools, {len(whole.actions)} actions")
    told("the whole plan as plain values", lambda: whole_plan(plan), LIMIT_WHOLE_MS)
    told("its content as JSON", lambda: content_of(whole), LIMIT_WHOLE_MS)
    pages(made, plan, whole)
    told("one action saved", saving(made, plan, whole), LIMIT_SAVE_MS)
    told("copied for the next year", copying(made, plan), LIMIT_COPY_MS)
    connection.close()


def pages(made: Any, plan: Any, whole: Any) -> None:
    """Server time and queries of the pages on which it is written."""
    from django.test import Client
    from django.urls import reverse

    client = Client(headers={"host": "localhost"})
    client.force_login(made.head, backend=BACKEND)
    action = whole.actions[0]
    opened(client, "the plan, with all its links for writing", reverse("plan", args=[plan.pk]))
    part = reverse("plan_part", args=[plan.pk, "actions", action.uid])
    opened(client, "the form of one action", part)
    opened(client, "the history of the plan", reverse("plan_history", args=[plan.pk]))
    opened(client, "the plans of the cluster", reverse("cluster_plan", args=[made.cluster.pk]))


def saving(made: Any, plan: Any, whole: Any) -> Any:
    """Another sentence in the first action, each time."""
    from itertools import count

    from clusterwork.plans.services.writing import save_part

    told_to = {"plan_pk": plan.pk, "section": "actions", "uid": whole.actions[0].uid}
    numbers = count()
    return lambda: save_part(**made.who, **told_to, values={"text": f"Sentence {next(numbers)}."})


def copying(made: Any, plan: Any) -> Any:
    """Last year's plan as the beginning of the next, undone each time."""
    import datetime as dt

    from benchmarks.clusters import undone
    from clusterwork.clusters.tests.made import TODAY
    from clusterwork.plans.models import Plan
    from clusterwork.plans.services.plans import PlanFacts
    from clusterwork.plans.tests.made_plans import END

    def act() -> None:
        Plan.objects.filter(pk=plan.pk).update(state="approved", approved_on=TODAY)
        facts = PlanFacts("Next year", END, dt.date(2028, 9, 1))
        made.start(facts=facts, beginning="earlier", earlier_pk=plan.pk)

    return lambda: undone(act)


if __name__ == "__main__":
    main()
