"""The room's entry in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Also hands the tables to the application's database role after each migration."""

    name = "clusterwork.audit"
    label = "audit"

    def ready(self) -> None:
        from clusterwork.audit.grants import grant_after_migration

        post_migrate.connect(grant_after_migration, dispatch_uid="grants")
