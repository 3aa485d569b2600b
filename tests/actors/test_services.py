"""Those who act: what their services promise."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.http import Http404

from terreau.actors import access, services
from terreau.actors.services import Authority, Carrier, Membership, User
from terreau.journal import services as journal
from tests.actors.factories import (
    AuthorityFactory,
    CarrierFactory,
    OrganisationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def test_a_user_is_known_by_address_however_it_is_typed():
    user = services.register(" Aya@Example.ORG ", language="nl", at=NOW)

    assert user.email == "aya@example.org"
    assert User.objects.get_by_natural_key("AYA@example.org") == user


def test_an_address_belongs_to_one_user():
    UserFactory(email="aya@example.org")

    with pytest.raises(services.AlreadyRegistered):
        services.register("Aya@example.org", language="fr", at=NOW)


def test_the_database_refuses_an_address_in_capitals():
    with pytest.raises(IntegrityError, match="actors_user_email_is_in_small_letters"):
        UserFactory(email="Aya@example.org")


def test_the_journal_names_no_one():
    user = services.register("aya@example.org", language="fr", at=NOW)

    (entry,) = journal.history(user=user.pk)

    assert entry.actor == user.pk
    assert b"aya" not in entry.canonical()


def test_who_founds_a_group_acts_for_it_from_that_day():
    user = UserFactory()

    carrier = services.found(Carrier.Kind.GROUP, name="Voisins", by=user, on=TODAY, at=NOW)

    assert access.carrier_to_act_for(user, carrier.pk, on=TODAY) == carrier
    with pytest.raises(Http404):
        access.carrier_to_act_for(user, carrier.pk, on=date(2026, 11, 23))


def test_no_one_else_acts_for_a_carrier():
    carrier = services.found(Carrier.Kind.GROUP, name="A", by=UserFactory(), on=TODAY, at=NOW)

    with pytest.raises(Http404):
        access.carrier_to_act_for(UserFactory(), carrier.pk, on=TODAY)


def test_who_has_left_acts_no_more():
    user, carrier = UserFactory(), CarrierFactory()
    Membership.objects.create(user=user, carrier=carrier, since=date(2026, 1, 1), until=TODAY)

    assert not access.carriers_of(user, on=TODAY).exists()
    assert access.carriers_of(user, on=date(2026, 11, 23)).get() == carrier


def test_an_organisation_has_its_name_from_itself():
    organisation = OrganisationFactory(name="Coopérative du Nord")

    carrier = services.found_organisation(organisation, by=UserFactory(), on=TODAY, at=NOW)

    assert str(carrier) == "Coopérative du Nord"


@pytest.mark.parametrize(
    ("kind", "name", "has_organisation"),
    [("organisation", "", False), ("organisation", "Two names", True), ("person", "", False)],
)
def test_a_carrier_is_an_organisation_or_has_a_name(kind, name, has_organisation):
    organisation = OrganisationFactory() if has_organisation else None

    with pytest.raises(IntegrityError, match="actors_carrier_is_an_organisation_or_has_a_name"):
        CarrierFactory(kind=kind, name=name, organisation=organisation)


def test_organisations_without_a_number_live_side_by_side():
    OrganisationFactory(number="")
    OrganisationFactory(number="")
    OrganisationFactory(number="0123456749")

    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        OrganisationFactory(number="0123456749")


def test_authorities_are_mirrored_once():
    services.mirror_authorities(["north", "south"])
    services.mirror_authorities(["south", "east"])

    assert set(Authority.objects.values_list("id", flat=True)) == {"north", "south", "east"}


def test_an_officer_acts_for_an_authority_from_the_day_of_joining():
    user, authority = UserFactory(), AuthorityFactory()

    services.join_authority(authority, user=user, by=None, on=TODAY, at=NOW)

    assert access.authority_to_act_for(user, authority.pk, on=TODAY) == authority
    with pytest.raises(Http404):
        access.authority_to_act_for(UserFactory(), authority.pk, on=TODAY)


def test_a_membership_is_of_one_body():
    with pytest.raises(IntegrityError, match="actors_membership_is_of_one_body"):
        Membership.objects.create(user=UserFactory(), since=TODAY)
