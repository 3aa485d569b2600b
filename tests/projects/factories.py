"""Projects as the tests need them."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from terreau.projects.services import Project
from tests.actors.factories import CarrierFactory


class ProjectFactory(DjangoModelFactory[Project]):
    """A project of a group, with a title in its language."""

    class Meta:
        model = Project

    owner = factory.SubFactory(CarrierFactory)
    language = "fr"
    title = {"fr": "Une cuisine de quartier"}
    started_at = datetime(2026, 1, 1, 9, tzinfo=UTC)
