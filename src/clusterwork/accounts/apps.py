"""The room's entry in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Nothing to do at start."""

    name = "clusterwork.accounts"
    label = "accounts"
