"""Plans nearly as good as a proposal, and how firm it is, for `clusterwork form`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from clusterwork.cli.stopping import interruptible

if TYPE_CHECKING:
    from clusterwork.formation import Firmness, Instance, NearBest, Proposal, Robustness


def alternatives_to(
    instance: Instance, proposal: Proposal, n: int, seconds: float
) -> dict[str, object]:
    """What goes into the report; says it in short on the screen. Ctrl-C ends the search."""
    from clusterwork.formation import firmness, near_best, robustness
    from clusterwork.formation.firm_report import firm_report
    from clusterwork.formation.near_best import WITHIN

    here = {cluster.label: cluster.members for cluster in proposal.clusters}
    with interruptible() as asked:
        found = near_best(
            instance, here, n=n, time_limit_s=seconds, seed=proposal.seed, should_stop=asked
        )
    plans = [each.partition for each in found]
    firm = firmness(here, plans)
    robust = robustness(instance, here, plans, seed=proposal.seed)
    _summary(found, firm, robust)
    return firm_report(found, WITHIN, firm, robust)


def _summary(found: tuple[NearBest, ...], firm: Firmness, robust: Robustness) -> None:
    from clusterwork.formation.firm_report import robust_message

    if not found:
        typer.echo("No other plan within 1 % was found.")
        return
    typer.echo(
        f"Plans within 1 %: {len(found)}. Firm: {len(firm.firm)} of {len(firm.schools)} schools."
    )
    typer.echo(str(robust_message(robust)))
