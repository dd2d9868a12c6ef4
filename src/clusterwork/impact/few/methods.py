"""Which method so many clusters allow: why, on what terms, and what is not told."""

from __future__ import annotations

from enum import StrEnum

from clusterwork.impact.few.influences import Influenced
from clusterwork.impact.few.randomising import Randomised
from clusterwork.impact.result import Estimate
from clusterwork.kernel.messages import N_, Message

LEAST_RANDOMISED, LEAST_WILD, LEAST_INFLUENCE = 2, 4, 12


class Method(StrEnum):
    """How the uncertainty is told."""

    PLACEBO_RANK = "placebo_rank"
    RANDOMISATION = "randomisation"
    WILD_BOOTSTRAP = "wild_bootstrap"
    INFLUENCE = "influence"


WHY = {
    Method.PLACEBO_RANK: N_(
        "With one cluster on one side (%(treated)s started, %(comparison)s did not) only its place "
        "among the others can be told: one cluster's good year cannot be told from an effect."
    ),
    Method.RANDOMISATION: N_(
        "The smaller side has two or three clusters (%(treated)s started, %(comparison)s did not). "
        "Errors by cluster would be far too small, so the difference is set beside those of all "
        "other choices of as many clusters."
    ),
    Method.WILD_BOOTSTRAP: N_(
        "The smaller side has four to eleven clusters (%(treated)s started, %(comparison)s did "
        "not). Errors by cluster (CR2) are too small there, so the wild cluster bootstrap says how "
        "large a difference comes about without any effect."
    ),
    Method.INFLUENCE: N_(
        "Both sides have twelve clusters or more (%(treated)s started, %(comparison)s did not), so "
        "errors summed by cluster are right."
    ),
}


def method_for(n_treated: int, n_comparison: int) -> Method:
    """The method for so many clusters in both arms, each at least one."""
    smaller = min(n_treated, n_comparison)
    if smaller < LEAST_RANDOMISED:
        return Method.PLACEBO_RANK
    if smaller < LEAST_WILD:
        return Method.RANDOMISATION
    return Method.WILD_BOOTSTRAP if smaller < LEAST_INFLUENCE else Method.INFLUENCE


def why(method: Method, n_treated: int, n_comparison: int) -> Message:
    """The reason of the choice, with the numbers of clusters."""
    return Message(WHY[method], {"treated": n_treated, "comparison": n_comparison})


def assumptions_of(method: Method) -> tuple[Message, ...]:
    """What has to be true for the method's numbers."""
    always = (
        Message(N_("Without the work, clusters that started would have changed as the others.")),
        Message(N_("Nothing changed before the start because of it, and nothing in the others.")),
        Message(N_("Every cluster counts once, however many pupils it has.")),
    )
    if method in (Method.PLACEBO_RANK, Method.RANDOMISATION):
        shocks = N_("Good and bad years come to all clusters alike: to large ones as to small.")
    else:
        shocks = N_("Good and bad years of one cluster do not depend on those of another.")
    return (*always, Message(shocks))


def refused(
    found: Estimate, method: Method, draws: Randomised | None, influenced: Influenced | None
) -> tuple[Message, ...]:
    """What is not told, each with its reason."""
    told = []
    if found.p is None:
        told.append(
            Message(N_("No p-value is given: with one cluster on one side none would be true."))
        )
    if draws is not None and found.low is None and found.high is None:
        told.append(
            Message(
                N_(
                    "No %(level)s%% interval is given: with %(n)s choices of clusters no p-value "
                    "can be below %(least)s."
                ),
                {
                    "level": f"{100 * found.level:g}",
                    "n": len(draws.found),
                    "least": f"{draws.least_p:.2g}",
                },
            )
        )
    if influenced is not None and method is not Method.INFLUENCE:
        told.append(
            Message(
                N_(
                    "The other estimator's errors are not used: they are right with twelve "
                    "clusters or more on both sides. Means before and after are compared instead."
                )
            )
        )
    return tuple(told)
