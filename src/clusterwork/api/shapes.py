"""What the API hands out. Names come in both languages; the Welsh one may be empty."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema


class Named(Schema):
    """Something with a number and a name in two languages."""

    id: int
    name: str
    name_cy: str


class School(Schema):
    """A school of the register. Positions are metres on the British National Grid and degrees."""

    id: int
    urn: int | None
    welsh_number: str | None
    la_estab: str
    name: str
    name_cy: str
    authority_code: str
    authority_name: str
    phase: str
    status: str
    opened_on: dt.date | None
    closed_on: dt.date | None
    religious_character: str
    medium: str
    easting: int | None
    northing: int | None
    latitude: float | None
    longitude: float | None


class Authority(Schema):
    """A local education authority area; its schools carry its code."""

    id: int
    code: str
    gss_code: str
    name: str
    name_cy: str
    country: str


class Cluster(Schema):
    """A cluster over [start_on, end_on). `name` is what its schools chose, or empty."""

    id: int
    code: str
    working_name: str
    name: str
    name_cy: str
    status: str
    organisation_id: int
    organisation_name: str
    inside_id: int | None
    start_on: dt.date
    end_on: dt.date | None


class Membership(Schema):
    """A school or a partner in a cluster over [start_on, end_on).

    `contributes` is empty for those who may not see it.
    """

    id: int
    cluster_id: int
    cluster_name: str
    school_id: int | None
    urn: int | None
    welsh_number: str | None
    school_name: str
    partner_id: int | None
    partner_name: str
    part: str
    contributes: str
    start_on: dt.date
    end_on: dt.date | None
    ended_by: str


class Programme(Schema):
    """A programme over [starts_on, ends_on)."""

    id: int
    name: str
    name_cy: str
    organisation_id: int
    organisation_name: str
    starts_on: dt.date
    ends_on: dt.date | None
    first_cycle_on: dt.date | None
    one_cluster_a_school: bool


class Participation(Schema):
    """A cluster in a programme over [start_on, end_on)."""

    id: int
    cluster_id: int
    cluster_name: str
    programme_id: int
    start_on: dt.date
    end_on: dt.date | None


class Appointment(Schema):
    """Somebody in a role of a cluster over [start_on, end_on)."""

    id: int
    cluster_id: int
    cluster_name: str
    role: str
    name: str
    school_id: int | None
    school_name: str
    strand: str
    start_on: dt.date
    end_on: dt.date | None


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


class Plan(Schema):
    """A cluster's plan over [start_on, end_on); one for a period, funded work and unfunded."""

    id: int
    cluster_id: int
    cluster_name: str
    title: str
    language: str
    state: str
    start_on: dt.date
    end_on: dt.date
    approved_on: dt.date | None
    replaces_id: int | None


class WholePlan(Plan):
    """A plan with its content.

    In `content` stand the plan's own fields under `plan`, and lists of parts, each with its `uid`:
    `priorities`, `strands`, `actions`, `milestones`, `posts`, `payers`, `budget_lines`, `outcomes`,
    `targets` and `definitions`. Schools, people, measures and programmes are named by number;
    `names` says what these were called. Money is in pence. `version` changes with the content.
    """

    version: str
    content: dict[str, Any]


class Paper(Schema):
    """A paper that can be made of a plan: `audience` is what asks for it."""

    audience: str
    kind: str
    name: str


class Document(Schema):
    """A paper as blocks, each with its `kind`; two documents where it is in both languages."""

    title: str
    documents: list[dict[str, Any]]


class Agreement(Schema):
    """A version of a memorandum or data-sharing agreement; a letter `varies` another version.

    In force over [in_force_on, ended_on). `because` is empty for those who may not read it.
    """

    id: int
    cluster_id: int
    cluster_name: str
    kind: str
    version: int
    varies_id: int | None
    state: str
    because: str
    put_out_on: dt.date | None
    in_force_on: dt.date | None
    ended_on: dt.date | None
    review_on: dt.date | None


class Clause(Schema):
    """A clause as it is signed; `is_own` if the cluster wrote it. The Welsh may be empty."""

    number: int
    section: str
    title: str
    title_cy: str
    text: str
    text_cy: str
    is_own: bool


class Signature(Schema):
    """A signature that a school needs, and when it was given, or null.

    `serves` is the federation or trust for whose schools it counts.
    """

    capacity: str
    serves: str
    name: str
    way: str
    signed_on: dt.date | None


class SchoolSigns(Schema):
    """Whether a school has signed; `signed_on` is the day of the last signature that it needs."""

    school_id: int
    urn: int | None
    welsh_number: str | None
    school_name: str
    has_signed: bool
    signed_on: dt.date | None
    signatures: list[Signature]


class WholeAgreement(Agreement):
    """A version with its words and who has signed; nobody can sign a draft."""

    clauses: list[Clause]
    schools: list[SchoolSigns]


class Decision(Schema):
    """A proposal and what became of it; how many schools agreed once it was counted.

    `group` is empty where the whole cluster decides. `because` says how it came out: no_quorum,
    objected, nobody, majority, minority, tie, cast_for, cast_against or unopposed.
    """

    id: int
    cluster_id: int
    cluster_name: str
    group: str
    about: str
    title: str
    amends_id: int | None
    proposed_school: str
    proposed_name: str
    proposed_on: dt.date
    vote_by: dt.date | None
    state: str
    decided_on: dt.date | None
    is_shared: bool
    agree: int | None
    abstain: int | None
    object: int | None
    because: str


class VotingRule(Schema):
    """The rule by which a decision was counted; shares are *more than*."""

    way: str
    quorum_share: float
    majority_share: float
    casting: bool


class SchoolsPart(Schema):
    """A school in a decision: who was there for it, and what it said; empty where nothing."""

    school_id: int
    urn: int | None
    welsh_number: str | None
    school_name: str
    has_vote: bool
    present_by: str
    present_name: str
    answer: str
    reason: str
    said_by: str


class WholeDecision(Decision):
    """A decision with its words and each school's part; `rule` once it was counted."""

    text: str
    chair_school: str
    rule: VotingRule | None
    schools: list[SchoolsPart]
