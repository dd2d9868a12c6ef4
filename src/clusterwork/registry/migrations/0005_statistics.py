"""Lets the application's role bring the planner's statistics up to date after a large import.

Only the owner of a table may do so; until the server does it by itself, up to a minute later, a
search for a common word takes ten times as long.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION registry_refresh_statistics() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$ BEGIN
    ANALYZE registry_school, registry_census, registry_assessment, registry_affiliation;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_history_of_organisations")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION registry_refresh_statistics()")]
