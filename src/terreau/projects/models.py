"""The rows of a project and of the facts told about it."""

from datetime import date

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from terreau.projects.core import Span


def is_written_in(text: str, language: str) -> GreaterThan:
    """Return the condition that a text in JSON has words in the language that a column names."""
    words = Func(
        F(text),
        F(language),
        arg_joiner=" ->> ",
        template="(%(expressions)s)",
        output_field=models.TextField(),
    )
    return GreaterThan(Coalesce(words, Value(""), output_field=models.TextField()), Value(""))


class Project(models.Model):
    """What a carrier wants to do. A visitor's has no owner, but a token, and a last day."""

    owner = models.ForeignKey("actors.Carrier", models.PROTECT, null=True, related_name="projects")
    token_hash = models.CharField(max_length=64, blank=True)
    read_hash = models.CharField(max_length=64, blank=True)
    contact = models.EmailField(blank=True)
    skipped = models.JSONField(default=list)
    mails = models.JSONField(default=list)
    language = models.CharField(max_length=10)
    title = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="projects_project_has_an_owner_or_a_token_that_expires",
                condition=Q(owner__isnull=False, token_hash="", expires_at__isnull=True)
                | Q(owner__isnull=True, expires_at__isnull=False) & ~Q(token_hash=""),
            ),
            models.UniqueConstraint(
                name="projects_project_token_is_unique",
                fields=["token_hash"],
                condition=~Q(token_hash=""),
            ),
            models.CheckConstraint(
                name="projects_project_is_read_by_a_token_only_while_a_visitors",
                condition=Q(read_hash="") | ~Q(token_hash=""),
            ),
            models.UniqueConstraint(
                name="projects_project_read_token_is_unique",
                fields=["read_hash"],
                condition=~Q(read_hash=""),
            ),
            models.CheckConstraint(
                name="projects_project_title_is_written_in_its_language",
                condition=Q(owner__isnull=True) | Q(is_written_in("title", "language")),
            ),
            models.CheckConstraint(
                name="projects_project_expires_after_it_starts",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"project {self.pk}"


class FactQuerySet(models.QuerySet["Fact"]):
    """The facts of projects, by day."""

    def holding_on(self, day: date) -> "FactQuerySet":
        """Return those that hold on this day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def of_any_day(self) -> "FactQuerySet":
        """Return those that hold on at least one day: what was corrected holds on none."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=F("since")))


class Fact(models.Model):
    """A fact as it was told: a new value ends the old one, which stays as history."""

    class Source(models.TextChoices):
        """Where a fact comes from."""

        TOLD = "told"
        REGISTER = "register"
        DOCUMENT = "document"

    project = models.ForeignKey(Project, models.CASCADE, related_name="facts")
    fact = models.CharField(max_length=100)
    value = models.JSONField()
    source = models.CharField(max_length=8, choices=Source.choices)
    since = models.DateField()
    until = models.DateField(null=True)
    told_at = models.DateTimeField()

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="projects_fact_source_is_known",
                condition=Q(source__in=["told", "register", "document"]),
            ),
            models.CheckConstraint(name="projects_fact_has_an_id", condition=~Q(fact="")),
            models.CheckConstraint(
                name="projects_fact_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                name="projects_fact_has_one_current_value",
                fields=["project", "fact"],
                condition=Q(until__isnull=True),
            ),
        ]
        indexes = [models.Index(name="projects_fact_by_day", fields=["project", "since"])]

    def __str__(self) -> str:
        return f"{self.fact} of project {self.project_id}"

    def span(self) -> Span:
        """Return the days on which it holds."""
        return Span(self.since, self.until)
