"""What the database refuses of figures and measures, in words; the last word in a race."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message


class ReplacedMeanwhile(Problem):
    """Another figure took the place of this one."""


class OutsideTheSchoolsLife(Problem):
    """The school had not opened, or had closed."""


class NotOfThisMeasure(Problem):
    """The database refuses a value, group, code or day that the measure does not have."""


def replaced_meanwhile() -> Problem:
    """For two corrections at once."""
    return ReplacedMeanwhile(
        Message(N_("This figure has been replaced since you opened the page.")),
        why=Message(N_("Somebody else corrected it, or a file brought a later one.")),
        next_step=Message(N_("Compare it with what you have entered here, and save again.")),
    )


def outside_the_schools_life() -> Problem:
    """For a figure of a day on which there was no such school."""
    return OutsideTheSchoolsLife(
        Message(N_("The school was not open at the time of the figure.")),
        why=Message(N_("A figure belongs to the time between a school's opening and closing.")),
        next_step=Message(
            N_("Correct the day, choose the school that was open then, or mend the school's dates.")
        ),
    )


def not_of_this_measure() -> Problem:
    """For a measure that was changed meanwhile."""
    return NotOfThisMeasure(
        Message(N_("The figure does not fit its measure.")),
        why=Message(N_("The measure's limits, groups, codes or dates do not allow it.")),
        next_step=Message(N_("Open the measure to see what it allows, and correct the figure.")),
    )


OF_FIGURES: Mapping[str, Callable[[], Problem]] = {
    "figure_current_once_a_school": replaced_meanwhile,
    "figure_current_once_a_cluster": replaced_meanwhile,
    "figure_current_once_a_authority": replaced_meanwhile,
    "figure_replaced_once": replaced_meanwhile,
    "figure_never_changed": replaced_meanwhile,
    "figure_within_the_schools_life": outside_the_schools_life,
    "figure_within_limits": not_of_this_measure,
    "figure_code_and_group_allowed": not_of_this_measure,
    "figure_while_measured": not_of_this_measure,
}


@contextmanager
def in_words(said: Mapping[str, Callable[[], Problem]]) -> Iterator[None]:
    """Raises the problem for the constraint that refuses; any other refusal as it comes."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        problem = said.get(getattr(diag, "constraint_name", None) or "")
        if problem is None:
            raise
        raise problem() from error
