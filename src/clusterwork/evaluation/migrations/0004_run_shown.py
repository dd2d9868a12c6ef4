"""Shown to schools is one result, no longer whichever is the newest of the analysis."""

from django.conf import settings
from django.db import migrations, models


def mark_newest(apps, schema_editor) -> None:
    """What was shown until now: the newest result of each analysis that is shown."""
    Analysis = apps.get_model("evaluation", "Analysis")
    Run = apps.get_model("evaluation", "Run")
    told = Run.objects.filter(kind="result", state="done").exclude(
        found__contains={"too_early": True}
    )
    for pk in Analysis.objects.filter(shared_at__isnull=False).values_list("pk", flat=True):
        newest = told.filter(analysis=pk).order_by("-asked_at", "-pk").values("pk").first()
        if newest:
            Run.objects.filter(pk=newest["pk"]).update(is_shown=True)
        else:
            Analysis.objects.filter(pk=pk).update(shared_at=None, shared_by=None)


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0003_cells_only_for_those_named"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="is_shown",
            field=models.BooleanField(
                default=False, verbose_name="shown to the programme’s schools"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_shown", True)),
                fields=("analysis",),
                name="run_one_shown_an_analysis",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_shown", False),
                    models.Q(("kind", "result"), ("state", "done")),
                    _connector="OR",
                ),
                name="run_shown_is_a_result",
            ),
        ),
        migrations.RunPython(mark_newest, migrations.RunPython.noop),
    ]
