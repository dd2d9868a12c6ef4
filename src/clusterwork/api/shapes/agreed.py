"""What clusters agree, sign and decide."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


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
