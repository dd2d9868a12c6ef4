"""The room's entry in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    """Label `clusters`."""

    name = "clusterwork.clusters"
    label = "clusters"
    verbose_name = _("Clusters")
