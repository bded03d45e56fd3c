"""What is kept for good.

Heads, entries and words lie in their keys' own trees, so that an act writes few pages.
"""

from django.db import migrations, models

KEPT = {
    "book_head": ("book VARCHAR(26) NOT NULL PRIMARY KEY, size BIGINT NOT NULL, frontier {bytes} NOT NULL,"
                  " last_day DATE, secret {bytes} NOT NULL, shape VARCHAR(64) NOT NULL"),
    "book_entry": ("book VARCHAR(26) NOT NULL, number BIGINT NOT NULL, raw {bytes} NOT NULL,"
                   " leaf {bytes} NOT NULL, author BIGINT NOT NULL, asked_id VARCHAR(32) NOT NULL,"
                   " fingerprint {bytes} NOT NULL, PRIMARY KEY (book, number),"
                   " CONSTRAINT asked_once UNIQUE (book, asked_id)"),
    "vault_words": ("book VARCHAR(26) NOT NULL, commitment VARCHAR(44) NOT NULL, number BIGINT NOT NULL,"
                    " field VARCHAR(200) NOT NULL, salt {bytes} NOT NULL, text TEXT NOT NULL,"
                    " language VARCHAR(8) NOT NULL, audience VARCHAR(16) NOT NULL,"
                    " PRIMARY KEY (book, commitment)"),
}


def make(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    blob, without_rowid = ("BLOB", " WITHOUT ROWID") if sqlite else ("BYTEA", "")
    for table, columns in KEPT.items():
        schema_editor.execute(f"CREATE TABLE {table} ({columns.format(bytes=blob)}){without_rowid}", None)


def drop(apps, schema_editor):
    for table in KEPT:
        schema_editor.execute(f"DROP TABLE {table}", None)


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, drop)],
            state_operations=[
                migrations.CreateModel("Head", [
                    ("book", models.CharField(max_length=26, primary_key=True, serialize=False)),
                    ("size", models.BigIntegerField(default=0)),
                    ("frontier", models.BinaryField(default=b"")),
                    ("last_day", models.DateField(null=True)),
                    ("secret", models.BinaryField()),
                    ("shape", models.CharField(max_length=64)),
                ], options={"db_table": "book_head"}),
                migrations.CreateModel("Entry", [
                    ("pk", models.CompositePrimaryKey("book", "number", blank=True, editable=False,
                                                      primary_key=True, serialize=False)),
                    ("book", models.CharField(max_length=26)),
                    ("number", models.BigIntegerField()),
                    ("raw", models.BinaryField()),
                    ("leaf", models.BinaryField()),
                    ("author", models.BigIntegerField()),
                    ("asked_id", models.CharField(max_length=32)),
                    ("fingerprint", models.BinaryField()),
                ], options={"db_table": "book_entry", "constraints": [
                    models.UniqueConstraint(fields=["book", "asked_id"], name="asked_once")]}),
                migrations.CreateModel("Words", [
                    ("pk", models.CompositePrimaryKey("book", "commitment", blank=True, editable=False,
                                                      primary_key=True, serialize=False)),
                    ("book", models.CharField(max_length=26)),
                    ("commitment", models.CharField(max_length=44)),
                    ("number", models.BigIntegerField()),
                    ("field", models.CharField(max_length=200)),
                    ("salt", models.BinaryField()),
                    ("text", models.TextField()),
                    ("language", models.CharField(max_length=8)),
                    ("audience", models.CharField(max_length=16)),
                ], options={"db_table": "vault_words"}),
            ],
        ),
        migrations.CreateModel("Checkpoint", [
            ("pk", models.CompositePrimaryKey("book", "size", blank=True, editable=False, primary_key=True,
                                              serialize=False)),
            ("book", models.CharField(max_length=26)),
            ("size", models.BigIntegerField()),
            ("note", models.TextField()),
        ], options={"db_table": "book_checkpoint"}),
        migrations.CreateModel("Job", [
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False,
                                       verbose_name="ID")),
            ("book", models.CharField(max_length=26)),
            ("number", models.BigIntegerField()),
            ("kind", models.CharField(max_length=60)),
            ("payload", models.JSONField(default=dict)),
            ("done", models.DateTimeField(null=True)),
        ], options={"db_table": "book_job",
                    "indexes": [models.Index(fields=["done", "id"], name="jobs_waiting")]}),
    ]
