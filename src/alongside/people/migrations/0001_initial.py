"""The first shape of the node's housekeeping: accounts, sessions, memberships, links."""

import django.db.models.deletion
from django.db import migrations, models

KEY = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def of_account(related_name: str) -> models.ForeignKey:
    """What belongs to a person goes with her account."""
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name=related_name,
                             to="people.account")


class Migration(migrations.Migration):
    """Four tables."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel("Account", [
            KEY,
            ("name", models.CharField(max_length=80)),
            ("folded_name", models.CharField(max_length=240, unique=True)),
            ("language", models.CharField(default="en", max_length=8)),
            ("about", models.CharField(blank=True, default="", max_length=200)),
            ("salt", models.BinaryField(max_length=16)),
            ("verifier", models.BinaryField(max_length=32)),
            ("memory_kib", models.PositiveIntegerField()),
            ("passes", models.PositiveSmallIntegerField()),
            ("lanes", models.PositiveSmallIntegerField()),
            ("created", models.DateTimeField()),
        ]),
        migrations.CreateModel("Session", [
            KEY,
            ("digest", models.CharField(max_length=64, unique=True)),
            ("account", of_account("sessions")),
            ("created", models.DateTimeField()),
            ("last_seen", models.DateTimeField(db_index=True)),
        ]),
        migrations.CreateModel("Membership", [
            KEY,
            ("book", models.CharField(max_length=26)),
            ("account", of_account("memberships")),
            ("member", models.PositiveIntegerField()),
        ], options={"constraints": (
            models.UniqueConstraint(fields=("book", "member"), name="one_person_per_member"),
            models.UniqueConstraint(fields=("book", "account"), name="one_member_per_person"),
        )}),
        migrations.CreateModel("Link", [
            KEY,
            ("digest", models.CharField(max_length=64, unique=True)),
            ("purpose", models.CharField(max_length=16)),
            ("book", models.CharField(blank=True, default="", max_length=26)),
            ("number", models.PositiveBigIntegerField(default=0)),
            ("expires", models.DateTimeField()),
            ("used_at", models.DateTimeField(default=None, null=True)),
        ]),
    ]
