"""What a design could find, before anybody looks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from clusterwork.impact.power.designs import Design, PanelDesign, standard_error
from clusterwork.impact.power.testing import Trial, fitting_test, least_effect, power_of
from clusterwork.impact.result import Result, Table
from clusterwork.kernel.messages import N_, Message


@dataclass(frozen=True)
class Detectable(Result):
    """What a design could find; effects in pupils' standard deviations.

    se: standard error of the effect on the mean of all pupils. least: the smallest effect on that
    mean found with the power wanted; None where no result could be significant. least_reached:
    the same on the pupils reached (least / reached). power: to find the effect expected, None
    without one. target_group: the same design among those reached, where not all are.
    """

    design: Design
    test: Trial
    se: float
    least: float | None
    least_reached: float | None
    power: float | None
    target_group: Detectable | None

    @property
    def too_large(self) -> bool:
        """Whether only an effect larger than could be believed would be found."""
        return self.least_reached is None or self.least_reached > self.design.largest

    def sentences(self) -> Sequence[Message]:
        """What could be found, whom to look at instead, and how sure it would be."""
        if self.least is None:
            return (_said_impossible(self.design, self.test),)
        said = [_said_least(self.design, self.least)]
        if self.design.reached < 1:
            said.append(_said_reached(self.design, self.least_reached or 0.0))
        if self.too_large:
            said.append(_said_too_large(self))
        if self.too_large and self.target_group:
            said.append(_said_instead(self.target_group))
        if self.power is not None:
            said.append(_said_power(self.design, self.power))
        return tuple(said)


def detectable(design: Design) -> Detectable:
    """The smallest effect that the design finds with the power wanted, and what to do about it.

    With `reached` below 1 the effect on a school's mean is the effect on those reached times their
    share (Excellence Clusters 7.7: some strands "directly affect only a small proportion of the
    pupils"). Raises NotADesign.
    """
    se = standard_error(design)
    test = fitting_test(design.clusters, design.treated, design.covariates, design.alpha)
    least = power = None
    if test.df is not None and test.possible:
        least = least_effect(se, test.df, test.alpha, design.power)
        if design.expected is not None:
            power = power_of(design.expected * design.reached, se, test.df, test.alpha)
    elif design.expected is not None:
        power = 0.0
    return Detectable(
        data_hash=hashlib.sha256(repr(design).encode()).hexdigest(),
        assumptions=_assumptions(design),
        diagnostics=(),
        tables=(_table(design, se, test, least),),
        design=design,
        test=test,
        se=se,
        least=least,
        least_reached=None if least is None else least / design.reached,
        power=power,
        target_group=detectable(design.of_target_group()) if design.reached < 1 else None,
    )


def _assumptions(design: Design) -> tuple[Message, ...]:
    alike = Message(
        N_("Clusters with and without the work vary alike, and the numbers given here are right.")
    )
    reached = Message(N_("Pupils whom the work does not reach gain nothing by it."))
    panel = Message(N_("Without the work the clusters would have moved in parallel."))
    return (
        alike,
        *([reached] if design.reached < 1 else []),
        *([panel] if _is_panel(design) else []),
    )


def _is_panel(design: Design) -> bool:
    return isinstance(design, PanelDesign)


def _table(design: Design, se: float, test: Trial, least: float | None) -> Table:
    """Every number that the answer rests on."""
    rows = [(name, getattr(design, name)) for name in design.__dataclass_fields__]
    rows += [("se", se), ("df", test.df), ("method", test.method), ("least", least)]
    rows += [("assignments", test.assignments), ("smallest_p", test.smallest_p)]
    return Table("design", ("name", "value"), tuple(rows))


def _said_impossible(design: Design, test: Trial) -> Message:
    numbers: dict[str, object] = {"treated": design.treated, "clusters": design.clusters}
    if test.method == "placebo_rank":
        return Message(
            N_(
                "One cluster stands alone on its side (with the work: %(treated)s of "
                "%(clusters)s): no p-value can be told, only its rank among the others."
            ),
            numbers,
        )
    if test.df is None:
        return Message(
            N_(
                "There are too few clusters (%(clusters)s, with the work: %(treated)s) for so many "
                "covariates: nothing is left to tell chance by."
            ),
            numbers,
        )
    return Message(
        N_(
            "No result could be significant: %(treated)s of %(clusters)s clusters can be chosen in "
            "%(n)s ways only, so that the smallest p-value possible is %(p)s."
        ),
        {**numbers, "n": test.assignments, "p": f"{test.smallest_p:.3f}"},
    )


def _said_least(design: Design, least: float) -> Message:
    return Message(
        N_(
            "With the work in %(treated)s of %(clusters)s clusters, an effect of %(least)s "
            "standard deviations on the mean of all their pupils would be found in %(power)s of "
            "100 such studies; a smaller one would more often be missed."
        ),
        {
            "treated": design.treated,
            "clusters": design.clusters,
            "least": f"{least:.2f}",
            "power": f"{100 * design.power:.0f}",
        },
    )


def _said_reached(design: Design, least: float) -> Message:
    return Message(
        N_(
            "The work reaches %(reached)s %% of the pupils, so that these would have to gain "
            "%(least)s standard deviations."
        ),
        {"reached": f"{100 * design.reached:.0f}", "least": f"{least:.2f}"},
    )


def _said_too_large(told: Detectable) -> Message:
    params = {"largest": f"{told.design.largest:.2f}"}
    if told.design.reached < 1:
        return Message(
            N_(
                "That is more than could be believed (%(largest)s): no effect on whole schools "
                "could be seen, even if there is one."
            ),
            params,
        )
    return Message(
        N_(
            "That is more than could be believed (%(largest)s): this study would most likely miss "
            "what there is."
        ),
        params,
    )


def _said_instead(group: Detectable) -> Message:
    if group.least is None or group.too_large:
        return Message(
            N_("Among the pupils reached alone it could not be seen either; take more clusters.")
        )
    return Message(
        N_(
            "Look at the pupils reached instead, beside pupils like them elsewhere: among these an "
            "effect of %(least)s standard deviations could be found."
        ),
        {"least": f"{group.least:.2f}"},
    )


def _said_power(design: Design, power: float) -> Message:
    return Message(
        N_(
            "If those reached gain %(expected)s standard deviations, %(n)s of 100 such studies "
            "would find it."
        ),
        {"expected": f"{design.expected:.2f}", "n": f"{100 * power:.0f}"},
    )
