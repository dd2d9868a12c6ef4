"""The plans room."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """What a school and its cluster need, choose, plan and have approved."""

    name = "clusterwork.plans"
    label = "plans"
    verbose_name = _("Plans")
