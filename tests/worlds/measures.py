"""What the census of `web.measures` needs: a function of the world for each word."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from clusterwork.clusters.models import Programme
from clusterwork.measures.models import Figure, Measure, Origin, Release, Upload
from clusterwork.measures.services.figures import FigureFacts, enter_figure
from clusterwork.measures.services.measures import MeasureFacts, add_measure
from clusterwork.measures.services.releases import release_figures
from clusterwork.measures.services.uploading.loading import stage_figures
from clusterwork.registry.services import errands

YEAR_END = dt.date(2025, 7, 31)


def measure(world: Any) -> Measure:
    return Measure.objects.get(organisation=None, code="attendance")


def own_measure(world: Any) -> Measure:
    facts = MeasureFacts(
        code="reading-age", name="Reading age", unit="points", counts="pupils",
        direction="higher", way="weighted", covers="day",
    )  # fmt: skip
    return add_measure(
        person=world.officer, day=world.today, organisation_pk=world.organisation.pk, facts=facts
    )


def published_measure(world: Any) -> Measure:
    """A measure of which every school of the county has a published figure."""
    found = Measure.objects.get(organisation=None, code="ks2-rwm-expected")
    for n, school in enumerate(world.schools):
        Figure.objects.create(
            measure=found,
            school=school,
            on=YEAR_END,
            value=Decimal(50 + n),
            denominator=20,
            origin=Origin.UPLOAD,
            is_public=True,
            entered_at=timezone.now(),
        )
    return found


def figure(world: Any) -> Figure:
    """A figure that the head entered for her school and has released to nobody."""
    world.made("school_with_named")
    return enter_figure(
        person=world.people["headteacher"],
        day=world.today,
        now=timezone.now(),
        subject="school",
        subject_pk=world.school.pk,
        measure_pk=world.made("measure").pk,
        facts=FigureFacts(on=YEAR_END, written="94.5", denominator=60),
    )


def release(world: Any) -> Release:
    """Of another measure than the figure's, which stays the school's own."""
    staff = Measure.objects.get(organisation=None, code="ks2-rwm-expected")
    return release_figures(
        person=world.people["headteacher"],
        day=world.today,
        now=timezone.now(),
        school_pk=world.school.pk,
        cluster_pk=world.made("cluster").pk,
        measure_pk=staff.pk,
    )


def upload(world: Any) -> Upload:
    """A file that waits, with one good row and one that can't be taken."""
    text = (
        "measure,school_number,year,value\nattendance,900001,2025,94\nattendance,900002,2025,101\n"
    )
    return stage_figures(
        io.BytesIO(text.encode()),
        person=world.officer,
        day=world.today,
        organisation_pk=world.organisation.pk,
        layout="long",
        name="figures.csv",
    )


def figured_programme(world: Any) -> Programme:
    """The programme with the cluster in it, whose schools have published figures."""
    world.made("published_measure")
    world.made("participation")
    return world.programme


def figures_errand(world: Any) -> str:
    about = errands.Errand(
        errands.new_token(), errands.READ, world.officer.pk, "Officer", more={"year": None}
    )
    return errands.write(about).token


MAKERS: dict[str, Callable[[Any], Any]] = {
    "measure": measure,
    "own_measure": own_measure,
    "published_measure": published_measure,
    "figure": figure,
    "release": release,
    "figured_programme": figured_programme,
    "upload": upload,
    "figures_errand": figures_errand,
}
