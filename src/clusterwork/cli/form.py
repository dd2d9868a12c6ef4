"""`clusterwork form`: propose clusters from files, without a database."""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwork.cli.form_alternatives import alternatives_to
from clusterwork.cli.form_costs import costs_of
from clusterwork.cli.stopping import interruptible
from clusterwork.cli.writing import can_write, write_whole

if TYPE_CHECKING:
    from clusterwork.formation import Instance, Policy, Proposal
    from clusterwork.formation.groups import Total

BAD_INPUT, IMPOSSIBLE, NOT_FOUND = 2, 3, 4


class Engine(StrEnum):
    """Who forms each authority."""

    LOCAL = "local"
    SPARK = "spark"


MOST_LINES = 10
NO_USEFUL_BOUND = 0.99
"""A gap above this share says nothing."""


def form(
    schools: Annotated[
        Path, typer.Argument(metavar="SCHOOLS.csv", help="Schools: id, name, position and facts.")
    ],
    out: Annotated[Path, typer.Option(metavar="CLUSTERS.csv", help="Where the clusters go.")],
    report: Annotated[Path, typer.Option(metavar="REPORT.json", help="Where the report goes.")],
    policy: Annotated[
        Path | None, typer.Option(metavar="POLICY.toml", help="The rules; defaults without.")
    ] = None,
    travel: Annotated[
        Path | None, typer.Option(metavar="MATRIX.csv", help="Minutes: from,to,minutes.")
    ] = None,
    flows: Annotated[
        Path | None, typer.Option(metavar="FLOWS.csv", help="Pupils moving on: from,to,pupils.")
    ] = None,
    locks: Annotated[
        Path | None, typer.Option(metavar="LOCKS.csv", help="Locks: kind,id,other.")
    ] = None,
    links: Annotated[
        Path | None, typer.Option(metavar="LINKS.csv", help="Partnerships: from,to,weight.")
    ] = None,
    current: Annotated[
        Path | None, typer.Option(metavar="CURRENT.csv", help="Present clusters: cluster,id.")
    ] = None,
    barriers: Annotated[
        Path | None, typer.Option(metavar="LINES.geojson", help="Lines to go round, in metres.")
    ] = None,
    time_limit: Annotated[
        float, typer.Option(metavar="S", min=0.0, help="Seconds to search for.")
    ] = 20.0,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="Same seed, same answer.")] = 0,
    costs: Annotated[
        float, typer.Option(metavar="S", min=0.0, help="Seconds to find what each rule costs.")
    ] = 0.0,
    alternatives: Annotated[
        int, typer.Option(metavar="N", min=0, help="Plans nearly as good to look for besides.")
    ] = 0,
    by_authority: Annotated[
        bool, typer.Option("--by-authority", help="Each authority by itself, so long for each.")
    ] = False,
    processes: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="For over 2,500 schools; else all cores.")
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="By authority: this machine's cores, or Spark.")
    ] = Engine.LOCAL,
) -> None:
    """Propose clusters of schools from files, with a bound, a gap and each school's reason.

    Ends with 0 when there is a proposal, 2 when a file cannot be used (nothing is written),
    3 when no plan can keep the rules, 4 when none was found in the time. Ctrl-C gives the best
    so far.
    """
    from clusterwork.cli.form_each import form_each
    from clusterwork.formation import MOST_BY_MATRIX, BadPolicy, TooManySchools, check_pairs
    from clusterwork.formation.tables import SCHOOL_COLUMNS, BadTable, read_table

    if engine is Engine.SPARK and not by_authority:
        raise typer.BadParameter("Spark forms by authority: add --by-authority.")
    if alternatives and by_authority:
        raise typer.BadParameter("Alternatives are to one plan: leave out --by-authority.")
    if costs and by_authority:
        raise typer.BadParameter("Costs are of one plan: leave out --costs or --by-authority.")
    try:
        rules = _policy(policy)
        if by_authority:
            read_table(schools, (*SCHOOL_COLUMNS, "authority"))
        instance = _instance(schools, rules, travel, flows, locks, links, current, barriers)
        if costs or alternatives:
            check_pairs(len(instance.schools), MOST_BY_MATRIX)
        can_write(out, report)
    except (BadPolicy, BadTable, TooManySchools) as problem:
        say(str(problem))
        raise typer.Exit(BAD_INPUT) from problem
    if by_authority:
        form_each(instance, out, report, time_limit, seed, engine)
    else:
        _solve(instance, out, report, Effort(time_limit, seed, processes, costs, alternatives))


