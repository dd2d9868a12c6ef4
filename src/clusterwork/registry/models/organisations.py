"""Authorities and the bodies that run programmes; no people and no programmes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusterwork.tables.history import keep_history

NAME_LENGTH = 200


def in_language(english: str, welsh: str) -> str:
    """The Welsh name where the page is Welsh and there is one, else the English name."""
    return welsh if welsh and (get_language() or "").startswith("cy") else english


class Country(models.TextChoices):
    """The two countries whose registers are read."""

    ENGLAND = "E", _("England")
    WALES = "W", _("Wales")


@keep_history("AuthorityEvent", without=("boundary",))
class Authority(models.Model):
    """A local education authority area; every school stands in one."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    gss_code = models.CharField(_("statistics code"), max_length=9, blank=True, default="")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    country = models.CharField(_("country"), max_length=1, choices=Country.choices)
    boundary = models.JSONField(_("boundary (GeoJSON geometry)"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.name, self.name_cy)


class OrganisationKind(models.TextChoices):
    """The kinds of body in the middle tier."""

    AUTHORITY = "authority", _("Local authority")
    CONSORTIUM = "consortium", _("Consortium")
    TRUST = "trust", _("Trust")
    DIOCESE = "diocese", _("Diocese")


@keep_history("OrganisationEvent")
class Organisation(models.Model):
    """A body in the middle tier that runs programmes; it may belong to a larger one.

    `is_welsh` says that its people are shown the Welsh interface beside the English one;
    `colour` is a CSS colour such as `#1d70b8`, or empty.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    name_cy = models.CharField(_("name in Welsh"), max_length=NAME_LENGTH, blank=True, default="")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    authorities = models.ManyToManyField(Authority, blank=True, related_name="organisations")
    is_welsh = models.BooleanField(_("offers the Welsh interface"), default=False)
    colour = models.CharField(_("colour"), max_length=7, blank=True, default="")

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="organisation_name_once_a_kind"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="organisation_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.name, self.name_cy)
