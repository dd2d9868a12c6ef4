"""Schools and the links by which one follows another; facts by year stand in `facts`."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from clusterwork.registry.models.organisations import NAME_LENGTH, Authority, in_language
from clusterwork.registry.rules import names
from clusterwork.tables.history import keep_history


class Phase(models.TextChoices):
    """The phase of education, in the words of the glossary."""

    NURSERY = "nursery", _("Nursery")
    PRIMARY = "primary", _("Primary")
    MIDDLE = "middle", _("Middle")
    SECONDARY = "secondary", _("Secondary")
    ALL_THROUGH = "all_through", _("All-through")
    SPECIAL = "special", _("Special")
    REFERRAL_UNIT = "referral_unit", _("Pupil referral unit")
    SIXTEEN_PLUS = "sixteen_plus", _("16 plus")
    OTHER = "other", _("Other")


class Status(models.TextChoices):
    """Whether a school is open."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    PROPOSED = "proposed", _("Proposed to open")


def text(label: Any = "", *, length: int = 120, **options: Any) -> models.CharField[str, str]:
    """A short text that is empty where the source is silent."""
    return models.CharField(label, max_length=length, blank=True, default="", **options)


@keep_history("SchoolEvent")
class School(models.Model):
    """An establishment with an official number, or a setting entered by hand without one.

    `easting` and `northing` are metres on the British National Grid; `latitude` and `longitude`
    (WGS 84, degrees) are worked out from them. `search_text`, `sort_key` and `sort_key_cy` are
    worked out from the names; `save` and the importers keep them.
    """

    urn = models.PositiveIntegerField(_("URN"), null=True, blank=True, unique=True)
    welsh_number = models.CharField(
        _("Welsh school number"), max_length=7, null=True, blank=True, default=None
    )
    la_estab = text(_("authority and establishment number"), length=16)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="schools")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = text(_("name in Welsh"), length=NAME_LENGTH)
    phase = models.CharField(_("phase"), max_length=20, choices=Phase.choices)
    phase_name = text(_("phase as filed"))
    type_name = text(_("type"))
    type_group = text(_("group of types"))
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.OPEN
    )
    status_name = text(_("status as filed"))
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    religious_character = text(_("religious character"))
    diocese = text(_("diocese"))
    medium = text(_("medium of instruction"), length=20)
    gender = text(_("gender"), length=40)
    low_age = models.PositiveSmallIntegerField(_("lowest age"), null=True, blank=True)
    high_age = models.PositiveSmallIntegerField(_("highest age"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("capacity"), null=True, blank=True)
    street = text(_("street"))
    locality = text(_("locality"))
    town = text(_("town"))
    county = text(_("county"))
    postcode = text(_("postcode"), length=10)
    easting = models.IntegerField(_("easting"), null=True, blank=True)
    northing = models.IntegerField(_("northing"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    by_hand = models.BooleanField(_("entered by hand"), default=False)
    matched_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="matched_settings"
    )
    sort_key = text(length=250, db_collation="C", editable=False)
    sort_key_cy = text(length=250, db_collation="C", editable=False)
    search_text = models.TextField(blank=True, default="", editable=False)

    class Meta:
        ordering = ["sort_key", "id"]
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(urn__isnull=False)
                | models.Q(welsh_number__isnull=False)
                | ~models.Q(la_estab="")
                | models.Q(by_hand=True),
                name="school_number_unless_by_hand",
            ),
            models.UniqueConstraint(fields=["welsh_number"], name="school_welsh_number_once"),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | models.Q(opened_on__isnull=True)
                | models.Q(closed_on__gte=models.F("opened_on")),
                name="school_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(easting__isnull=True, northing__isnull=True)
                | models.Q(
                    easting__gte=0, easting__lte=700_000, northing__gte=0, northing__lte=1_300_000
                ),
                name="school_on_the_national_grid",
            ),
            models.CheckConstraint(
                condition=~models.Q(matched_to=models.F("id")), name="school_not_matched_to_itself"
            ),
        ]
        indexes = [
            GinIndex(
                RawSQL("registry_words(search_text)", ()),
                name="school_words",
            ),
            GistIndex(RawSQL("point(easting, northing)", ()), name="school_place"),
            models.Index(fields=["sort_key", "id"], name="school_order"),
            models.Index(fields=["la_estab"], name="school_la_estab"),
            models.Index(fields=["authority", "phase", "status"], name="school_area_phase"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.name, self.name_cy)

    @property
    def number(self) -> str:
        """The official number to show: URN, Welsh number, or authority and establishment."""
        return str(self.urn) if self.urn else self.welsh_number or self.la_estab

    def refresh_keys(self) -> None:
        """Work out the search text and the two sort keys again from names and numbers."""
        for field, value in names.keys_of(self).items():
            setattr(self, field, value)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the worked-out columns in step with the names."""
        self.refresh_keys()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *names.KEYS}
        super().save(*args, **kwargs)


class LinkKind(models.TextChoices):
    """How one school stands to another in the official list of links."""

    PREDECESSOR = "predecessor", _("Predecessor")
    SUCCESSOR = "successor", _("Successor")
    SIXTH_FORM = "sixth_form", _("Sixth form centre")
    EXPANSION = "expansion", _("Expansion or change")
    OTHER = "other", _("Other")


class SchoolLink(models.Model):
    """One line of the list of links: what `other_number` is to `number`.

    Numbers are URNs or Welsh school numbers and may name schools that the register does not
    hold, because chains lead through schools that closed long ago. Links may form cycles.
    `link_type` is the source's own wording; the date is unknown for a quarter of the links.
    """

    number = models.CharField(_("school number"), max_length=16)
    other_number = models.CharField(_("number of the other school"), max_length=16)
    other_name = text(_("name of the other school"), length=NAME_LENGTH)
    kind = models.CharField(_("kind"), max_length=12, choices=LinkKind.choices)
    link_type = text(_("kind as filed"))
    on = models.DateField(_("date"), null=True, blank=True)

    class Meta:
        verbose_name = _("school link")
        verbose_name_plural = _("school links")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "other_number", "link_type"], name="school_link_once"
            )
        ]
        indexes = [models.Index(fields=["other_number"], name="school_link_other")]

    def __str__(self) -> str:
        return f"{self.number} – {self.other_number}: {self.link_type}"
