"""What the database refuses of figures, whoever writes them: it checks whole statements at once."""

from __future__ import annotations

import pgtrigger

from clusterwork.clusters.models.triggers import refusal

# A school year's figure counts while the school was open at any time of that year.
FITTING = f"""
    IF EXISTS (
        SELECT 1 FROM new_rows f JOIN measures_measure m ON m.id = f.measure_id
        WHERE f.value < m.least OR f.value > m.most
    ) THEN {refusal("figure_within_limits", "a value outside the limits of its measure")}
    END IF;
    IF EXISTS (
        SELECT 1 FROM new_rows f JOIN measures_measure m ON m.id = f.measure_id
        WHERE (f.code <> '' AND f.code <> ALL (m.codes)) OR f."group" <> ALL (m.breakdowns)
    ) THEN {refusal("figure_code_and_group_allowed", "a code or group that the measure lacks")}
    END IF;
    IF EXISTS (
        SELECT 1 FROM new_rows f JOIN measures_measure m ON m.id = f.measure_id
        WHERE f."on" < m.started_on OR f."on" >= m.ended_on
    ) THEN {refusal("figure_while_measured", "a figure of a time when this was not measured")}
    END IF;
    IF EXISTS (
        SELECT 1 FROM new_rows f JOIN measures_measure m ON m.id = f.measure_id
        JOIN registry_school s ON s.id = f.school_id
        WHERE f."on" < s.opened_on OR (
            s.closed_on <= CASE m.covers
                WHEN 'school_year' THEN (f."on" - interval '11 months')::date ELSE f."on" END
        )
    ) THEN {refusal("figure_within_the_schools_life", "a figure outside the life of its school")}
    END IF;
    RETURN NULL;
"""  # noqa: S608 - no value from outside
ONLY_REPLACED = f"""
    IF TG_OP = 'DELETE' OR OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL
        OR to_jsonb(NEW) - 'replaced_at' <> to_jsonb(OLD) - 'replaced_at'
    THEN {refusal("figure_never_changed", "figures are replaced, never changed")}
    END IF;
    RETURN NEW;
"""

FIGURE_TRIGGERS = (
    pgtrigger.Trigger(
        name="figures_fit_their_measure",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),  # type: ignore[no-untyped-call]
        func=FITTING,
    ),
    pgtrigger.Trigger(
        name="figures_never_change",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=ONLY_REPLACED,
    ),
)
