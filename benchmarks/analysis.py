"""How long an analysis takes whose similar schools are looked for in the whole register."""

from __future__ import annotations

import datetime as dt
import os
import resource
import time
from collections.abc import Callable
from typing import Any

from benchmarks.figures import DAY, LINKS, NOW, REAL, REGISTER, loaded, officer
from benchmarks.registry import SHARED, migrate, run

CENSUS = SHARED / "data" / "census_england_201819.csv.gz"
COUNTY, N_CLUSTERS, EACH = "925", 12, 6
STARTS = dt.date(2017, 9, 1)
MEASURES = ("ks2-reading-progress", "ks2-maths-progress")
LIMIT_LOOK_S, LIMIT_RESULT_S = 60.0, 240.0


def main() -> None:
    """Lincolnshire primaries in clusters from 2017, progress of 2016 to 2019; real data only."""
    if not (REGISTER.exists() and REAL.exists()):
        print("The real register and results are not here; nothing was measured.")
        return
    migrate()
    run("schools", "import", str(REGISTER), "--source", "gias", "--as-at", "2022-04-25")
    run("schools", "links", str(LINKS))
    run("schools", "census", str(CENSUS), "--year", "2019")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwork.config.settings")
    import django

    django.setup()
    person, organisation = officer()
    print(loaded(REAL, person, organisation))
    programme = clusters(person, organisation)
    for code in MEASURES:
        told(code, programme, person)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process, loading included: {peak:.0f} MB")


def clusters(person: Any, organisation: Any) -> Any:
    """Clusters of neighbours: schools in the order of their eastings."""
    from clusterwork.clusters.models import Cluster, Membership, Participation, Programme
    from clusterwork.registry.models import School

    programme = Programme.objects.create(organisation=organisation, name="All", starts_on=STARTS)
    rows = School.objects.filter(authority__code=COUNTY, phase="primary", status="open")
    schools = list(rows.filter(opened_on__isnull=True).order_by("easting", "pk"))
    schools += list(rows.filter(opened_on__lte=dt.date(2016, 9, 1)).order_by("easting", "pk"))
    for n in range(N_CLUSTERS):
        cluster = Cluster.objects.create(
            organisation=organisation, working_name=f"Cluster {n}", start_on=STARTS
        )
        Participation.objects.create(cluster=cluster, programme=programme, start_on=STARTS)
        for school in schools[n * EACH : (n + 1) * EACH]:
            Membership.objects.create(cluster=cluster, school=school, start_on=STARTS)
    return programme


def told(code: str, programme: Any, person: Any) -> None:
    """Seconds of a look at what could be seen and of a result with every other choice."""
    from clusterwork.clusters.sentences import read
    from clusterwork.evaluation.impact_adapter.analysing import analysed
    from clusterwork.evaluation.impact_adapter.powering import could_see
    from clusterwork.evaluation.models import Alternative
    from clusterwork.evaluation.rules.plan import AnalysisPlan
    from clusterwork.evaluation.selectors.sample import sample_of
    from clusterwork.measures.models import Measure

    measure = Measure.objects.get(code=code, organisation=None)
    plan = AnalysisPlan(
        programme.pk, measure.pk, "all", "progress", 2016, 2019,
        alike_by=("pupils", "meals", "before"), alternatives=tuple(Alternative.values),
    )  # fmt: skip
    sample = timed("schools and figures", lambda: sample_of(plan, person, DAY), LIMIT_LOOK_S)
    print(f"  {len(sample.ours)} schools of clusters, {len(sample.others):,} others")
    look = timed("what could be seen", lambda: could_see(sample, plan, silent), LIMIT_LOOK_S)
    print("  " + " ".join(str(read(each)) for each in look["sentences"]))
    found = timed(
        "result", lambda: analysed(sample, plan, NOW.date(), silent).found, LIMIT_RESULT_S
    )
    print("  " + " ".join(str(read(each)) for each in found["sentences"]))
    for row in (found["alternatives"] or {"rows": []})["rows"]:
        print(f"    {row[0]}: {row[1]} ({row[3]} to {row[4]}) {row[6] or ''}")


def silent(step: str, done: int, of: int) -> None:
    """Tells nobody how far it is."""


def timed(name: str, make: Callable[[], Any], limit: float) -> Any:
    """What `make` returns, with its seconds told."""
    started = time.perf_counter()
    made = make()
    seconds = time.perf_counter() - started
    print(f"{name}: {seconds:.1f} s ({seconds / limit:.0%} of {limit:.0f} s)")
    return made


if __name__ == "__main__":
    main()
