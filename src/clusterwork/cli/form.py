"""`clusterwork form`: propose clusters from files, without a database."""

from __future__ import annotations

import csv
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from clusterwork.formation import Instance, Policy, Proposal

BAD_INPUT, IMPOSSIBLE, NOT_FOUND = 2, 3, 4
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
) -> None:
    """Propose clusters of schools from files, with a bound, a gap and each school's reason.

    Ends with 0 when there is a proposal, 2 when a file cannot be used (nothing is written),
    3 when no plan can keep the rules, 4 when none was found in the time. Ctrl-C gives the best
    so far.
    """
    from clusterwork.formation import BadPolicy
    from clusterwork.formation.tables import BadTable

    try:
        rules = _policy(policy)
        instance = _instance(schools, rules, travel, flows, locks, links, current, barriers)
        _can_write(out, report)
    except (BadPolicy, BadTable) as problem:
        _say(str(problem))
        raise typer.Exit(BAD_INPUT) from problem
    _solve(instance, out, report, time_limit, seed)


def _say(sentence: str) -> None:
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


def _can_write(*paths: Path) -> None:
    """Before any search: the folders are there and may be written to."""
    from clusterwork.formation.tables import BadTable
    from clusterwork.kernel.messages import N_, Message

    for path in paths:
        folder = path.parent
        if path.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
            raise BadTable(
                str(path),
                Message(N_("It cannot be written there.")),
                Message(N_("Name a file in a folder that exists and that you may write to.")),
            )


def _solve(instance: Instance, out: Path, report: Path, time_limit: float, seed: int) -> None:
    from clusterwork.formation import CannotBeSatisfied, NotFoundInTime, propose
    from clusterwork.formation.report import report_of, report_of_none

    began = time.monotonic()
    try:
        with _interruptible() as asked, _progress() as show:
            proposal = propose(
                instance, time_limit_s=time_limit, seed=seed, progress=show, should_stop=asked
            )
    except (CannotBeSatisfied, NotFoundInTime) as problem:
        against = problem.against if isinstance(problem, CannotBeSatisfied) else ()
        plain = report_of_none(
            instance.policy,
            against,
            message=str(problem),
            seconds=time.monotonic() - began,
            seed=seed,
        )
        _write(report, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
        _say(str(problem))
        raise typer.Exit(IMPOSSIBLE if against else NOT_FOUND) from problem
    if proposal.clusters or not proposal.left_out:
        _write(out, _clusters_csv(proposal))
    _write(report, json.dumps(report_of(proposal), ensure_ascii=False, indent=1) + "\n")
    if not proposal.clusters and proposal.left_out:
        _say_no_clusters(proposal)
        raise typer.Exit(NOT_FOUND)
    _summary(proposal)


def _summary(proposal: Proposal) -> None:
    n = len(proposal.clusters)
    typer.echo(
        f"{n} {'cluster' if n == 1 else 'clusters'}, objective {proposal.objective:.2f} "
        f"{proposal.policy.unit}, bound {proposal.bound:.2f}: {_proof(proposal)}."
    )
    for notice in proposal.notices:
        typer.echo(str(notice))
    _say_left_out(proposal)


def _proof(proposal: Proposal) -> str:
    """How much better another plan could be; the gap is a share of the objective."""
    if proposal.proven:
        return "the best there is (proved)"
    if proposal.gap_share > NO_USEFUL_BOUND:
        return "no useful bound was found, so nothing is known of better ones"
    return f"no arrangement could be more than {100 * proposal.gap_share:.2f} % better"


def _say_left_out(proposal: Proposal) -> None:
    for left in proposal.left_out[:MOST_LINES]:
        _say(str(left.message))
    more = len(proposal.left_out) - MOST_LINES
    if more > 0:
        _say(f"… and {more} more; see the report")


def _say_no_clusters(proposal: Proposal) -> None:
    n = len(proposal.left_out)
    _say(f"No clusters came out: every school is left out. Schools: {n}.")
    _say_left_out(proposal)


def _clusters_csv(proposal: Proposal) -> str:
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("cluster", "id"))
    for cluster in proposal.clusters:
        writer.writerows((cluster.label, school) for school in cluster.members)
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    """All or nothing: a new file beside it, then put in its place."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        fresh.chmod(0o666 & ~umask)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


class _Asked:
    """Says whether Ctrl-C was pressed; the second time it ends the program as usual."""

    def __init__(self) -> None:
        self.pressed = False

    def __call__(self) -> bool:
        return self.pressed

    def press(self, _number: int, _frame: FrameType | None) -> None:
        if self.pressed:
            raise KeyboardInterrupt
        self.pressed = True
        _say("Stopping with the best so far. Press Ctrl-C again to give up at once.")


@contextmanager
def _interruptible() -> Iterator[_Asked]:
    asked = _Asked()
    try:
        before = signal.signal(signal.SIGINT, asked.press)
    except ValueError:  # not the main thread: whoever runs us has its own way to stop
        yield asked
        return
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


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
