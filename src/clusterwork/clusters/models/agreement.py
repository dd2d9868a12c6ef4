"""Memoranda and data-sharing agreements: clauses, versions, and who has signed for which school."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwork.accounts.models import Person
from clusterwork.clusters.models.cluster import NAME_LENGTH, Cluster
from clusterwork.clusters.models.triggers import refusal
from clusterwork.clusters.states import agreement as states
from clusterwork.registry.models import Organisation, Partnership, School
from clusterwork.registry.models.organisations import in_language
from clusterwork.tables.history import keep_history


class AgreementKind(models.TextChoices):
    """What is agreed; a cluster has at most one of each in force."""

    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    DATA_SHARING = "data_sharing", _("Data-sharing agreement")


class Section(models.TextChoices):
    """What a clause is about, in the order in which an agreement is read."""

    PURPOSE = "purpose", _("Purpose")
    WORKING = "working", _("Ways of working")
    GOVERNANCE = "governance", _("Governance")
    DECISIONS = "decisions", _("Decisions and voting")
    MONEY = "money", _("Money, and who banks it")
    STAFF = "staff", _("Staff")
    DATA = "data", _("Data shared")
    DISPUTES = "disputes", _("Disputes")
    LEAVING = "leaving", _("Leaving, and what happens to a surplus")
    REVIEW = "review", _("Review")
    OTHER = "other", _("Other")


@keep_history("ClauseEvent")
class Clause(models.Model):
    """A clause of an organisation's library.

    `text` may hold blanks such as `{banker}`, which each cluster fills. A `required` clause
    cannot be left out. A clause is not deleted but withdrawn; agreements keep their own words.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("agreement"), max_length=14, choices=AgreementKind.choices)
    section = models.CharField(_("section"), max_length=12, choices=Section.choices)
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    title_cy = models.CharField(_("title in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    text = models.TextField(_("text"))
    text_cy = models.TextField(_("text in Welsh"), blank=True, default="")
    required = models.BooleanField(_("every agreement must have it"), default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "place", "pk")
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")

    def __str__(self) -> str:
        return in_language(self.title, self.title_cy)


class Agreement(models.Model):
    """One cluster's memorandum or data-sharing agreement, through all its versions."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="agreements")
    kind = models.CharField(_("kind"), max_length=14, choices=AgreementKind.choices)
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("kind", "pk")
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = (
            models.UniqueConstraint(fields=("cluster", "kind"), name="agreement_once_a_kind"),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())


SEALED = f"""
    IF EXISTS (
        SELECT 1 FROM clusters_agreementversion v
        WHERE v.id IN (OLD.version_id, NEW.version_id) AND v.state <> 'draft'
    )
    THEN {refusal("agreement_words_are_sealed", "the schools are signing these words")}
    END IF;
    RETURN COALESCE(NEW, OLD);
"""  # noqa: S608 - no value from outside
SEALED_VERSION = f"""
    IF OLD.state <> 'draft' AND (
        ROW(NEW.agreement_id, NEW.number, NEW.varies_id, NEW.because, NEW.review_on)
        IS DISTINCT FROM
        ROW(OLD.agreement_id, OLD.number, OLD.varies_id, OLD.because, OLD.review_on)
    )
    THEN {refusal("agreement_words_are_sealed", "the schools are signing these words")}
    END IF;
    IF OLD.state <> 'draft' AND NEW.state = 'draft' AND EXISTS (
        SELECT 1 FROM clusters_signature s WHERE s.version_id = NEW.id
    )
    THEN {refusal("agreement_signed_is_no_draft", "somebody has signed it")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - no value from outside
SIGNED_WHILE_OPEN = f"""
    IF NOT EXISTS (
        SELECT 1 FROM clusters_agreementversion v
        WHERE v.id = NEW.version_id AND v.state IN ('signing', 'in_force')
    )
    THEN {refusal("signature_while_it_can_be_signed", "it is not there to be signed")}
    END IF;
    RETURN NEW;
"""  # noqa: S608 - no value from outside


class AgreementVersion(models.Model):
    """An agreement as it is drafted, put to the schools for signing, and in force.

    A `letter` varies the version in force (`varies`) without replacing it. Once it is put to the
    schools its words are never changed (see `SealedClause`).
    """

    class State(models.TextChoices):
        DRAFT = states.DRAFT, _("Draft")
        SIGNING = states.SIGNING, _("Being signed")
        IN_FORCE = states.IN_FORCE, _("In force")
        SUPERSEDED = states.SUPERSEDED, _("Superseded")
        WITHDRAWN = states.WITHDRAWN, _("Withdrawn")

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    varies = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    because = models.CharField(_("what changes, and why"), max_length=500, blank=True, default="")
    review_on = models.DateField(_("review by"), null=True, blank=True)
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(_("put to the schools"), null=True, blank=True)
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of an agreement")
        constraints = (
            models.UniqueConstraint(
                fields=("agreement", "number"), name="agreement_version_number_once"
            ),
            models.UniqueConstraint(
                fields=("agreement",),
                condition=Q(state__in=(states.DRAFT, states.SIGNING)),
                name="agreement_one_version_under_way",
            ),
            models.UniqueConstraint(
                fields=("agreement",),
                condition=Q(state=states.IN_FORCE, varies__isnull=True),
                name="agreement_one_version_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(state=states.IN_FORCE) | Q(in_force_on__isnull=False),
                name="agreement_in_force_has_its_day",
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="agreement_version_sealed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=SEALED_VERSION,
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreement} {self.number}"


class SealedClause(models.Model):
    """A clause in one version; its words with `blanks` filled in are what is signed.

    `blanks` holds by the blank's name the words in both languages (`en`, `cy`) and their `source`;
    `clause` says from which clause of the library the words came, none for the cluster's own.
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="clauses")
    clause = models.ForeignKey(
        Clause, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    section = models.CharField(_("section"), max_length=12, choices=Section.choices)
    place = models.PositiveSmallIntegerField(_("place"))
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    title_cy = models.CharField(_("title in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    text = models.TextField(_("text"))
    text_cy = models.TextField(_("text in Welsh"), blank=True, default="")
    blanks = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("place", "pk")
        verbose_name = _("clause of an agreement")
        verbose_name_plural = _("clauses of an agreement")
        triggers = (
            pgtrigger.Trigger(
                name="agreement_words_sealed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=SEALED,
            ),
        )

    def __str__(self) -> str:
        return in_language(self.title, self.title_cy)


class SignedCopy(models.Model):
    """A scanned agreement as it was uploaded; at most 10 MB."""

    name = models.CharField(_("file"), max_length=255)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        triggers = (
            pgtrigger.Protect(
                name="signed_copy_only_added", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        )

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """One person's signature for one school under one version; only ever added to.

    `capacity` is who signs for the school's kind: head and chair of governors, a trust's board,
    the management committee of a referral unit. A signature for a federation or trust names it in
    `partnership` and stands in one row for each of its schools in the cluster. `post` says which
    post the signatory held on `signed_on` (it is checked then and kept in words).
    """

    class Capacity(models.TextChoices):
        HEAD = "head", _("Headteacher")
        GOVERNORS = "governors", _("Chair of governors")
        TRUST = "trust", _("Trust board")
        COMMITTEE = "committee", _("Management committee")

    class Way(models.TextChoices):
        SIGNED_IN = "signed_in", _("By signing in again")
        COPY = "copy", _("On paper, copy uploaded")

    version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="signatures"
    )
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    capacity = models.CharField(_("signs as"), max_length=10, choices=Capacity.choices)
    way = models.CharField(_("how"), max_length=10, choices=Way.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150)
    post = models.CharField(_("post"), max_length=200)
    signed_on = models.DateField(_("signed"))
    copy = models.ForeignKey(
        SignedCopy, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("signed_on", "pk")
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "school", "capacity"), name="signature_once_a_capacity"
            ),
            models.CheckConstraint(
                condition=Q(way="signed_in", person__isnull=False, copy__isnull=True)
                | Q(way="copy", copy__isnull=False),
                name="signature_signed_in_or_copy",
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="signature_only_added", operation=pgtrigger.Update | pgtrigger.Delete
            ),
            pgtrigger.Trigger(
                name="signature_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=SIGNED_WHILE_OPEN,
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.school_id}"


class AgreementComment(models.Model):
    """What somebody said about a version while it was drafted or signed, e.g. for a diocese."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=12, choices=Section.choices, blank=True, default="")
    text = models.TextField(_("comment"))
    speaks_for = models.CharField(_("speaks for"), max_length=200, blank=True, default="")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:80]
