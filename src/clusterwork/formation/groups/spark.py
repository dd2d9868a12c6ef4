"""The one adapter to Spark: each group is formed where its rows are, by the same code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from clusterwork.formation.groups.counts import share_count
from clusterwork.formation.groups.forming import Formed, Place, form_group, without
from clusterwork.formation.groups.rows import columns_wanted, schools_from, text_of
from clusterwork.formation.instance import Instance, School
from clusterwork.formation.policy import Policy
from clusterwork.kernel.errors import Problem
from clusterwork.kernel.messages import N_, Message

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame, Row, SparkSession

GROUP = "group"
PLACES = (
    "array<struct<id: string, cluster: string, hub: string, minutes: double, "
    "next_best: string, cost_of_moving: double, reason: string>>"
)
SCHEMA = (
    "`group` string, outcome string, message string, n_schools int, n_clusters int, "
    "objective double, bound double, gap_share double, proven boolean, seconds double, "
    f"places {PLACES}, report string"
)


class NoSpark(Problem):
    """Spark cannot be used on this machine."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            Message(N_("Spark cannot be used.")),
            why=Message(N_("Reason: %(reason)s."), {"reason": reason}),
            next_step=Message(
                N_('Install the extra "spark" and Java 17 or later, or form without Spark.')
            ),
        )


@dataclass(frozen=True, slots=True)
class FormedFrames:
    """schools: one row a school (id, authority, cluster, hub, minutes, …; no cluster: `reason`
    says why). authorities: one row each (outcome, objective, bound, gap_share, proven, …).
    groups: what both are read from, kept by Spark until `groups.unpersist()`."""

    schools: DataFrame
    authorities: DataFrame
    groups: DataFrame


def form_by_authority(
    frame: DataFrame,
    policy: Policy,
    *,
    time_limit_s: float = 20.0,
    seed: int = 0,
    by: str = "authority",
    whole: Instance | None = None,
) -> FormedFrames:
    """Clusters for each value of the column `by`, from a Spark frame with the columns of a
    SCHOOLS.csv, wherever Spark puts each group.

    `whole` has what else is known: flows, partnerships, minutes, locks, present clusters, lines.
    Nothing but a count of the groups runs before one of the answer's frames is asked for.
    `time_limit_s` is for each group. clusterwork has to be installed where Spark works. Raises
    `NoSpark`, `BadTable` where a column is absent, `CountCannotBeShared` and
    `PyramidsAreNotShared`; all else comes back in the rows.
    """
    functions = _functions()
    wanted = columns_wanted(frame.columns, by)
    key = functions.trim(functions.coalesce(frame[by].cast("string"), functions.lit("")))
    rows = frame.select(key.alias(f"_{GROUP}"), *(frame[name].cast("string") for name in wanted))
    schools = {row[0]: row[1] for row in rows.groupBy(f"_{GROUP}").count().collect()}
    policies = share_count(policy, schools)
    known = replace(whole or Instance(schools=()), schools=(), policy=policy)
    work = _worker(known, policies, time_limit_s, seed)
    spread = rows.repartition(_n_tasks(frame, len(schools)), f"_{GROUP}")
    groups = spread.groupBy(f"_{GROUP}").applyInPandas(work, SCHEMA).persist()
    return FormedFrames(_schools(groups, by), _authorities(groups, by), groups)


def _functions() -> Any:
    try:
        import pandas
        import pyarrow  # noqa: F401 - Spark hands frames over through it
        from pyspark.sql import functions
    except ImportError as error:
        raise NoSpark(str(error)) from error
    if int(pandas.__version__.split(".")[0]) >= 3:
        raise NoSpark(f"pandas {pandas.__version__}, 2 is needed")
    return functions


def _n_tasks(frame: DataFrame, n_groups: int) -> int:
    """A number of our own: left to itself, Spark takes the few bytes of all groups for one task's
    work, and forms one after another. Twice the groups, so that few share one by accident."""
    most = int(frame.sparkSession.conf.get("spark.sql.shuffle.partitions"))
    return max(1, min(most, 2 * n_groups))


def _worker(
    known: Instance, policies: Mapping[str, Policy], time_limit_s: float, seed: int
) -> Callable[[Any, Any], Any]:
    def work(key, rows):  # type: ignore[no-untyped-def] # Spark reads types as another interface
        from pandas import DataFrame

        group = str(key[0])
        policy = policies.get(group, known.policy)
        formed = _form(group, rows, known, policy, time_limit_s, seed)
        return DataFrame([asdict(formed)])

    return work


def _form(
    group: str,
    rows: pandas.DataFrame,
    known: Instance,
    policy: Policy,
    time_limit_s: float,
    seed: int,
) -> Formed:
    records: Sequence[dict[str, object]] = rows.drop(columns=f"_{GROUP}").to_dict("records")
    try:
        schools = schools_from(group, records)
    except Problem as problem:
        ids = sorted(text_of(_value(record, "id")) for record in records)
        return without(group, ids, problem, policy, seconds=0.0, seed=seed)
    return form_group(group, schools, known, policy, time_limit_s=time_limit_s, seed=seed)


def _value(record: Mapping[str, object], name: str) -> object:
    return next(value for key, value in record.items() if key.strip().casefold() == name)


def _schools(groups: DataFrame, by: str) -> DataFrame:
    functions = _functions()
    each = groups.select(GROUP, functions.explode("places").alias("place")).select(
        "place.id", GROUP, *(f"place.{name.name}" for name in fields(Place) if name.name != "id")
    )
    return each.withColumnRenamed(GROUP, by)


def _authorities(groups: DataFrame, by: str) -> DataFrame:
    return groups.drop("places", "report").withColumnRenamed(GROUP, by)


def frame_of(spark: SparkSession, schools: Sequence[School]) -> DataFrame:
    """Schools as a Spark frame of texts with the columns of a SCHOOLS.csv."""
    rows = [tuple(map(text_of, asdict(school).values())) for school in schools]
    return spark.createDataFrame(
        rows, ", ".join(f"{field.name} string" for field in fields(School))
    )


def collected(frames: FormedFrames) -> tuple[Formed, ...]:
    """The same answers as `form_groups` gives, brought here, in the order of the groups' names."""
    found = [_formed(row) for row in frames.groups.collect()]
    return tuple(sorted(found, key=lambda formed: formed.group))


def _formed(row: Row) -> Formed:
    values = row.asDict(recursive=True)
    values["places"] = tuple(Place(**place) for place in values["places"])
    return Formed(**values)


def session() -> SparkSession:
    """The session that there is, or one as Spark is set up here (on one machine: all its cores).

    Raises `NoSpark` where it cannot be had.
    """
    _functions()
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    try:
        return SparkSession.builder.appName("clusterwork").getOrCreate()
    except (PySparkException, OSError) as error:
        raise NoSpark(str(error).splitlines()[0]) from error
