"""Schools, authorities and clusters, and who is in what."""

from __future__ import annotations

import datetime as dt

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
