"""One chart of each kind, as pages make them."""

from __future__ import annotations

import math

from clusterwork.charts import (
    Aim,
    Axis,
    Bands,
    Bar,
    Dot,
    Event,
    Funnel,
    Group,
    Intervals,
    Limits,
    Point,
    Reference,
    Row,
    Series,
    Shares,
    SinceStart,
    Stack,
    Start,
    Trend,
    years_between,
)

EXPECTED = Axis("Pupils at the expected standard in reading", percent=True)
PROGRESS = Axis("Difference in progress (standard deviations)")


def a_line(name: str, first: float, rise: float, reach: float) -> Series:
    return Series(
        name,
        tuple(
            Point(year, v := first + rise * i + 0.02 * (i % 2), v - reach, v + reach)
            for i, year in enumerate(range(2012, 2020))
        ),
    )


def a_trend() -> Trend:
    return Trend(
        "Reading rose after the cluster began, as it did in similar clusters",
        "Two lines over eight years; our cluster stands below similar clusters in every year.",
        years=years_between(2012, 2019),
        value=EXPECTED,
        series=(
            a_line("Our cluster: Clwstwr Dyffryn Tŵyn", 0.55, 0.025, 0.06),
            a_line("Similar clusters", 0.6, 0.015, 0.02),
        ),
        starts=(Start(2014.5, "The cluster began"),),
        aims=(Aim(2017, 0.82, "Aim: 82%"), Aim(2019, 0.85, "Aim: 85%")),
        events=(
            Event(2013.4, "St Mary’s: Good", "Inspections"),
            Event(2014.1, "Llanŵern: Requires improvement", "Inspections"),
            Event(2018.7, "Hill View: Good", "Inspections"),
            Event(2016.4, "Satisfactory", "Judgements of the cluster"),
            Event(2018.4, "Strong", "Judgements of the cluster"),
        ),
        years_title="School year",
        aims_words="Aim in the plan",
    )


def a_forest(n: int = 6) -> Intervals:
    names = ("Main analysis", "Exact on phase", "Without the largest school", "One neighbour",
             "Placebo year", "Ten neighbours, with replacement and a caliper")  # fmt: skip
    rows = []
    for i in range(n):
        label = names[i] if n <= len(names) else f"Ysgol Gynradd Tŷ Newydd {i + 1}"
        at = math.sin(i) / 10 + 0.03
        text = f"{at:.2f} ({at - 0.11:.2f} to {at + 0.11:.2f})".replace("-", "−")
        told = text if n <= len(names) else ""
        rows.append(Row(label, at, at - 0.11, at + 0.11, kind=min(i, 1), text=told))
    return Intervals(
        f"The estimate stays near 0.05 in all {n} comparisons",
        "Rows of estimates, each with its interval, beside a line of no difference.",
        value=PROGRESS,
        rows=tuple(rows),
        reference=Reference(0, "No difference"),
        kinds=("Main analysis", "Other analyses named beforehand"),
    )


def years_since() -> SinceStart:
    values = {-4: 0.01, -3: -0.03, -2: 0.02, 0: 0.04, 1: 0.07, 2: 0.11, 3: 0.09}
    return SinceStart(
        "The two groups went the same way before the start",
        "Points by year since the start with intervals.",
        since=Axis("Years since the cluster began"),
        value=PROGRESS,
        points=tuple(Point(x, y, y - 0.06, y + 0.06) for x, y in values.items()),
        start_label="The cluster began",
        before_words="Before (should lie near no difference)",
        after_words="After, with 95% intervals",
        reference_words="No difference",
    )


def size_bands() -> Bands:
    return Bands(
        "Small schools caught up in 2012",
        "Bars by size of school in two years.",
        value=Axis("Schools below the floor", percent=True),
        categories=("Under 50 pupils", "50 to 99 pupils", "100 to 199 pupils", "200 or more"),
        groups=(
            Group("2011", (
                Bar(0.31, 0.2, 0.45, "12 of 39"), Bar(0.22, 0.15, 0.31, "24 of 109"),
                Bar(0.12, 0.1, 0.15, "80 of 667"), Bar(0.1, 0.09, 0.11, "310 of 3,100"),
            )),
            Group("2012", (
                Bar(None, label="held back: fewer than 5"), Bar(0.14, 0.09, 0.22, "15 of 107"),
                Bar(0.11, 0.09, 0.14, "73 of 664"), Bar(0.08, 0.07, 0.09, "248 of 3,110"),
            )),
        ),
    )  # fmt: skip


def grades() -> Shares:
    return Shares(
        "More cluster schools were good or better after three years",
        "Stacked bars of grades before and after, beside the nation.",
        value=Axis("Schools inspected", percent=True),
        parts=("Outstanding", "Good", "Requires improvement", "Inadequate"),
        stacks=(
            Stack("Cluster schools before: 41 schools", (0.07, 0.54, 0.34, 0.05)),
            Stack("Cluster schools after: 38 schools", (0.13, 0.66, 0.18, 0.03)),
            Stack("England before: 16,700 schools", (0.17, 0.62, 0.19, 0.02)),
            Stack("England after: 16,800 schools", (0.18, 0.69, 0.11, 0.02)),
        ),
    )


def reach(size: float) -> float:
    return math.sqrt(0.65 * 0.35 / size)


def a_dot(number: int) -> Dot:
    size = 7 + (number * 17) % 100
    value = 0.65 + math.sin(number * 2.3) * 1.5 * reach(size)
    return Dot(size, min(0.98, value), kind=int(number % 9 == 0))


def limits(size: float) -> Limits:
    inner, outer = 1.96 * reach(size), 3.09 * reach(size)
    ends = (0.65 - inner, 0.65 + inner, 0.65 - outer, 0.65 + outer)
    return Limits(size, *(min(1.0, max(0.0, end)) for end in ends))


def a_funnel() -> Funnel:
    return Funnel(
        "Most small schools lie where chance alone would put them",
        "Dots of schools by number of pupils within funnel limits.",
        size=Axis("Pupils assessed"),
        value=EXPECTED,
        dots=tuple(a_dot(number) for number in range(60)),
        limits=tuple(limits(size) for size in (6, 8, 10, 13, 16, 20, 25, 30, 45, 60, 90, 120)),
        centre=0.65,
        kinds=("Other schools", "Schools of the cluster"),
        centre_words="All schools: 65%",
        words_95="19 in 20 schools lie within",
        words_998="998 in 1,000 lie within",
    )


def every_chart() -> tuple[Trend | Intervals | SinceStart | Bands | Shares | Funnel, ...]:
    return (a_trend(), a_forest(), a_forest(60), years_since(), size_bands(), grades(), a_funnel())
