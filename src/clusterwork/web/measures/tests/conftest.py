"""What the tests of these pages share."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from clusterwork.clusters.models import Agreement, AgreementKind, AgreementVersion, Cluster


@pytest.fixture
def agreed(db):
    """A function that puts a data-sharing agreement of a cluster in force."""

    def make(cluster: Cluster) -> AgreementVersion:
        agreement = Agreement.objects.create(cluster=cluster, kind=AgreementKind.DATA_SHARING)
        return AgreementVersion.objects.create(
            agreement=agreement,
            number=1,
            state=AgreementVersion.State.IN_FORCE,
            in_force_on=dt.date(2025, 9, 1),
        )

    return make


@pytest.fixture(autouse=True)
def english_again():
    """A Welsh page leaves its language behind in the thread."""
    yield
    translation.activate("en-gb")
