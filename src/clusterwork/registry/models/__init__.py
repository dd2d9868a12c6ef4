"""The register's facts and their named database constraints; one module a noun."""

from __future__ import annotations

from clusterwork.registry.models.facts import Assessment, Census, Flow, Grade, Scale
from clusterwork.registry.models.holidays import Holiday
from clusterwork.registry.models.imports import (
    OF_THE_REGISTER,
    Change,
    Happening,
    ImportRun,
    ImportSource,
    ImportState,
    RejectedRow,
    StagedChange,
)
from clusterwork.registry.models.organisations import (
    Authority,
    Country,
    Organisation,
    OrganisationKind,
)
from clusterwork.registry.models.partnerships import Affiliation, Partnership, PartnershipKind
from clusterwork.registry.models.schools import LinkKind, Phase, School, SchoolLink, Status

__all__ = [
    "OF_THE_REGISTER",
    "Affiliation",
    "Assessment",
    "Authority",
    "Census",
    "Change",
    "Country",
    "Flow",
    "Grade",
    "Happening",
    "Holiday",
    "ImportRun",
    "ImportSource",
    "ImportState",
    "LinkKind",
    "Organisation",
    "OrganisationKind",
    "Partnership",
    "PartnershipKind",
    "Phase",
    "RejectedRow",
    "Scale",
    "School",
    "SchoolLink",
    "StagedChange",
    "Status",
]
