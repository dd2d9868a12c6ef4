"""The kinds of value that the API takes, each refused where a database would break on it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from django.utils import timezone
from ninja import Path
from pydantic import AfterValidator, BeforeValidator, Field

MOST_ID = 2**63 - 1
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _iso_day(value: object) -> object:
    if isinstance(value, str) and not ISO_DAY.fullmatch(value):
        raise ValueError("write the day as year-month-day, for example 2026-09-01")
    return value


def plain(value: str) -> str:
    """The text, if a database can keep it."""
    if "\x00" in value:
        raise ValueError("leave out the null character")
    return value


Number = Annotated[int, Field(ge=1, le=MOST_ID)]
Id = Annotated[Number, Path(description="The number by which this API knows the thing.")]
Year = Annotated[int, Field(ge=1900, le=2200)]
Day = Annotated[dt.date, BeforeValidator(_iso_day)]
NO_NULL = {"pattern": r"^[^\x00]*$"}
Text = Annotated[str, Field(max_length=200, json_schema_extra=NO_NULL), AfterValidator(plain)]


# The words of the rooms' own choices, spelt out so that the description lists them; a test
# holds them equal.
SchoolPhase = Literal[
    "nursery",
    "primary",
    "middle",
    "secondary",
    "all_through",
    "special",
    "referral_unit",
    "sixteen_plus",
    "other",
]
SchoolStatus = Literal["open", "closed", "proposed"]
ClusterStatus = Literal["proposed", "recognised", "active", "closing", "closed"]
AppointmentRole = Literal[
    "chair",
    "coordinator",
    "strand_coordinator",
    "link_adviser",
    "link_person",
    "chair_of_governors",
    "governor_representative",
    "finance_lead",
    "clerk",
]
PlanState = Literal[
    "draft", "submitted", "in_review", "returned", "approved", "superseded", "withdrawn"
]
AgreementKind = Literal["memorandum", "data_sharing"]
AgreementState = Literal["draft", "signing", "in_force", "superseded", "withdrawn"]
DecisionState = Literal["open", "agreed", "not_agreed", "withdrawn", "amended"]
DecisionAbout = Literal["priorities", "plan", "agreement", "money", "members", "other"]


def day_or_today(on: dt.date | None) -> dt.date:
    """The day asked for, else today."""
    return on or timezone.localdate()
