"""What is kept for good and has migrations that move data: heads, entries, words, checkpoints, jobs.

The row tables are not here. They are disposable: folded from the entries, and made anew when their shape
changes (`schema.py`). `book` comes first in every key, so that books can be spread over machines.
"""

from django.db import models


class Head(models.Model):
    """Where a book's record stands: locked first by whoever acts."""

    book = models.CharField(max_length=26, primary_key=True)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")      # 32 bytes for each 1 in the binary size
    last_day = models.DateField(null=True)
    secret = models.BinaryField()                   # HMAC key of this book's askings; never exported
    shape = models.CharField(max_length=64)         # of the row tables that were folded

    class Meta:
        db_table = "book_head"


class Entry(models.Model):
    """One line of the record, as the bytes that were hashed, and the asking that made it: done once."""

    pk = models.CompositePrimaryKey("book", "number")
    book = models.CharField(max_length=26)
    number = models.BigIntegerField()
    raw = models.BinaryField()
    leaf = models.BinaryField()
    author = models.BigIntegerField()
    asked_id = models.CharField(max_length=32)
    fingerprint = models.BinaryField()

    class Meta:
        db_table = "book_entry"
        constraints = [models.UniqueConstraint(fields=["book", "asked_id"], name="asked_once")]


class Words(models.Model):
    """What somebody wrote, under its commitment. In clear for now: sealing replaces this table's inside."""

    pk = models.CompositePrimaryKey("book", "commitment")
    book = models.CharField(max_length=26)
    commitment = models.CharField(max_length=44)
    number = models.BigIntegerField()
    field = models.CharField(max_length=200)
    salt = models.BinaryField()
    text = models.TextField()
    language = models.CharField(max_length=8)
    audience = models.CharField(max_length=16)

    class Meta:
        db_table = "vault_words"


class Checkpoint(models.Model):
    """A signed note on a size and its root. Made on demand, after the entries are committed."""

    pk = models.CompositePrimaryKey("book", "size")
    book = models.CharField(max_length=26)
    size = models.BigIntegerField()
    note = models.TextField()

    class Meta:
        db_table = "book_checkpoint"


class Job(models.Model):
    """A side effect of an entry, written in its transaction and done later. It carries no words."""

    book = models.CharField(max_length=26)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    done = models.DateTimeField(null=True)

    class Meta:
        db_table = "book_job"
        indexes = [models.Index(fields=["done", "id"], name="jobs_waiting")]
