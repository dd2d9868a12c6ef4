"""What is refused in a part of a plan, each with what, why and what to do; knows no database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class PartRefused(Problem):
    """Something wrong with a part; `field` is where it is to be put right."""

    def __init__(
        self,
        what: Message,
        *,
        field: str,
        why: Message | None = None,
        next_step: Message | None = None,
    ) -> None:
        super().__init__(what, why=why, next_step=next_step)
        self.field = field


class TextTooLong(PartRefused):
    """A text of more characters than the field holds, such as a pasted document."""


class NothingWritten(PartRefused):
    """A field that cannot stay empty."""


class PointsToNothing(PartRefused):
    """It names a part of the plan that is not there any more."""


class SchoolNotOfTheCluster(PartRefused):
    """A school that is not in the cluster at any time of the plan."""


class OwnerHasLeft(PartRefused):
    """The owner's school is not in the cluster any more when the action runs."""


class ActionOutsideThePlan(PartRefused):
    """An action that begins before the plan or ends after it."""


class DayOutsideThePlan(PartRefused):
    """A milestone before the plan or after it."""


class EndsBeforeItStarts(PartRefused):
    """A period without a day."""


class LineWithoutAction(PartRefused):
    """A budget line that belongs to no action."""


class SharesOverWhole(PartRefused):
    """Funders who pay more than a line costs."""


class ShareOutOfRange(PartRefused):
    """A share of nothing, or of more than all."""


class TargetBeforeBaseline(PartRefused):
    """A target that is to be reached before its baseline was taken."""


class NeitherNumberNorStatement(PartRefused):
    """A target without a value and without words."""


class NoBaselineAndNoReason(PartRefused):
    """A number wanted without saying from where."""


class ValueOutOfRange(PartRefused):
    """A value that the measure cannot have."""


class TieWithoutItsPriority(PartRefused):
    """Tied to a priority of the programme or authority without saying which; local without why."""


class StepGoesBackwards(PartRefused):
    """A step of how it should work that comes from a later one."""


class PayerUnclear(PartRefused):
    """Neither a programme nor a name, or both."""


class WrittenTwice(PartRefused):
    """A word defined twice, or a programme that is a funder twice."""


class FteOutOfRange(PartRefused):
    """A post of no time, or of more than twenty people."""


def too_long(field: str, n: int, most: int) -> PartRefused:
    """Says how long the text is and how long it may be."""
    return TextTooLong(
        Message(N_("This text is too long: %(n)s characters."), {"n": _thousands(n)}),
        field=field,
        why=Message(N_("This field holds %(n)s characters at most."), {"n": _thousands(most)}),
        next_step=Message(
            N_("What you wrote still stands below. Shorten it, and keep the rest in a document.")
        ),
    )


def nothing_written(field: str) -> PartRefused:
    """For a title or day that cannot stay empty."""
    return NothingWritten(
        Message(N_("Something is missing here.")),
        field=field,
        next_step=Message(N_("Fill this in; the rest of what you wrote is kept.")),
    )


def points_to_nothing(field: str) -> PartRefused:
    """For a part that somebody has removed in the meantime."""
    return PointsToNothing(
        Message(N_("What you chose here is no longer in the plan.")),
        field=field,
        why=Message(N_("Somebody may have removed it while you were writing.")),
        next_step=Message(N_("Choose another, or none.")),
    )


def not_of_the_cluster(field: str, school: str) -> PartRefused:
    """Names the school."""
    return SchoolNotOfTheCluster(
        Message(
            N_("This school is not in the cluster at any time of the plan: %(school)s."),
            {"school": school},
        ),
        field=field,
        next_step=Message(
            N_("Take it out here. An officer of the organisation can add it to the cluster.")
        ),
    )


def owner_has_left(school: str) -> PartRefused:
    """Names the school."""
    return OwnerHasLeft(
        Message(N_("The school that is to do this has left the cluster.")),
        field="owner_school",
        why=Message(
            N_("It is not a member while the action runs. School: %(school)s."), {"school": school}
        ),
        next_step=Message(N_("Choose another school, or leave it empty.")),
    )


def action_outside_the_plan(field: str, start_on: dt.date, end_on: dt.date) -> PartRefused:
    """Says the plan's time."""
    return ActionOutsideThePlan(
        Message(N_("The action lies outside the time of the plan.")),
        field=field,
        why=_time_of_the_plan(start_on, end_on),
        next_step=Message(N_("Change the dates of the action, or the time of the plan first.")),
    )


def day_outside_the_plan(field: str, start_on: dt.date, end_on: dt.date) -> PartRefused:
    """Says the plan's time."""
    return DayOutsideThePlan(
        Message(N_("The milestone lies outside the time of the plan.")),
        field=field,
        why=_time_of_the_plan(start_on, end_on),
        next_step=Message(N_("Choose a day in that time.")),
    )


