"""The room's entry in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Also adds the room's letters to the outbox's list."""

    name = "clusterwork.accounts"
    label = "accounts"

    def ready(self) -> None:
        from clusterwork.accounts.letters import register_letters

        register_letters()
