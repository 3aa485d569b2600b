"""Projects: a fact is told once, keeps its day and its source, and is never lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.http import Http404

from terreau.actors import services as actors
from terreau.journal import services as journal
from terreau.projects import access, services
from terreau.projects.services import Fact, NothingTold, Project, Telling
from tests.actors.factories import UserFactory
from tests.projects.factories import ProjectFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
JANUARY, MARCH, JUNE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)
STAFF = "organisation.staff"


def telling(day: date) -> Telling:
    """Return what is told from this day."""
    return Telling(on=day, at=NOW)


def test_a_visitor_reaches_the_answers_by_the_token_alone():
    visit = services.start_visit(language="nl", lasts=timedelta(days=30), at=NOW)

    assert access.project_of_visitor(visit.token, at=NOW) == visit.project
    with pytest.raises(Http404):
        access.project_of_visitor("another", at=NOW)


def test_the_token_is_not_kept():
    visit = services.start_visit(language="nl", lasts=timedelta(days=30), at=NOW)

    assert visit.token not in str(list(Project.objects.values()))


def test_a_visit_ends_on_its_last_day():
    visit = services.start_visit(language="fr", lasts=timedelta(days=30), at=NOW)

    with pytest.raises(Http404):
        access.project_of_visitor(visit.token, at=NOW + timedelta(days=30))


def test_a_carrier_reaches_their_own_projects_and_no_other():
    user, stranger = UserFactory(), UserFactory()
    carrier = actors.found(actors.Carrier.Kind.GROUP, name="Voisins", by=user, on=MARCH, at=NOW)

    project = services.start({"fr": "Four"}, language="fr", owner=carrier, by=user.pk, at=NOW)

    assert access.project_of_carrier(user, project.pk, on=MARCH) == project
    with pytest.raises(Http404):
        access.project_of_carrier(stranger, project.pk, on=MARCH)


def test_a_fact_is_told_once_and_holds_from_its_day():
    project = ProjectFactory()

    services.tell(project, {STAFF: "3"}, telling(MARCH))

    assert services.facts_on(project, JUNE) == {STAFF: "3"}
    assert services.facts_on(project, JANUARY) == {}


def test_a_new_value_leaves_the_past_as_it_was():
    project = ProjectFactory()

    services.tell(project, {STAFF: "3"}, telling(JANUARY))
    services.tell(project, {STAFF: "5"}, telling(JUNE))

    assert services.facts_on(project, MARCH) == {STAFF: "3"}
    assert services.facts_on(project, JUNE) == {STAFF: "5"}


def test_what_is_told_late_of_an_earlier_day_gives_way_to_what_came_after():
    project = ProjectFactory()

    services.tell(project, {STAFF: "5"}, telling(JUNE))
    services.tell(project, {STAFF: "3"}, telling(JANUARY))

    assert services.facts_on(project, MARCH) == {STAFF: "3"}
    assert services.facts_on(project, JUNE) == {STAFF: "5"}


def test_a_correction_of_the_same_day_is_what_holds_and_the_first_word_stays():
    project = ProjectFactory()

    services.tell(project, {STAFF: "3"}, telling(MARCH))
    services.tell(project, {STAFF: "4"}, telling(MARCH))

    assert services.facts_on(project, MARCH) == {STAFF: "4"}
    assert list(Fact.objects.order_by("id").values_list("value", flat=True)) == ["3", "4"]


def test_what_is_withdrawn_is_unknown_from_that_day():
    project = ProjectFactory()
    services.tell(project, {STAFF: "3"}, telling(JANUARY))

    services.withdraw(project, STAFF, on=MARCH, at=NOW)

    assert services.facts_on(project, JANUARY) == {STAFF: "3"}
    assert services.facts_on(project, JUNE) == {}


def test_to_withdraw_takes_back_what_was_told_of_later_days_too():
    project = ProjectFactory()
    services.tell(project, {STAFF: "3"}, telling(JANUARY))
    services.tell(project, {STAFF: "5"}, telling(JUNE))

    services.withdraw(project, STAFF, on=MARCH, at=NOW)

    assert services.facts_on(project, date(2027, 1, 1)) == {}


@pytest.mark.parametrize("nothing", [None, "", " ", 3, 0.5, True, {"a": "b"}, ["a", 1]])
def test_a_fact_is_told_as_text(nothing):
    with pytest.raises(NothingTold):
        services.tell(ProjectFactory(), {STAFF: nothing}, telling(MARCH))


@pytest.mark.parametrize("value", ["12500.50 eur", ["care", "culture"], [], [{"amount": "1 eur"}]])
def test_texts_and_records_come_back_as_they_were_told(value):
    project = ProjectFactory()

    services.tell(project, {STAFF: value}, telling(MARCH))

    assert services.facts_on(project, MARCH) == {STAFF: value}


def test_the_facts_of_a_project_are_read_in_one_query(django_assert_num_queries):
    project = ProjectFactory()
    services.tell(project, {f"fact-{n}": "yes" for n in range(60)}, telling(MARCH))

    with django_assert_num_queries(1):
        assert len(services.facts_on(project, MARCH)) == 60


def test_the_journal_tells_that_a_fact_was_told_and_not_what_it_is():
    project = ProjectFactory()

    services.tell(project, {STAFF: "secret"}, telling(MARCH))

    (entry,) = journal.history(project=project.pk)
    assert entry.kind == "projects.fact-told"
    assert entry.payload == {"fact": STAFF, "source": "told", "day": "2026-03-01"}


def test_a_fact_has_one_current_value():
    project = ProjectFactory()
    known = {"project": project, "fact": STAFF, "source": "told", "told_at": NOW}
    Fact.objects.create(**known, value="3", since=JANUARY)

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        Fact.objects.create(**known, value="4", since=MARCH)


def test_a_project_has_an_owner_or_a_token_that_expires():
    with pytest.raises(
        IntegrityError, match="projects_project_has_an_owner_or_a_token_that_expires"
    ):
        ProjectFactory(owner=None)


@pytest.mark.parametrize("title", [{}, {"nl": "Keuken"}, {"fr": ""}])
def test_a_title_is_written_in_the_language_of_its_project(title):
    with pytest.raises(IntegrityError, match="projects_project_title_is_written_in_its_language"):
        ProjectFactory(title=title)
