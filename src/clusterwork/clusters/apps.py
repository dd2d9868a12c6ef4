"""The room's entry in Django; it also adds the room's letters to the outbox's list."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    """Label `clusters`."""

    name = "clusterwork.clusters"
    label = "clusters"
    verbose_name = _("Clusters")

    def ready(self) -> None:
        from clusterwork.clusters.letters import register_letters

        register_letters()
