"""The editions: all the cards as they were published, each one kept for good."""

import zlib

from django.db import models
from django.db.models.functions import Length

from terreau.measures.core import Origin

models.CharField.register_lookup(Length)


class Edition(models.Model):
    """All the cards and the vocabulary as published at a moment; never changed, never removed."""

    digest = models.CharField(max_length=64)
    packed = models.BinaryField()
    origin = models.CharField(max_length=5, choices=[(each.value, each.value) for each in Origin])
    published_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="measures_edition_is_known_by_a_sha_256",
                condition=models.Q(digest__length=64),
            ),
            models.CheckConstraint(
                name="measures_edition_comes_from_files_or_from_the_desk",
                condition=models.Q(origin__in=[each.value for each in Origin]),
            ),
        ]
        indexes = [models.Index(name="measures_edition_by_digest", fields=["digest"])]

    def __str__(self) -> str:
        return f"edition {self.digest[:12]}"

    @property
    def form(self) -> str:
        """The canonical form of the cards."""
        return zlib.decompress(self.packed).decode()


def packed(form: str) -> bytes:
    """Return a canonical form as a row keeps it."""
    return zlib.compress(form.encode(), level=9)
