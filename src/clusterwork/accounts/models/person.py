"""Someone who signs in. One sign-in serves every school, cluster and role that they have."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    """Makes people; signing in by e-mail ignores capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """A new person; without a password they sign in by their organisation's account."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this e-mail address, whatever its capitals."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """A person; `language` is the one that the system writes to them in."""

    class Language(models.TextChoices):
        ENGLISH = "en-gb", _("English")
        WELSH = "cy", _("Welsh")

    email = models.EmailField(_("E-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(max_length=5, choices=Language.choices, default=Language.ENGLISH)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[PersonManager] = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="person_email_is_theirs_alone"),
        )

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as allauth's pages ask for it."""
        return str(self)
