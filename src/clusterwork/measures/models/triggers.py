"""What the database refuses of figures, whoever writes them: it checks whole statements at once."""

from __future__ import annotations

import pgtrigger

from clusterwork.clusters.models.triggers import refusal

# A school year's figure counts while the school was open at any time of that year. What a source
# published of the school that came before is kept on the one that came after.
# Measure, school and file are held by these statements instead of foreign keys, which would look at
# each of a million rows by itself.
FITTING = """
    PERFORM 1 FROM registry_school s
    WHERE s.id IN (SELECT school_id FROM new_rows) FOR KEY SHARE;
    SELECT broken INTO rule FROM (
        SELECT CASE
            WHEN m.id IS NULL OR (f.school_id IS NOT NULL AND s.id IS NULL)
                OR (f.upload_id IS NOT NULL AND r.id IS NULL) THEN 'figure_of_what_there_is'
            WHEN f.value < m.least OR f.value > m.most THEN 'figure_within_limits'
            WHEN f."group" <> ALL (m.breakdowns) OR (f.code <> '' AND f.code <> ALL (m.codes))
                THEN 'figure_code_and_group_allowed'
            WHEN f."on" < m.started_on OR f."on" >= m.ended_on THEN 'figure_while_measured'
            WHEN (f."on" < s.opened_on AND f.published_as = '')
                OR (s.closed_on IS NOT NULL AND s.closed_on <= CASE m.covers
                    WHEN 'school_year' THEN (f."on" - interval '11 months')::date ELSE f."on" END)
                THEN 'figure_within_the_schools_life'
        END AS broken
        FROM new_rows f
        LEFT JOIN measures_measure m ON m.id = f.measure_id
        LEFT JOIN registry_school s ON s.id = f.school_id
        LEFT JOIN registry_importrun r ON r.id = f.upload_id
    ) told WHERE broken IS NOT NULL LIMIT 1;
    IF rule IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = rule,
            MESSAGE = 'a figure that does not fit its measure or its school';
    END IF;
    RETURN NULL;
"""
STILL_NEEDED = """
    IF EXISTS (SELECT 1 FROM measures_figure f JOIN old_rows o ON f.{column} = o.id)
    THEN {refused}
    END IF;
    RETURN NULL;
"""
NEEDED = refusal("figure_of_what_there_is", "figures of it are kept")
ONLY_REPLACED = f"""
    IF TG_OP = 'UPDATE' THEN
        was := OLD;
        was.replaced_at := NEW.replaced_at;
        IF OLD.replaced_at IS NULL AND NEW.replaced_at IS NOT NULL AND was IS NOT DISTINCT FROM NEW
        THEN RETURN NEW;
        END IF;
    END IF;
    {refusal("figure_never_changed", "figures are replaced, never changed")}
"""

FIGURE_TRIGGERS = (
    pgtrigger.Trigger(
        name="figures_fit_their_measure",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),  # type: ignore[no-untyped-call]
        declare=[("rule", "text")],
        func=FITTING,
    ),
    pgtrigger.Trigger(
        name="figures_never_change",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        declare=[("was", "measures_figure")],
        func=ONLY_REPLACED,
    ),
)
MEASURE_TRIGGERS = (
    pgtrigger.Trigger(
        name="measure_of_figures_stays",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="old_rows"),  # type: ignore[no-untyped-call]
        func=STILL_NEEDED.format(column="measure_id", refused=NEEDED),
    ),
)
