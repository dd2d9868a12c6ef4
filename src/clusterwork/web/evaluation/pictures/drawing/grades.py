"""The picture of inspection grades before and after, beside those of all other schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwork.charts import Axis, Shares, Stack
from clusterwork.evaluation.rules.grades import (
    GROUPS,
    OTHERS_AFTER,
    OTHERS_BEFORE,
    OURS_AFTER,
    OURS_BEFORE,
    GradeShare,
    finding,
)
from clusterwork.registry.models import Scale
from clusterwork.web.charts import Figure, number_column, percent_column, text_column
from clusterwork.web.formats import number, said

MOST_PARTS = 5  # that a picture can tell apart
Spread = Mapping[str, Sequence[GradeShare]]


def group_names() -> dict[str, str]:
    """Whose grades, and of which side of their day."""
    return {
        OURS_BEFORE: _("These schools before"),
        OURS_AFTER: _("These schools after"),
        OTHERS_BEFORE: _("All other schools before"),
        OTHERS_AFTER: _("All other schools after"),
    }


def grades_figure(scale: Scale, shares: Spread, dates: str, file_name: str) -> Figure | None:
    """The spread of grades, four bars; None where none of our schools has one on both sides."""
    if not shares.get(OURS_BEFORE):
        return None
    title = finding(shares)
    groups = [group for group in GROUPS if shares.get(group)]
    chart = Shares(
        said(title) if title else str(scale),
        _(
            "Shares of schools by grade before and after: the programme’s schools and all others. "
            "Scale: %(scale)s."
        )
        % {"scale": scale},
        value=Axis(_("Schools"), percent=True),
        parts=_parts(shares),
        stacks=tuple(Stack(_stack_name(group, shares), _stack(shares[group])) for group in groups),
    )
    return Figure(
        "grades",
        chart,
        [
            text_column(_("Schools")),
            text_column(_("Grade")),
            number_column(_("Number of schools")),
            percent_column(_("Share")),
            percent_column(_("Interval from")),
            percent_column(_("to")),
        ],
        [
            [group_names()[group], each.grade, each.n_schools, each.share, each.ends.low,
             each.ends.high]
            for group in groups
            for each in shares[group]
        ],
        source=_("published inspections. Scale: %(scale)s") % {"scale": scale},
        dates=dates,
        file_name=file_name,
    )  # fmt: skip


def _stack_name(group: str, shares: Spread) -> str:
    n = sum(each.n_schools for each in shares[group])
    schools = ngettext("%(n)s school", "%(n)s schools", n) % {"n": number(n)}
    return f"{group_names()[group]}: {schools}"


def _parts(shares: Spread) -> tuple[str, ...]:
    """The grades; where there are more than a picture tells apart the last ones are one part."""
    names = [each.grade for each in shares[OURS_BEFORE]]
    if len(names) <= MOST_PARTS:
        return tuple(names)
    return (*names[: MOST_PARTS - 1], _("Other grades"))


def _stack(held: Sequence[GradeShare]) -> tuple[float, ...]:
    values = [each.share for each in held]
    if len(values) <= MOST_PARTS:
        return tuple(values)
    return (*values[: MOST_PARTS - 1], sum(values[MOST_PARTS - 1 :]))
