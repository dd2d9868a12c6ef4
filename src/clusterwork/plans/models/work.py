"""The work of a plan: priorities, strands, actions, milestones, posts, definitions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models import ProgrammePriority
from clusterwork.plans.models.needs import Candidate, Need
from clusterwork.plans.models.plan import Item
from clusterwork.registry.models import Phase, School
from clusterwork.tables.history import keep_history


@keep_history("PriorityEvent")
class Priority(Item):
    """What the cluster wants to improve.

    It is tied to a priority of a programme, to one of the authority (in words), or local with a
    reason; none of the three counts against it. `candidate` is the proposal that it came from;
    `serves` the schools that it is for.
    """

    class Tie(models.TextChoices):
        PROGRAMME = "programme", _("A priority of the programme")
        AUTHORITY = "authority", _("A priority of the authority")
        LOCAL = "local", _("Local")

    title = models.CharField(_("priority"), max_length=200)
    text = models.TextField(_("what you want to change, and why"), blank=True, default="")
    area = models.CharField(
        _("area"), max_length=12, choices=Need.Area.choices, default=Need.Area.OTHER
    )
    tie = models.CharField(_("comes from"), max_length=10, choices=Tie.choices, default=Tie.LOCAL)
    programme_priority = models.ForeignKey(
        ProgrammePriority, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    authority_priority = models.CharField(
        _("priority of the authority"), max_length=300, blank=True, default=""
    )
    local_reason = models.TextField(_("why it matters here"), blank=True, default="")
    candidate = models.ForeignKey(
        Candidate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    serves = models.ManyToManyField(School, related_name="+", blank=True)

    class Meta(Item.Meta):
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        default_related_name = "priorities"
        constraints = (
            models.UniqueConstraint(fields=("plan", "uid"), name="priority_once_a_plan"),
            models.CheckConstraint(
                condition=~Q(tie="programme") | Q(programme_priority__isnull=False),
                name="priority_names_the_programmes",
            ),
            models.CheckConstraint(
                condition=~Q(tie="authority") | ~Q(authority_priority=""),
                name="priority_names_the_authoritys",
            ),
        )

    def __str__(self) -> str:
        return self.title


@keep_history("StrandEvent")
class Strand(Item):
    """A line of work with a coordinator and its schools; `phase` is a focus, or empty."""

    title = models.CharField(_("strand"), max_length=200)
    text = models.TextField(_("what it is for"), blank=True, default="")
    phase = models.CharField(
        _("focus on a phase"), max_length=20, choices=Phase.choices, blank=True, default=""
    )
    coordinator = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    coordinator_name = models.CharField(_("coordinator"), max_length=150, blank=True, default="")
    schools = models.ManyToManyField(School, related_name="+", blank=True)
    priorities = models.ManyToManyField(Priority, related_name="strands", blank=True)

    class Meta(Item.Meta):
        verbose_name = _("strand")
        verbose_name_plural = _("strands")
        default_related_name = "strands"
        constraints = (models.UniqueConstraint(fields=("plan", "uid"), name="strand_once_a_plan"),)

    def __str__(self) -> str:
        return self.title


@keep_history("ActionEvent")
class Action(Item):
    """A piece of work over [start_on, end_on) with an owner and its schools.

    It belongs to a strand, or to no strand, and to at most one priority of its own besides.
    """

    strand = models.ForeignKey(
        Strand, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    title = models.CharField(_("action"), max_length=200)
    text = models.TextField(_("what will be done"), blank=True, default="")
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner_name = models.CharField(_("owner"), max_length=150, blank=True, default="")
    owner_school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    schools = models.ManyToManyField(School, related_name="+", blank=True)
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"))

    class Meta(Item.Meta):
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        default_related_name = "actions"
        constraints = (
            models.UniqueConstraint(fields=("plan", "uid"), name="action_once_a_plan"),
            models.CheckConstraint(
                condition=Q(end_on__gt=F("start_on")), name="action_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.title


@keep_history("MilestoneEvent")
class Milestone(Item):
    """A dated check point of an action or of the plan as a whole."""

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, null=True, blank=True, related_name="milestones"
    )
    title = models.CharField(_("milestone"), max_length=200)
    on = models.DateField(_("by"))

    class Meta(Item.Meta):
        ordering = ("on", "place", "pk")
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        default_related_name = "milestones"
        constraints = (
            models.UniqueConstraint(fields=("plan", "uid"), name="milestone_once_a_plan"),
        )

    def __str__(self) -> str:
        return self.title


@keep_history("PostEvent")
class Post(Item):
    """A post that the plan needs, and how far its recruitment is; `fte` is 0 to 1 a person."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        ADVERTISED = "advertised", _("Advertised")
        OFFERED = "offered", _("Offered")
        FILLED = "filled", _("Filled")
        VACANT = "vacant", _("Vacant again")

    strand = models.ForeignKey(
        Strand, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    title = models.CharField(_("post"), max_length=200)
    employer = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fte = models.DecimalField(_("full-time equivalent"), max_digits=4, decimal_places=2)
    state = models.CharField(
        _("recruitment"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    holder = models.CharField(_("who"), max_length=150, blank=True, default="")
    start_on = models.DateField(_("from"))
    end_on = models.DateField(_("until"), null=True, blank=True)

    class Meta(Item.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        default_related_name = "posts"
        constraints = (
            models.UniqueConstraint(fields=("plan", "uid"), name="post_once_a_plan"),
            models.CheckConstraint(
                condition=Q(end_on__isnull=True) | Q(end_on__gt=F("start_on")),
                name="post_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(fte__gt=0, fte__lte=20), name="post_fte_in_range"),
        )

    def __str__(self) -> str:
        return self.title


@keep_history("DefinitionEvent")
class Definition(Item):
    """A working definition that the cluster agreed, so that a word means one thing in its plan."""

    term = models.CharField(_("word"), max_length=120)
    meaning = models.TextField(_("what it means here"))

    class Meta(Item.Meta):
        ordering = ("term", "pk")
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        default_related_name = "definitions"
        constraints = (
            models.UniqueConstraint(fields=("plan", "uid"), name="definition_once_a_plan"),
            models.UniqueConstraint(fields=("plan", "term"), name="definition_term_once"),
        )

    def __str__(self) -> str:
        return self.term
