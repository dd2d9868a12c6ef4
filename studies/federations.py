"""The page on primaries that federated."""

from __future__ import annotations

import polars as pl

from studies.comparing import compared
from studies.telling import Shared, attrition, checks, data, how, joiners, rebuild
from studies.writing import in_short, result


def page(
    schools: pl.DataFrame, figures: pl.DataFrame, everyone: pl.DataFrame, shared: Shared
) -> str:
    """schools: `federation_arms` with what was known in 2016."""
    told = compared(schools, figures)
    return "\n".join(
        [
            _question(),
            in_short({"federated": told}),
            "## Data\n",
            data(shared),
            f"**Who joined** for the results of 2017 to 2019:\n\n{joiners(schools)}\n",
            "## How\n",
            how("federation") + _how_too(),
            "## Result\n",
            f"{result(told)}\n",
            "## Checks\n",
            checks(told),
            "## Who was lost\n",
            attrition(schools, everyone),
            "",
            _limits(),
            rebuild(),
        ]
    )


def _question() -> str:
    return """\
# Did primaries that federated improve faster at Key Stage 2?

England, summers 2016 to 2019. In a federation maintained schools share one governing body; each
keeps its own number. In the sentences below *cluster schools* are schools in a federation, and
*the figure* is how their progress changed from before joining, in standard deviations of schools,
beside how that of similar schools changed.
"""


def _how_too() -> str:
    return """\
- Schools that were academies by April 2022 are left out of both groups: a federation ends when
  its school becomes an academy, and the register of 2022 no longer says that it was in one.
  Federations without a date (1900-01-01) and of one school are left out and counted.
"""


def _limits() -> str:
    return """\
## Limits

- **Survivorship.** Membership is a snapshot of 31 March 2022: schools that left a federation,
  whose federation was dissolved, that became academies or closed before are invisible as
  members. What is estimated holds for federations that lasted. If unsuccessful ones were
  dissolved more often, the figure is too favourable.
- Schools not open in April 2022 cannot be told apart: the table counts them and shows their
  progress.
- Federations often join small schools, and results of small cohorts are suppressed (usually
  five pupils or fewer): a larger share of those that federated is lost for want of four summers
  than of the others.
- Few schools federated in these years: the interval is wide, and a drift of some size before
  the start would have been missed (see *Before joining*).
- Federating is no lottery: a vacant headship, falling rolls or a weak neighbour often come
  first, and no file here holds them. A school may be there to help the other; both count alike.
- Schools often work together long before the federation is registered, so that the start is
  blurred; one may be an infant school without Key Stage 2.
- Matching on results of 2016, which is the base for those who joined first, can itself bend the
  summers after (noise goes back to the mean): compare *matched on size only*, *not matched*.
- Poverty is known for 2018/19 only, after many had joined: among the checks, not in the main
  matching.
- Schools outside federations may work in partnerships of other kinds: the contrast is between
  forms, not between working together and alone.
- Three summers after joining are seen at most, for one year's joiners.
"""