def ends_before_it_starts() -> PartRefused:
    """For every period."""
    return EndsBeforeItStarts(
        Message(N_("The end is not after the start.")),
        field="end_on",
        why=Message(N_("A period lasts at least one day.")),
        next_step=Message(N_("Give a later end.")),
    )


def line_without_action() -> PartRefused:
    """For a budget line."""
    return LineWithoutAction(
        Message(N_("This budget line belongs to no action.")),
        field="action",
        why=Message(N_("Every pound of a plan pays for something that is done.")),
        next_step=Message(N_("Choose the action that it pays for; write the action first.")),
    )


def shares_over_whole(total: Decimal) -> PartRefused:
    """Says how much they come to."""
    return SharesOverWhole(
        Message(
            N_("The shares come to %(total)s per cent."),
            {"total": f"{(total * 100).normalize():f}"},
        ),
        field="shares",
        why=Message(N_("Together they cannot pay more than the whole: 100 per cent.")),
        next_step=Message(N_("Lower one of them.")),
    )


def share_out_of_range() -> PartRefused:
    """For one funder's share."""
    return ShareOutOfRange(
        Message(N_("A share is more than 0 and at most 100 per cent.")),
        field="shares",
        next_step=Message(N_("Leave the share empty where a funder pays nothing.")),
    )


def target_before_baseline(baseline_on: dt.date) -> PartRefused:
    """Says the day of the baseline."""
    return TargetBeforeBaseline(
        Message(N_("The target is to be reached before its baseline was taken.")),
        field="wanted_on",
        why=Message(N_("Date of the baseline: %(day)s."), {"day": baseline_on.isoformat()}),
        next_step=Message(N_("Give a later day for the target, or an earlier baseline.")),
    )


def neither_number_nor_statement(field: str) -> PartRefused:
    """For a target; its form asks for a number or for a sentence, by what it is about."""
    steps = {
        "wanted_value": N_(
            "Enter the value that you want. A target without a measure is a sentence: add one "
            "instead, and choose no measure."
        ),
        "statement": N_("Write what success would look like."),
    }
    return NeitherNumberNorStatement(
        Message(N_("The target says neither a number nor what success would look like.")),
        field=field,
        next_step=Message(steps[field]),
    )


def no_baseline_and_no_reason() -> PartRefused:
    """For a target on a measure."""
    return NoBaselineAndNoReason(
        Message(N_("The target has no baseline, and no reason why.")),
        field="baseline_value",
        why=Message(N_("Without a start nobody can tell later what has changed.")),
        next_step=Message(N_("Enter value and date, or say why there is none yet.")),
    )


def value_out_of_range(field: str, least: str, most: str) -> PartRefused:
    """Says the limits of the measure; an empty one is open."""
    return ValueOutOfRange(
        Message(N_("The measure cannot have this value.")),
        field=field,
        why=Message(
            N_("Least: %(least)s. Greatest: %(most)s."),
            {"least": least or "–", "most": most or "–"},
        ),
        next_step=Message(N_("Check the number and its unit.")),
    )


def tie_without_its_priority(tie: str) -> PartRefused:
    """Asks for what the choice needs."""
    field = {"programme": "programme_priority", "authority": "authority_priority"}.get(tie)
    return TieWithoutItsPriority(
        Message(N_("It is not said yet which priority this comes from, or why it matters here.")),
        field=field or "local_reason",
        next_step=Message(
            N_(
                "Choose or write the priority of the programme or authority; for a local one, "
                "say in a sentence why it matters here."
            )
        ),
    )


def step_goes_backwards() -> PartRefused:
    """For a link between steps."""
    return StepGoesBackwards(
        Message(N_("A step can only come from an earlier kind of step.")),
        field="comes_from",
        why=Message(N_("The order is activity, output, short, medium and long-term outcome.")),
        next_step=Message(N_("Choose earlier steps, or change the kind of this one.")),
    )


def payer_unclear() -> PartRefused:
    """For a funder."""
    return PayerUnclear(
        Message(N_("A funder is either a programme or another body with a name.")),
        field="name",
        next_step=Message(N_("Choose the programme, or write the name; not both.")),
    )


def written_twice(field: str) -> PartRefused:
    """For a word or a programme that is there already."""
    return WrittenTwice(
        Message(N_("This is in the plan already.")),
        field=field,
        next_step=Message(N_("Change the one that is there.")),
    )


def fte_out_of_range() -> PartRefused:
    """For a post."""
    return FteOutOfRange(
        Message(N_("Full-time equivalents are more than 0 and at most 20.")),
        field="fte",
        next_step=Message(N_("Write 0.5 for half a week. Split a larger team into posts.")),
    )


def _time_of_the_plan(start_on: dt.date, end_on: dt.date) -> Message:
    last = end_on - dt.timedelta(days=1)
    return Message(
        N_("First day of the plan: %(start)s. Last day: %(last)s."),
        {"start": start_on.isoformat(), "last": last.isoformat()},
    )


def _thousands(n: int) -> str:
    return f"{n:,}"
