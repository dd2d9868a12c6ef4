"""The room's entry in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    """Label `measures`."""

    name = "clusterwork.measures"
    label = "measures"
    verbose_name = _("Measures")
