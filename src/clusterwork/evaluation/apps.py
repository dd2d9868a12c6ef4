"""The room's entry in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    """Label `evaluation`."""

    name = "clusterwork.evaluation"
    label = "evaluation"
    verbose_name = _("Studies")
