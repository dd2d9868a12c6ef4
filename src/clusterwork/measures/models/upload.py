"""A file of figures that was read, and what loading it would do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.measures.models.figure import Figure
from clusterwork.measures.models.measure import ALL, CODE_LENGTH, Measure, text
from clusterwork.registry.models import ImportRun, Organisation, School


class Upload(models.Model):
    """What belongs to the import of one file of figures, beside the import's own record.

    `layout` is the code of the layout by which it was read. `unmatched` lists `[number, rows]` of
    schools that the register does not hold; `chained` lists `[number, number held]` of those whose
    figures are kept on the school that came after.
    """

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    layout = models.CharField(_("layout"), max_length=40)
    n_rows = models.PositiveIntegerField(_("rows"), default=0)
    n_staged = models.PositiveIntegerField(default=0)
    unmatched = models.JSONField(default=list)
    chained = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.run)


class StagedFigure(models.Model):
    """A figure that waits for its file to be confirmed; `replaces` is the one that it corrects.

    The table is unlogged and without foreign keys in the database, because a file holds up to a
    million; confirming moves its rows over, and is refused where a crash has emptied it.
    """

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    line = models.PositiveIntegerField(_("line"))
    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    group = models.CharField(_("group"), max_length=CODE_LENGTH, default=ALL)
    on = models.DateField(_("date"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True, blank=True)
    code = text(_("code"), length=CODE_LENGTH)
    denominator = models.PositiveIntegerField(_("number counted"), null=True, blank=True)
    numerator = models.PositiveIntegerField(_("of them"), null=True, blank=True)
    source = text(_("source"))
    published_as = text(_("published under the number"), length=16)
    is_public = models.BooleanField(_("published nationally"), default=False)
    replaces = models.ForeignKey(
        Figure,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        ordering = ("line", "pk")

    def __str__(self) -> str:
        return f"{self.line}: {self.measure_id}"
