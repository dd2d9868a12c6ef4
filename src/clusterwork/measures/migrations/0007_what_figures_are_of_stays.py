"""Holds the schools and files of figures in place of foreign keys; refreshes statistics on demand.

The checks of foreign keys look at each row by itself, which for the 800,000 figures of one file
takes longer than all the rest. Only the owner of a table may bring its statistics up to date.
"""

from django.db import migrations

STAYS = """
CREATE FUNCTION measures_{table}_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF EXISTS (SELECT 1 FROM measures_figure f JOIN old_rows o ON f.{column} = o.id) THEN
        RAISE EXCEPTION USING ERRCODE = '23503', CONSTRAINT = 'figure_of_what_there_is',
            MESSAGE = 'figures of it are kept';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER measures_figures_of_it_stay AFTER DELETE ON {table}
REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION measures_{table}_stays();
"""
GOES = """
DROP TRIGGER measures_figures_of_it_stay ON {table};
DROP FUNCTION measures_{table}_stays();
"""
REFRESH = """
CREATE FUNCTION measures_refresh_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    ANALYZE measures_figure, measures_stagedfigure;
END $$
"""
HELD = (("registry_school", "school_id"), ("registry_importrun", "upload_id"))


class Migration(migrations.Migration):
    dependencies = [("measures", "0006_figures_held_by_statements")]

    operations = [
        *(
            migrations.RunSQL(STAYS.format(table=table, column=column), GOES.format(table=table))
            for table, column in HELD
        ),
        migrations.RunSQL(REFRESH, "DROP FUNCTION measures_refresh_statistics()"),
    ]
