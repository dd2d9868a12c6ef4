"""What a plan's actions cost and who pays; the money itself moves elsewhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.clusters.models import Programme
from clusterwork.plans.models.plan import Item
from clusterwork.plans.models.triggers import SHARE_TRIGGERS
from clusterwork.plans.models.work import Action
from clusterwork.registry.models import School
from clusterwork.tables.history import keep_history


@keep_history("PayerEvent")
class Payer(Item):
    """Who pays for part of the plan: a programme, or another funder by name."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("funder"), max_length=200, blank=True, default="")

    class Meta(Item.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
        default_related_name = "payers"
        constraints = (
            models.UniqueConstraint(fields=("plan", "uid"), name="payer_once_a_plan"),
            models.UniqueConstraint(
                fields=("plan", "programme"), name="payer_programme_once_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=False, name="")
                | (Q(programme__isnull=True) & ~Q(name="")),
                name="payer_is_a_programme_or_named",
            ),
        )

    def __str__(self) -> str:
        return str(self.programme) if self.programme else self.name


@keep_history("BudgetLineEvent")
class BudgetLine(Item):
    """What one thing costs, in whole pence; it always belongs to an action.

    What no payer's share covers is carried by the schools themselves or is not yet funded
    (`unfunded`, in words).
    """

    class Kind(models.TextChoices):
        RELEASE = "release", _("Staff release and supply")
        STAFF = "staff", _("Staff posts")
        TRAINING = "training", _("Training and conferences")
        RESOURCES = "resources", _("Resources")
        TRAVEL = "travel", _("Travel")
        SERVICES = "services", _("Services bought in")
        OTHER = "other", _("Other")

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="budget_lines")
    title = models.CharField(_("what it pays for"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    amount_pence = models.PositiveBigIntegerField(_("amount (pence)"))
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unfunded = models.CharField(_("the rest is carried by"), max_length=200, blank=True, default="")

    class Meta(Item.Meta):
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        default_related_name = "budget_lines"
        constraints = (
            models.UniqueConstraint(fields=("plan", "uid"), name="budget_line_once_a_plan"),
        )

    def __str__(self) -> str:
        return self.title


@keep_history("LineShareEvent")
class LineShare(models.Model):
    """The share (0 to 1, in ten-thousandths) of a budget line that one payer pays.

    The shares of a line are at most 1 together.
    """

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="shares")
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="shares")
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=4)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("line", "payer"), name="line_share_once_a_payer"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1), name="line_share_between_0_and_1"
            ),
        )
        triggers = SHARE_TRIGGERS

    def __str__(self) -> str:
        return f"{self.line_id} – {self.payer_id}: {self.share}"
