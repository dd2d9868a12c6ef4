"""The register as a Django application; holds no logic."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Label `registry`."""

    name = "clusterwork.registry"
    label = "registry"
    verbose_name = _("School register")
