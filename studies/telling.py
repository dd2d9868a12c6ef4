"""Paragraphs that both pages share, with the numbers of the data in them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from clusterwork.impact.result import Diagnostic
from studies.attrition import lost, starts
from studies.comparing import Compared
from studies.writing import (
    balance,
    diagnostic,
    events,
    flow,
    honest,
    table,
    trends,
)


@dataclass(frozen=True)
class Shared:
    """own, chained: schools with reading progress in all years on their number and by chains.

    both: chained with reading and mathematics, special schools left out. twice: chain and years
    with two figures. special: special schools with a figure.
    spread: (year, schools with a figure, standard deviation in points).
    """

    own: int
    chained: int
    both: int
    twice: int
    special: int
    spread: tuple[tuple[str, int, float], ...]


def data(told: Shared) -> str:
    """What was read, and how schools were followed."""
    years = table(("summer", "schools with a figure", "standard deviation in points"), told.spread)
    return f"""\
- Key Stage 2 by school, summers 2016 to 2019 (Department for Education performance tables).
- Get Information About Schools: links between schools (22 April 2025), open mainstream schools
  (25 April 2022), groups and who is in them (31 March 2022).
- The school census of 2018/19, for one of the checks.

All are Crown copyright under the Open Government Licence v3 and are not part of this project.

**One school through changes of its number.** A school that becomes an academy gets a new number
and its old results stay with the old one. Numbers are chained by links called *Predecessor* or
*Successor*, told by either side, where the later school has one predecessor and the earlier one
successor. Mergers, amalgamations and splits are not followed: they are no longer the same
school.

On their own number {told.own:,} schools have a reading progress score in all four summers;
chained, {told.chained:,} do ({told.both:,} with mathematics too and without special schools). In
{told.twice:,} cases two numbers of a chain have a reading score for one summer; where both have a
full figure the later number's is taken.

**The outcome** is the mean of the school's progress scores in reading and mathematics: the only
figures that this file has for all four summers (2019 has no scaled scores and no percentages),
both from tests; writing is judged by teachers and is shown among the checks. Scores are for
pupils' progress since age 7 compared with pupils of the same start. Special schools and pupil
referral units by the census of 2018/19 are left out first ({told.special:,} with a score): their
pupils' progress is of another kind and would stretch the scale. Each summer the figure is then set
to mean 0 and standard deviation 1 **over schools**. A standard deviation of schools is much smaller
than one of pupils, so that numbers here must not be read on scales of pupils' effect sizes, nor as
months of progress.

{years}
"""


def how(group: str) -> str:
    """The rules of the comparison."""
    return f"""\
- **Joining**: by 1 September of a year counts for the results of the next summer; later in the
  school year, for the summer after. Schools that joined for the results of 2016 or earlier have
  no summer before: left out and counted below. Those that joined between 2 September 2018 and 1
  September 2019 were part of a {group} for some of the last year: left out and counted.
- **Beside whom**: schools that were in no {group} by the snapshot, or joined after 1 September
  2019. Equal phase, region, and junior school or not; the five nearest by pupils at the end of
  Key Stage 2, percentage at the expected standard in all three subjects, and progress, all of
  summer 2016, before any school here joined. With replacement; a school may stand beside
  several.
- **Estimate**: Callaway and Sant'Anna (2021), groups by the first summer; the base is the last
  summer before; the average over groups by their size. Others count by their weights from
  matching.
- **Errors** by {group}: it decides for all its schools. A school in none stands for itself. The
  errors take the matching as given.
- Nothing was registered in public. Question, outcome, rules of joining, matching and method were
  fixed before the first estimate was made; every other choice that was tried is in the table of
  other choices. Special schools were taken out of the scale after a first run had shown them in it;
  nothing changed sides.
"""


def checks(told: Compared) -> str:
    """All checks of a comparison under their headings."""
    return f"""\
### Summer by summer

{events(told)}

### Before joining

{trends(told)}

### If trends were not parallel

Rambachan and Roth (2023), bounds on how much the gap may bend; fixed-length intervals.

{honest(told)}

### An invented year of joining

Only schools that joined later than that, and only summers up to it: there should be nothing.

{diagnostic(told.placebo, "as if first results in")}

### Other choices

{diagnostic(told.alternatives, "choice")}

### Who was compared

{flow(told)}

The others that were not matched are not lost; they were further away. Likeness (differences
up to 0.1 are called alike, beyond 0.25 apart):

{balance(told)}
"""


def attrition(schools: pl.DataFrame, everyone: pl.DataFrame) -> str:
    """Every school with progress in 2016 by what became of it."""
    columns = (
        "school with progress in 2016",
        "schools",
        "all four summers",
        "not all",
        "progress 2016 of those with all",
        "of those without",
    )
    return table(columns, lost(schools, everyone).iter_rows())


def joiners(schools: pl.DataFrame) -> str:
    """When and as what they joined, before any is left out."""
    rows = ((str(start), kind, n) for start, kind, n in starts(schools).iter_rows())
    return table(("first results", "kind in April 2022", "schools"), rows)


def estimates(told: Diagnostic) -> dict[str, float]:
    """The estimates of a check by the name of the choice."""
    rows = told.table.rows if told.table else ()
    return {str(row[0]): float(str(row[1])) for row in rows if row[1] is not None}


def rebuild() -> str:
    """The command."""
    return """\
## Rebuild this page

```sh
make studies        # or: .venv/bin/python -m studies
```

reads `../shared/data` and writes this page; where the files are absent nothing is written. A
test compares the page with what the data give.
"""
