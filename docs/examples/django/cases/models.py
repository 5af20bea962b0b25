"""A case, its assessments, and every version of what was answered in them."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class Case(models.Model):
    """A case. Those who work on it may see it; to nobody else is it there."""

    reference = models.CharField(max_length=40, unique=True)
    workers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="cases")


class Assessment(models.Model):
    """One form that is filled in for a case, over as many versions as it takes."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    form = models.CharField(max_length=100)

    @property
    def newest(self) -> "Version":
        """The version that holds now."""
        return self.versions.order_by("-number")[0]


class AppendOnly(models.QuerySet["Version"]):
    """Versions are added. They are neither changed nor deleted; the database refuses it too."""

    def update(self, **_: Any) -> int:
        """Refuse it."""
        raise TypeError("A version is never changed; record another one")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse it."""
        raise TypeError("A version is never deleted")


class Version(models.Model):
    """What was answered, what the form made of it, by whom and when."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    made_at = models.DateTimeField(auto_now_add=True)
    form_version = models.CharField(max_length=40)
    digest = models.CharField(max_length=80)
    """Which definition it was: the evaluation can be worked out again from it to the letter."""
    response = models.JSONField()
    evaluation = models.JSONField()

    objects = AppendOnly.as_manager()

    class Meta:
        """Two people who go on from the same version cannot both be next."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "number"], name="one_version_of_each_number")
        ]
        ordering: ClassVar[list[str]] = ["number"]

    @property
    def is_draft(self) -> bool:
        """Whether it may have gaps."""
        return bool(self.response.get("meta", {}).get("status") == "draft")

    def save(self, *args: Any, **more: Any) -> None:
        """Add it.

        Raises:
            TypeError: it stands in the database already.
        """
        if self.pk is not None:
            raise TypeError("A version is never changed; record another one")
        super().save(*args, **more)

    def delete(self, *_: Any, **__: Any) -> tuple[int, dict[str, int]]:
        """Refuse it."""
        raise TypeError("A version is never deleted")
