"""Rows of figures into the database and out again by whole statements; decides what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from clusterwork.measures.models import Origin
from clusterwork.measures.services.uploading.matching import Placed
from clusterwork.registry.models import ImportRun

ARRIVE = """
DROP TABLE IF EXISTS pg_temp.arriving;
CREATE TEMPORARY TABLE arriving (
    line int, measure_id bigint, school_id bigint, "group" text, "on" date, value numeric(16, 4),
    code text, denominator int, numerator int, source text, published_as text
) ON COMMIT DROP
"""
COPY = "COPY arriving FROM STDIN"
# What the file would replace, and what it is compared with: where somebody has corrected a figure
# by hand, what the last file said, so that the same file again does not undo the correction.
# The same value without its counts says nothing new: a file that is silent on them leaves them.
HELD = """
WITH said AS (
    SELECT DISTINCT ON (f.school_id, f.measure_id, f."group", f."on") f.*
    FROM measures_figure f
    JOIN measures_figure now ON now.school_id = f.school_id AND now.measure_id = f.measure_id
        AND now."group" = f."group" AND now."on" = f."on"
        AND now.replaced_at IS NULL AND now.origin = 'form'
    WHERE f.origin = 'upload' AND f.replaced_at IS NOT NULL
    ORDER BY f.school_id, f.measure_id, f."group", f."on", f.id DESC
)
"""
STAGE = (
    HELD
    + """
INSERT INTO measures_stagedfigure (
    run_id, line, measure_id, school_id, "group", "on", value, code, denominator, numerator,
    source, published_as, is_public, replaces_id
)
SELECT %(run)s, a.line, a.measure_id, a.school_id, a."group", a."on", a.value, a.code,
    a.denominator, a.numerator, a.source, a.published_as, %(public)s, now.id
FROM arriving a
LEFT JOIN measures_figure now ON now.school_id = a.school_id AND now.measure_id = a.measure_id
    AND now."group" = a."group" AND now."on" = a."on" AND now.replaced_at IS NULL
LEFT JOIN said ON said.school_id = a.school_id AND said.measure_id = a.measure_id
    AND said."group" = a."group" AND said."on" = a."on"
WHERE now.id IS NULL OR (
    a.value, a.code,
    COALESCE(
        a.denominator, CASE WHEN said.id IS NULL THEN now.denominator ELSE said.denominator END
    ),
    COALESCE(
        a.numerator, CASE WHEN said.id IS NULL THEN now.numerator ELSE said.numerator END
    ),
    a.source, a.published_as
) IS DISTINCT FROM (
    COALESCE(said.value, CASE WHEN said.id IS NULL THEN now.value END),
    COALESCE(said.code, now.code),
    CASE WHEN said.id IS NULL THEN now.denominator ELSE said.denominator END,
    CASE WHEN said.id IS NULL THEN now.numerator ELSE said.numerator END,
    COALESCE(said.source, now.source),
    COALESCE(said.published_as, now.published_as)
) OR (%(public)s AND NOT COALESCE(said.is_public, now.is_public))
"""
)
COMPUTED = """
SELECT DISTINCT a.line FROM arriving a
JOIN measures_figure now ON now.school_id = a.school_id AND now.measure_id = a.measure_id
    AND now."group" = a."group" AND now."on" = a."on" AND now.replaced_at IS NULL
WHERE now.origin = 'computed'
"""
REPLACE = """
UPDATE measures_figure f SET replaced_at = GREATEST(%(now)s, f.entered_at)
FROM measures_stagedfigure s WHERE s.run_id = %(run)s AND s.replaces_id = f.id
    AND f.replaced_at IS NULL
"""
LOAD = """
INSERT INTO measures_figure (
    measure_id, school_id, "group", "on", value, code, denominator, numerator, source,
    published_as, is_public, replaces_id, origin, entered_at, upload_id, because
)
SELECT measure_id, school_id, "group", "on", value, code, denominator, numerator, source,
    published_as, is_public, replaces_id, %(origin)s, %(now)s, %(run)s, ''
FROM measures_stagedfigure WHERE run_id = %(run)s
"""
DROP = "DELETE FROM measures_stagedfigure WHERE run_id = %(run)s"
COUNT = """
SELECT count(*), count(replaces_id) FROM measures_stagedfigure WHERE run_id = %(run)s
"""
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
CHUNK = 2_000  # rows of a file between two writes


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures by what would happen to them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


def arrive(placed: Iterable[Placed]) -> int:
    """Writes the figures into a table that lasts as long as the transaction; how many they are."""
    n_figures, lines = 0, []
    with connection.cursor() as cursor:
        cursor.execute(ARRIVE)
        with connection.wrap_database_errors, cursor.copy(COPY) as copy:
            for n_rows, row in enumerate(placed, 1):
                n_figures += len(row.row.cells)
                lines.append(_lines(row))
                if n_rows % CHUNK == 0:
                    copy.write("".join(lines))
                    lines.clear()
            copy.write("".join(lines))
        cursor.execute("ANALYZE arriving")
    return n_figures


def _lines(placed: Placed) -> str:
    row = placed.row
    start = f"{row.line}\t"
    middle = f"\t{placed.school}\t"
    end = f"{row.source.translate(ESCAPES)}\t{placed.published_as.translate(ESCAPES)}\n"
    return "".join(
        f"{start}{measure}{middle}{group}\t{row.on}\t{_null(value)}\t{code}\t{_null(of_all)}"
        f"\t{_null(some)}\t{end}"
        for measure, group, value, code, of_all, some in row.cells
    )


def _null(value: object) -> object:
    return "\\N" if value is None else value


def lines_of_computed() -> list[int]:
    """The lines with figures that are worked out here and so not loaded over."""
    with connection.cursor() as cursor:
        cursor.execute(COMPUTED)
        return [line for (line,) in cursor.fetchall()]


def forget_lines(lines: list[int]) -> int:
    """Takes the figures of these lines away again; how many they were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM arriving WHERE line = ANY(%s)", [lines])
        return int(cursor.rowcount)


def stage(run: ImportRun, n_arrived: int, *, is_public: bool) -> Counts:
    """Keeps of what arrived what is new or another than the figure held."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE, {"run": run.pk, "public": is_public})
        staged, changed = counted(run)
        return Counts(staged - changed, changed, n_arrived - staged)


def counted(run: ImportRun) -> tuple[int, int]:
    """The staged figures, and those among them that replace another."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"run": run.pk})
        staged, changed = cursor.fetchone()
        return staged, changed


def load(run: ImportRun, *, now: dt.datetime) -> int:
    """Moves the staged figures over; how many earlier ones they replaced."""
    told: dict[str, Any] = {"run": run.pk, "now": now, "origin": Origin.UPLOAD}
    n_replaced = 0
    _, n_changed = counted(run)
    with connection.cursor() as cursor:
        if n_changed:
            cursor.execute(REPLACE, told)
            n_replaced = int(cursor.rowcount)
        cursor.execute(LOAD, told)
        cursor.execute(DROP, told)
        return n_replaced


def refresh_statistics() -> None:
    """Lets the planner know of many new figures, which the server would find out a minute later."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT measures_refresh_statistics()")


def forget(run: ImportRun) -> None:
    """Throws the staged figures away."""
    with connection.cursor() as cursor:
        cursor.execute(DROP, {"run": run.pk})
