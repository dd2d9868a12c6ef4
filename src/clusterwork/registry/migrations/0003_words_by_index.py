"""Searches words by the index also where a word is common.

The expression that the index was on costs next to nothing by the planner's reckoning, so for
common words it worked the expression out for every school instead. A function carries its cost.
"""

import django.contrib.postgres.indexes
import django.db.models.expressions
from django.db import migrations

FUNCTION = """
CREATE FUNCTION registry_words(words text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 100 AS
$$ BEGIN RETURN pg_catalog.array_to_tsvector(pg_catalog.string_to_array(words, ' ')); END $$
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_sources")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION registry_words(text)"),
        migrations.RemoveIndex("school", "school_words"),
        migrations.AddIndex(
            "school",
            django.contrib.postgres.indexes.GinIndex(
                django.db.models.expressions.RawSQL("registry_words(search_text)", ()),
                name="school_words",
            ),
        ),
    ]
