"""The room's entry in Django; the shipped measures are laid down whenever it was migrated."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MeasuresConfig(AppConfig):
    """Label `measures`."""

    name = "clusterwork.measures"
    label = "measures"
    verbose_name = _("Measures")

    def ready(self) -> None:
        from clusterwork.measures.services.catalogue import lay_down_after_migration

        post_migrate.connect(lay_down_after_migration, sender=self)
