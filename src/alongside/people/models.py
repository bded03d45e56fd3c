"""A person has one account on a node, and a member number in each book she belongs to.

Nothing here says what anybody may do: that is decided by the book's own rows. An operator who reads these
tables learns names and memberships, so nothing is kept that is not needed to open a door.
"""

from django.db import models


class Account(models.Model):
    """One person on this node: her name as she writes it, and what proves her passphrase.

    The work figures stand beside the verifier, so that they can be raised for one account at its next
    sign-in.
    """

    name = models.CharField(max_length=80)
    folded_name = models.CharField(max_length=240, unique=True)
    language = models.CharField(max_length=8, default="en")
    about = models.CharField(max_length=200, blank=True, default="")
    salt = models.BinaryField(max_length=16)
    verifier = models.BinaryField(max_length=32)
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    created = models.DateTimeField()

    def __str__(self) -> str:
        # Never the name: this text reaches logs and error reports.
        return f"account {self.pk}"


class Session(models.Model):
    """One signed-in browser. The token itself lives only in its cookie; here lies what recognises it."""

    digest = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sessions")
    created = models.DateTimeField()
    last_seen = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"session {self.pk}"


class Membership(models.Model):
    """Who she is in one book: her member number there, and nothing else."""

    book = models.CharField(max_length=26)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    member = models.PositiveIntegerField()

    class Meta:
        """One person is one member of a book, and one member of a book is one person."""

        constraints = (
            models.UniqueConstraint(fields=("book", "member"), name="one_person_per_member"),
            models.UniqueConstraint(fields=("book", "account"), name="one_member_per_person"),
        )

    def __str__(self) -> str:
        return f"member {self.member} of {self.book}"


class Link(models.Model):
    """A door that opens once: into a new house (`setup`), a book (`invitation`), or a group (`admission`).

    `number` is the invitation's entry, or the member's number; both are 0 for a set-up.
    """

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=16)
    book = models.CharField(max_length=26, blank=True, default="")
    number = models.PositiveBigIntegerField(default=0)
    expires = models.DateTimeField()
    used_at = models.DateTimeField(null=True, default=None)

    def __str__(self) -> str:
        return f"link {self.pk} ({self.purpose})"
