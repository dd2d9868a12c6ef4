"""The record of what was done to an agreement: drafting on the version, the rest on the cluster."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from clusterwork.accounts.models import Person
from clusterwork.audit.services import record
from clusterwork.clusters.letters.agreements import KINDS
from clusterwork.clusters.models import AgreementVersion
from clusterwork.kernel.messages import Message


def told(
    person: Person | None, version: AgreementVersion, verb: str, summary: str, **params: Any
) -> None:
    """On the version's own record, which its readers see."""
    _record(person, version, version, verb, summary, params)


def told_to_cluster(
    person: Person | None, version: AgreementVersion, verb: str, summary: str, **params: Any
) -> None:
    """On the cluster's record, which everybody with a role sees."""
    _record(person, version, version.agreement.cluster, verb, summary, params)


def _record(
    person: Person | None,
    version: AgreementVersion,
    subject: Model,
    verb: str,
    summary: str,
    params: dict[str, Any],
) -> None:
    named = {"agreement": f"{KINDS[version.agreement.kind]} {version.number}"}
    record(
        actor=person,
        verb=verb,
        subject=subject,
        summary=Message(summary, {**named, **params}),
        details={"version": version.pk},
    )