def say(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _policy(path: Path | None) -> Policy:
    import tomllib

    from clusterwork.formation import Policy
    from clusterwork.formation.tables import BadTable, bytes_of
    from clusterwork.kernel.messages import N_, Message

    if path is None:
        return Policy()
    try:
        return Policy.from_mapping(tomllib.loads(bytes_of(path).decode("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTable(
            str(path),
            Message(N_("It is not TOML: %(reason)s."), {"reason": str(error)}),
            Message(N_("Write one key = value a line, below a [section].")),
        ) from error


def _instance(
    schools: Path,
    policy: Policy,
    travel: Path | None,
    flows: Path | None,
    locks: Path | None,
    links: Path | None,
    current: Path | None,
    barriers: Path | None,
) -> Instance:
    from clusterwork.formation import Instance, Locks
    from clusterwork.formation import tables as t
    from clusterwork.formation.barrier_reading import read_barriers

    rows = t.read_schools(t.read_table(schools, t.SCHOOL_COLUMNS))
    known = frozenset(school.id for school in rows)
    now = t.read_current(t.read_table(current, ("cluster", "id")), known) if current else {}
    return Instance(
        schools=rows,
        policy=policy,
        minutes=t.read_minutes(t.read_table(travel, ("from", "to", "minutes")), known)
        if travel
        else None,
        flows=t.read_flows(t.read_table(flows, ("from", "to", "pupils")), known) if flows else (),
        links=t.read_links(t.read_table(links, ("from", "to", "weight")), known) if links else (),
        locks=t.read_locks(t.read_table(locks, ("kind", "id", "other")), known, now)
        if locks
        else Locks(),
        current=now,
        barriers=read_barriers(barriers) if barriers else (),
    )


@dataclass(frozen=True)
class Effort:
    """Seconds to search for, the seed, processes for many schools (None: one a core), and seconds
    to find what each rule costs (0: not asked)."""

    time_limit: float
    seed: int
    processes: int | None = None
    costs: float = 0.0
    alternatives: int = 0


def _solve(instance: Instance, out: Path, report: Path, effort: Effort) -> None:
    from clusterwork.formation import CannotBeSatisfied, NotFoundInTime, TooManySchools, propose
    from clusterwork.formation.level_report import whole_report
    from clusterwork.formation.report import report_of_none

    began = time.monotonic()
    try:
        with interruptible() as asked, _progress() as show:
            proposal = propose(
                instance,
                time_limit_s=effort.time_limit,
                seed=effort.seed,
                progress=show,
                should_stop=asked,
                processes=effort.processes or cores(),
            )
    except TooManySchools as problem:
        say(str(problem))
        raise typer.Exit(BAD_INPUT) from problem
    except (CannotBeSatisfied, NotFoundInTime) as problem:
        against = problem.against if isinstance(problem, CannotBeSatisfied) else ()
        plain = report_of_none(
            instance.policy,
            against,
            message=str(problem),
            seconds=time.monotonic() - began,
            seed=effort.seed,
        )
        _write_report(report, plain)
        say(str(problem))
        raise typer.Exit(IMPOSSIBLE if against else NOT_FOUND) from problem
    if proposal.clusters or not proposal.left_out:
        write_whole(out, _clusters_csv(proposal))
    plain = whole_report(instance, proposal)
    _write_report(report, plain)
    if not proposal.clusters and proposal.left_out:
        _say_no_clusters(proposal)
        raise typer.Exit(NOT_FOUND)
    _summary(proposal)
    if effort.costs:
        plain |= costs_of(instance, proposal, effort.costs, effort.seed)
        _write_report(report, plain)
    if effort.alternatives and not asked.pressed:
        n, seconds = effort.alternatives, effort.time_limit
        plain |= {"alternatives": alternatives_to(instance, proposal, n, seconds)}
        _write_report(report, plain)


def cores() -> int:
    """How many processes can work at once here."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write_report(path: Path, plain: dict[str, object]) -> None:
    write_whole(path, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")


def _summary(proposal: Proposal) -> None:
    n = len(proposal.clusters)
    typer.echo(
        f"{n} {'cluster' if n == 1 else 'clusters'}, objective {proposal.objective:.2f} "
        f"{proposal.policy.unit}, bound {proposal.bound:.2f}: {proof(proposal)}."
    )
    for notice in proposal.notices:
        typer.echo(str(notice))
    _say_left_out(proposal)


def proof(proposal: Proposal | Total) -> str:
    """How much better another plan could be; the gap is a share of the objective."""
    if proposal.proven:
        return "the best there is (proved)"
    if proposal.gap_share > NO_USEFUL_BOUND:
        return "no useful bound was found, so nothing is known of better ones"
    return f"no arrangement could be more than {100 * proposal.gap_share:.2f} % better"


def _say_left_out(proposal: Proposal) -> None:
    for left in proposal.left_out[:MOST_LINES]:
        say(str(left.message))
    more = len(proposal.left_out) - MOST_LINES
    if more > 0:
        say(f"… and {more} more; see the report")


def _say_no_clusters(proposal: Proposal) -> None:
    n = len(proposal.left_out)
    say(f"No clusters came out: every school is left out. Schools: {n}.")
    _say_left_out(proposal)


def _clusters_csv(proposal: Proposal) -> str:
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("cluster", "id"))
    for cluster in proposal.clusters:
        writer.writerows((cluster.label, school) for school in cluster.members)
    return text.getvalue()


class _Shown:
    """One line on the terminal that follows the search; nothing where there is no terminal."""

    def __init__(self) -> None:
        self.live = sys.stderr.isatty()
        self.last = 0.0

    def __call__(
        self, seconds: float, objective: float | None, bound: float, gap: float | None
    ) -> None:
        if not self.live or seconds - self.last < 0.1:
            return
        self.last = seconds
        now = "–" if objective is None else f"{objective:.2f}"
        share = "–" if gap is None else f"{100 * gap:.2f} %"
        line = f"{seconds:6.1f} s   objective {now}   bound {bound:.2f}   gap {share}"
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    def close(self) -> None:
        if self.live and self.last:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


@contextmanager
def _progress() -> Iterator[_Shown]:
    shown = _Shown()
    try:
        yield shown
    finally:
        shown.close()
