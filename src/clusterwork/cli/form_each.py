"""`clusterwork form --by-authority`: each authority by itself, here or on Spark."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from clusterwork.cli.form import BAD_INPUT, IMPOSSIBLE, MOST_LINES, NOT_FOUND, Engine, proof, say
from clusterwork.cli.stopping import interruptible
from clusterwork.cli.writing import write_whole
from clusterwork.kernel.errors import Problem

if TYPE_CHECKING:
    from clusterwork.formation import Instance
    from clusterwork.formation.groups import Formed


def form_each(
    instance: Instance, out: Path, report: Path, time_limit: float, seed: int, engine: Engine
) -> None:
    """Form each authority, write both files with all that there is, and say how it went."""
    try:
        found = (_on_spark if engine is Engine.SPARK else _here)(instance, time_limit, seed)
    except Problem as problem:
        say(str(problem))
        raise typer.Exit(BAD_INPUT) from problem
    write_whole(out, _clusters_csv(found))
    write_whole(report, _report(found, instance, engine))
    _summary(found, instance)
    _exit(found)


def _here(instance: Instance, time_limit: float, seed: int) -> tuple[Formed, ...]:
    from clusterwork.formation.groups import form_groups, grouped

    groups = grouped(instance.schools)
    shown = _Shown(len(groups))
    with interruptible() as asked:
        found = form_groups(
            groups, instance, time_limit_s=time_limit, seed=seed, should_stop=asked, tell=shown
        )
    shown.close()
    return found


def _on_spark(instance: Instance, time_limit: float, seed: int) -> tuple[Formed, ...]:
    import os

    from clusterwork.formation.groups import spark

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    frame = spark.frame_of(spark.session(), instance.schools)
    frames = spark.form_by_authority(
        frame, instance.policy, time_limit_s=time_limit, seed=seed, whole=instance
    )
    return spark.collected(frames)


class _Shown:
    """One line on the terminal that counts the authorities; nothing where there is none."""

    def __init__(self, n_groups: int) -> None:
        self.n_groups, self.n_done, self.live = n_groups, 0, sys.stderr.isatty()

    def __call__(self, formed: Formed) -> None:
        self.n_done += 1
        if self.live:
            line = f"{self.n_done} of {self.n_groups} authorities, last: {formed.group}"
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()

    def close(self) -> None:
        if self.live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _clusters_csv(found: Sequence[Formed]) -> str:
    """`cluster,id,authority`, clusters together in the order of their numbers."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("cluster", "id", "authority"))
    for formed in found:
        for cluster in json.loads(formed.report)["clusters"]:
            label = cluster["cluster"]
            writer.writerows((label, school, formed.group) for school in cluster["schools"])
    return text.getvalue()


def _report(found: Sequence[Formed], instance: Instance, engine: Engine) -> str:
    from clusterwork.formation.groups import total_of

    authorities = []
    for formed in found:
        plain = asdict(formed)
        own = {"authority": plain.pop("group"), **plain}
        del own["places"]
        authorities.append({**own, "report": json.loads(formed.report)})
    whole = {
        "by": "authority",
        "engine": str(engine),
        "total": asdict(total_of(found)),
        "policy": instance.policy.to_mapping(),
        "authorities": authorities,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _summary(found: Sequence[Formed], instance: Instance) -> None:
    from clusterwork.formation.groups import total_of

    total = total_of(found)
    typer.echo(
        f"Authorities: {total.n_groups}. Clusters: {total.n_clusters}. "
        f"Schools placed: {total.n_placed} of {total.n_schools}. "
        f"Objective {total.objective:.2f} {instance.policy.unit}, bound {total.bound:.2f}: "
        f"{proof(total)}, each authority by itself."
    )
    without = [formed for formed in found if formed.message]
    for formed in without[:MOST_LINES]:
        say(f"{formed.group or '–'}: {formed.message}")
    if len(without) > MOST_LINES:
        say(f"… and {len(without) - MOST_LINES} more; see the report")


def _exit(found: Sequence[Formed]) -> None:
    from clusterwork.formation.groups.forming import FORMED
    from clusterwork.formation.groups.forming import IMPOSSIBLE as PROVED

    outcomes = {formed.outcome for formed in found} - {FORMED}
    if outcomes:
        raise typer.Exit(IMPOSSIBLE if outcomes == {PROVED} else NOT_FOUND)
