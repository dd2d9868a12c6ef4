"""What each rule and each lock of a proposal costs, for the report and the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from clusterwork.cli.stopping import interruptible

if TYPE_CHECKING:
    from clusterwork.formation import Instance, Proposal


def costs_of(
    instance: Instance, proposal: Proposal, seconds: float, seed: int
) -> dict[str, object]:
    """More keys for the report; says what each rule costs. `seconds` for each rule and lock.

    Ctrl-C cuts what is left of it short.
    """
    from clusterwork.formation import lock_savings, rule_savings
    from clusterwork.formation.cost_report import cost_report

    plan = {cluster.label: cluster.members for cluster in proposal.clusters}
    with interruptible() as asked:
        rules = rule_savings(instance, plan, time_limit_s=seconds, seed=seed, should_stop=asked)
        locks = lock_savings(instance, plan, seconds=seconds, seed=seed, should_stop=asked)
    for each in rules:
        typer.echo(str(each.message))
    return cost_report(rules, locks)
