"""Measures, figures of schools, and figures put together."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class Measure(Schema):
    """What is measured; `breakdowns` and `codes` are what a figure may have as group and code.

    Its figures put together: `sum`, `weighted` by the numbers counted, or `none`.
    """

    id: int
    code: str
    name: str
    name_cy: str
    definition: str
    definition_cy: str
    organisation_id: int | None
    unit: str
    counts: str
    direction: str
    way: str
    covers: str
    source: str
    decimals: int
    breakdowns: list[str]
    codes: list[str]
    is_public: bool
    started_on: dt.date | None
    ended_on: dt.date | None


class Figure(Schema):
    """A school's figure of a day: a value, or the code that says why there is none.

    `symbol` is what stands for the code in tables, as the Department for Education writes it.
    `published_as` is the number of the earlier school under which the source gave it.
    """

    id: int
    measure_id: int
    measure_code: str
    school_id: int
    urn: int | None
    welsh_number: str | None
    school_name: str
    group: str
    on: dt.date
    value: float | None
    code: str
    symbol: str
    denominator: int | None
    numerator: int | None
    source: str
    published_as: str
    is_public: bool
    entered_at: dt.datetime


class Total(Schema):
    """Schools' figures of a school year put together, or the symbol that stands in their place.

    `of` is a cluster, a programme, an authority or `similar` clusters, and `of_id` its number.
    `year` is that in which the school year ends. `counts` is the unit of count; `denominator` how
    many were counted, none of sums. `put_together` says how: `sum`, weighted by the `numbers`
    counted, the `schools` alike, or `nothing`. `schools_in` of `schools` have a value that is in.
    """

    measure_id: int
    measure_code: str
    unit: str
    counts: str
    of: str
    of_id: int | None
    of_name: str
    year: int
    value: float | None
    symbol: str
    put_together: str
    denominator: int | None
    schools_in: int
    schools: int
