"""The node's housekeeping of people, as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts and sessions of this node."""

    name = "alongside.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
