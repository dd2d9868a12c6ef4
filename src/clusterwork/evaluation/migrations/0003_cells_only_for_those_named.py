"""Rows about pupils are seen and written only by somebody named on their study that day.

The owner of the tables (migrations, and the one function below) is not bound by the policies; the
role of the web and the worker is. `clusterwork.person` is set for one transaction by
`permissions.restricted.as_person`; without it no row is there.
"""

from __future__ import annotations

from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Europe/London')::date"
NAMED = f"""
    SELECT named.study_id FROM evaluation_studyperson named
    WHERE named.person_id = NULLIF(current_setting('clusterwork.person', true), '')::bigint
        AND named.start_on <= {TODAY}
        AND (named.end_on IS NULL OR named.end_on > {TODAY})
"""  # noqa: S608 - no value from outside
OF_A_STUDY = (
    "evaluation_cellset",
    "evaluation_cellsetevent",
    "evaluation_cellfit",
    "evaluation_cellfitevent",
)
POLICY = """
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY only_those_named ON {table} USING ({rule}) WITH CHECK ({rule});
"""
NO_POLICY = """
    DROP POLICY only_those_named ON {table};
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
WHICH_SETS = "evaluation_cellfit_sets"
OF_A_FIT = "cellfit_id IN (SELECT fit.id FROM evaluation_cellfit fit)"

# What is past its day goes although nobody who sees it asks for it. The function erases what is
# due, by the database's own clock, and nothing else; it tells what it erased for the record.
ERASE = f"""
CREATE FUNCTION evaluation_erase_cells_past_keeping()
RETURNS TABLE (gone_id bigint, gone_label text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE evaluation_cellfit fit SET
        found = '{{}}'::jsonb,
        erased_at = now(),
        state = CASE WHEN fit.state IN ('waiting', 'working') THEN 'failed' ELSE fit.state END,
        ended_at = COALESCE(fit.ended_at, now())
    WHERE fit.erased_at IS NULL AND fit.id IN (
        SELECT part.cellfit_id FROM evaluation_cellfit_sets part
        JOIN evaluation_cellset due ON due.id = part.cellset_id
        WHERE due.erased_at IS NULL AND due.keep_until < {TODAY}
    );
    RETURN QUERY
    UPDATE evaluation_cellset due SET content = NULL, erased_at = now(), erased_by_id = NULL
    WHERE due.erased_at IS NULL AND due.keep_until < {TODAY}
    RETURNING due.id, due.label::text;
END
$$;
REVOKE ALL ON FUNCTION evaluation_erase_cells_past_keeping() FROM PUBLIC;
"""  # noqa: S608 - no value from outside


def policies() -> list[migrations.RunSQL]:
    """One policy a table."""
    rules = dict.fromkeys(OF_A_STUDY, f"study_id IN ({NAMED})")
    rules[WHICH_SETS] = OF_A_FIT
    return [
        migrations.RunSQL(
            POLICY.format(table=table, rule=rule), reverse_sql=NO_POLICY.format(table=table)
        )
        for table, rule in rules.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_cells")]

    operations = [
        *policies(),
        migrations.RunSQL(
            ERASE, reverse_sql="DROP FUNCTION evaluation_erase_cells_past_keeping();"
        ),
    ]
