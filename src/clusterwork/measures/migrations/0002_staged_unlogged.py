"""Figures that wait for confirmation need no journal: after a crash their file is read again."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0001_measures_and_figures"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE measures_stagedfigure SET UNLOGGED",
            "ALTER TABLE measures_stagedfigure SET LOGGED",
        ),
    ]
