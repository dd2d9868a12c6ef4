"""Five years of invented figures of the demonstration's schools, uploaded and partly released."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal

from clusterwork.cli.demo.cast import Cast
from clusterwork.cli.demo.days import Days, moment
from clusterwork.cli.demo.register import SEED
from clusterwork.clusters.models import Membership
from clusterwork.measures.models import Figure, Measure
from clusterwork.measures.services.comments import comment_on_figure
from clusterwork.measures.services.releases import release_figures
from clusterwork.measures.services.uploading.loading import confirm_figures, stage_figures
from clusterwork.registry.models import Census

FILE = "figures.csv"
COLUMNS = ("measure", "school_number", "year", "value", "denominator", "numerator", "source")
N_YEARS = 5
SOURCE = "Invented for the demonstration"
ATTENDANCE = "attendance"
SUBJECTS = {
    "ks2-reading-expected": 0.72,
    "ks2-writing-expected": 0.66,
    "ks2-maths-expected": 0.69,
    "ks2-rwm-expected": 0.58,
}
SESSIONS = 380  # half days in a school year
RELEASED = 4  # schools
Row = tuple[str, str, int, str, int, int | str, str]


def bring_figures(cast: Cast, days: Days) -> None:
    """Uploaded by the officer for all schools in clusters; released by some heads of the first."""
    upload = stage_figures(
        as_file(rows_of(cast, days)),
        person=cast.officer,
        day=days.today,
        organisation_pk=cast.first.organisation_id,
        layout="long",
        name=FILE,
    )
    now = moment(days.today)
    confirm_figures(person=cast.officer, day=days.today, now=now, pk=upload.pk)
    _release(cast, days)
    _comment(cast, days)


def rows_of(cast: Cast, days: Days) -> Iterator[Row]:
    """Each school's attendance and attainment in the last school years that have ended."""
    chance = random.Random(SEED)  # noqa: S311 - invented figures
    held = Membership.objects.filter(
        cluster__organisation=cast.first.organisation_id, school__isnull=False
    )
    pks = held.order_by().values("school").distinct()
    known = Census.objects.filter(school__in=pks, pupils__gt=0).select_related("school")
    latest = {each.school: each.pupils or 0 for each in known.order_by("school_id", "year")}
    for school, pupils in latest.items():
        gift = chance.gauss(0, 0.06)
        opened = school.opened_on or dt.date.min
        for year in range(days.year - N_YEARS, days.year):
            if opened > dt.date(year - 1, 9, 1):
                continue
            yield _attendance(school.number, year, pupils, chance.gauss(93.6, 0.9))
            cohort = max(2, round(pupils / 7 + chance.uniform(-1.5, 1.5)))
            for measure, usual in SUBJECTS.items():
                share = usual + gift + 0.01 * (year - days.year) + chance.gauss(0, 0.05)
                yield _attained(measure, school.number, year, cohort, share)


def _attendance(number: str, year: int, pupils: int, percent: float) -> Row:
    sessions = pupils * SESSIONS
    return ATTENDANCE, number, year, f"{min(percent, 98):.1f}", sessions, "", SOURCE


def _attained(measure: str, number: str, year: int, cohort: int, share: float) -> Row:
    reached = min(cohort, max(0, round(cohort * share)))
    return measure, number, year, f"{100 * reached / cohort:.0f}", cohort, reached, SOURCE


def as_file(rows: Iterator[Row]) -> io.BytesIO:
    """The rows as a CSV file in our own layout."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return io.BytesIO(out.getvalue().encode())


def together(schools: Iterable[int], measure: Measure, on: dt.date) -> Decimal | None:
    """What the figures of these schools come to, each by how many it counts."""
    rows = Figure.objects.filter(school__in=schools, measure=measure, on=on, value__isnull=False)
    found = [(each.value or 0, each.denominator or 0) for each in rows]
    n = sum(of for _value, of in found)
    return (
        round(Decimal(sum(value * of for value, of in found) / n), measure.decimals) if n else None
    )


def _release(cast: Cast, days: Days) -> None:
    """Four schools release all their figures, every other one to the officers too."""
    for n, (school_pk, head) in enumerate(list(cast.heads.items())[:RELEASED]):
        day = days.lately(80 - n)
        release_figures(
            person=head,
            day=day,
            now=moment(day),
            school_pk=school_pk,
            cluster_pk=cast.first.pk,
            officers_too=n % 2 == 0,
        )


def _comment(cast: Cast, days: Days) -> None:
    """The chair says why few pupils move her school's figure much."""
    school = cast.chairs_school
    found = Figure.objects.filter(school=school, measure__code="ks2-reading-expected")
    day = days.lately(70)
    comment_on_figure(
        person=cast.chair,
        day=day,
        now=moment(day),
        pk=found.latest("on").pk,
        words="Few pupils took the tests, and two of them had joined us that spring.",
    )
