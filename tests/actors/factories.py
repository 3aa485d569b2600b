"""Users, organisations and carriers as the tests need them."""

import factory
from factory.django import DjangoModelFactory

from terreau.actors.services import Authority, Carrier, Organisation, User


class UserFactory(DjangoModelFactory[User]):
    """A user with an address of their own."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    language = "fr"


class OrganisationFactory(DjangoModelFactory[Organisation]):
    """An organisation whose number is not known yet."""

    class Meta:
        model = Organisation

    name = "Les Jardins partagés"


class AuthorityFactory(DjangoModelFactory[Authority]):
    """An authority, known by its id in the pack."""

    class Meta:
        model = Authority

    id = factory.Sequence(lambda number: f"authority-{number}")


class CarrierFactory(DjangoModelFactory[Carrier]):
    """A group that does not yet exist in law."""

    class Meta:
        model = Carrier

    kind = Carrier.Kind.GROUP
    name = "Voisins de la rue Haute"
