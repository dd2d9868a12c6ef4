"""The room's entry in Django; it also adds the room's letters to the outbox's list."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """What a school and its cluster need, choose, plan and have approved."""

    name = "clusterwork.plans"
    label = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from clusterwork.plans.letters import register_letters

        register_letters()
