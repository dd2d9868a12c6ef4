"""The page on primaries that joined a multi-academy trust."""

from __future__ import annotations

import polars as pl

from studies.comparing import Compared, compared
from studies.telling import Shared, attrition, checks, data, estimates, how, joiners, rebuild
from studies.writing import in_short, result, shown

KINDS = ("Academy converter", "Academy sponsor led")


def page(
    schools: pl.DataFrame, figures: pl.DataFrame, everyone: pl.DataFrame, shared: Shared
) -> str:
    """schools: `trust_arms` with what was known in 2016."""
    converters, sponsored = (compared(of_kind(schools, kind), figures) for kind in KINDS)
    return "\n".join(
        [
            _question(),
            in_short({"converters": converters, "sponsored academies": sponsored}),
            "## Data\n",
            data(shared),
            _who(schools),
            "## How\n",
            how("trust") + _how_too(),
            "## Result\n",
            f"### Converters\n\n{result(converters)}\n",
            f"### Sponsored academies\n\n{result(sponsored)}\n",
            _reading(sponsored),
            "## Checks: converters\n",
            checks(converters),
            "## Checks: sponsored academies\n",
            checks(sponsored),
            "## Who was lost\n",
            attrition(schools, everyone),
            "",
            _limits(),
            rebuild(),
        ]
    )


def of_kind(schools: pl.DataFrame, kind: str) -> pl.DataFrame:
    """All others, and of those that joined (also of those that moved since) one kind of academy."""
    other = ["never", "later"]
    return schools.filter(pl.col("arm").is_in(other) | (pl.col("kind") == kind))


def _question() -> str:
    return """\
# Did primaries that joined a multi-academy trust improve faster at Key Stage 2?

England, summers 2016 to 2019. Schools that chose to become academies (converters) and schools
that were given to a sponsor (sponsored, mostly after poor results or a poor inspection) are
kept apart: they joined for different reasons. In the sentences below *cluster schools* are
schools in a trust, and *the figure* is how their progress changed from before joining, in
standard deviations of schools, beside how that of similar schools changed.
"""


def _who(schools: pl.DataFrame) -> str:
    return f"""\
**Who joined** for the results of 2017 to 2019, by the trust's date for the school:

{joiners(schools)}
"""


def _how_too() -> str:
    return """\
- **Joined** means: opened as an academy and joined the trust within 60 days. An academy that
  joined this trust later was already an academy, in another trust or alone: left out, and
  counted below. Academies in no multi-academy trust and free schools are left out too.
  Federated schools, and foundation schools with a charitable trust, stay among the others.
- The choice *those that have moved trust since, too* was added after the first estimates were
  seen.
"""


def _reading(told: Compared) -> str:
    invented = estimates(told.placebo).items()
    placebo = ", ".join(f"{name}: {shown(value)}" for name, value in invented)
    others = estimates(told.alternatives)
    by_size, main = shown(others["matched on size only"]), shown(others["main"])
    return f"""\
Read the sponsored schools' figure with the summers before joining. An invented year of joining
should find nothing; it finds {placebo}. Schools are given to sponsors after
results have fallen, and results that have fallen tend to come back wherever the school is; matching
on 2016 takes away a part of that only (matched on size alone {by_size}, on results too {main}). A
test that averages over the years of joining may pass where the test of each year's joiners fails:
the stricter one decides.
"""


def _limits() -> str:
    return """\
## Limits

- **Survivorship.** Membership is a snapshot of 31 March 2022. Schools that left a trust, were
  moved to another (their date is of the last trust) or closed before it are invisible as
  members of the first; trusts that failed are seen only through the schools that others took
  on. What is estimated holds for schools that were still in the trust in which they became
  academies. If unsuccessful ones were moved more often, the figure is too favourable. *Those
  that have moved trust since, too* dates such schools by their opening as academies; it cannot
  bring back those that closed.
- Schools not open in April 2022 cannot be told apart by trust: the table counts them and shows
  their progress.
- Schools missing a summer are left out of the main figure: small cohorts are suppressed
  (usually five pupils or fewer), so that the smallest schools are hardly in it.
- Joining is no lottery. Who converts, and when, goes with leadership, money and plans that no
  file here holds. Trends that were alike before do not prove that they would have stayed alike.
- Schools that joined before the results of 2016, most of the early converters, cannot be judged
  here. Three summers after joining are seen at most, for one year's joiners.
- Results of the last summer before may already belong to a school year that began outside and
  ended inside the trust (*base a year earlier* leaves that out).
- Matching on results of 2016, which is the base for those who joined first, can itself bend the
  summers after (noise goes back to the mean): compare *matched on size only*, *not matched*.
- Poverty is known for 2018/19 only, after many had joined: among the checks, not in the main
  matching.
- Some schools outside trusts work in federations and partnerships, and trusts work with schools
  outside: the contrast is between forms, not between working together and alone.
- Trusts take on schools in different years, so that errors by trust hold only if years of
  joining are as good as independent of what would have come.
- Two main comparisons are made on this page and one on the other; one in twenty such intervals
  misses the truth even where all assumptions hold.
- Composition: new pupils after joining are in the figures; progress scores allow for results at
  age 7 only.
"""
