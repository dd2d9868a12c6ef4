"""How fast four years of Key Stage 2 results are read, loaded, and found to be there already."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.registry import REAL as REGISTER
from benchmarks.registry import SHARED, migrate, run

REAL = SHARED / "data" / "ks2_england_2016_2019.csv.gz"
LINKS = SHARED / "data" / "gias_links.csv.gz"
WANTED_ROWS = 65_194
LIMIT_S = 30.0
DAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def main() -> None:
    """Stages and confirms the file, then stages it again, each timed in this process."""
    migrate()
    if REGISTER.exists() and REAL.exists():
        run("schools", "import", str(REGISTER), "--source", "gias", "--as-at", "2022-04-25")
        run("schools", "links", str(LINKS))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwork.config.settings")
    import django

    django.setup()
    person, organisation = officer()
    file: Path | BinaryIO = REAL if REAL.exists() else generated()
    print(f"file: {'Key Stage 2, 2016 to 2019' if file == REAL else 'generated'}")
    told("first", lambda: loaded(file, person, organisation))
    told("again", lambda: loaded(file, person, organisation))


def officer() -> tuple[Any, Any]:
    """Somebody who may bring in figures of every school."""
    from clusterwork.accounts.models import Person, Role
    from clusterwork.registry.models import Authority, Organisation

    organisation = Organisation.objects.create(kind="consortium", name="All")
    if not Authority.objects.exists():
        Authority.objects.create(code="201", name="Anywhere", country="E")
    organisation.authorities.set(Authority.objects.all())
    person = Person.objects.create_user("bench@example.org", "x" * 20, name="Bench")
    Role.objects.create(
        person=person,
        kind="programme_officer",
        organisation=organisation,
        start_on=dt.date(2020, 1, 1),
    )
    return person, organisation


def generated() -> BinaryIO:
    """As many rows as the real file has, of invented schools."""
    from clusterwork.measures.imports.layouts import LAYOUTS
    from clusterwork.registry.models import Authority, School

    authority = Authority.objects.earliest("pk")
    n_schools = WANTED_ROWS // 4
    schools = [
        School(urn=200_000 + n, name=f"School {n}", authority=authority, phase="primary")
        for n in range(n_schools)
    ]
    for school in schools:
        school.refresh_keys()
    School.objects.bulk_create(schools)
    headings = LAYOUTS["ks2"].headings
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    for n in range(n_schools):
        for year in range(2016, 2020):
            tail = [30, 15, 15, 1.5, -2.5, 0.3, 103, 104, 102] + [50 + n % 50] * 8
            writer.writerow([200_000 + n, year, *tail])
    return io.BytesIO(out.getvalue().encode())


def loaded(file: Path | BinaryIO, person: Any, organisation: Any) -> str:
    """Stages the file and confirms it, as somebody would in two steps."""
    from clusterwork.measures.services.uploading.loading import confirm_figures, stage_figures

    started = time.perf_counter()
    upload = stage_figures(
        file, person=person, day=DAY, organisation_pk=organisation.pk, layout="ks2"
    )
    staged = time.perf_counter() - started
    confirm_figures(person=person, day=DAY, now=NOW, pk=upload.pk, accept_good_rows=True)
    run_ = upload.run
    return (
        f"staged in {staged:.1f} s; rows {run_.n_read:,}, new {run_.n_new:,}, "
        f"changed {run_.n_changed:,}, unchanged {run_.n_unchanged:,}, "
        f"unmatched rows {run_.n_unmatched:,}, rejected {run_.n_rejected:,}"
    )


def told(name: str, load: Callable[[], str]) -> None:
    """Seconds from start to end, and what became of the rows."""
    started = time.perf_counter()
    said = load()
    seconds = time.perf_counter() - started
    print(f"{name}: {seconds:.1f} s ({seconds / LIMIT_S:.0%} of {LIMIT_S:.0f} s); {said}")


if __name__ == "__main__":
    main()
