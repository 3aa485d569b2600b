"""The laws that import-linter does not see: keys between rows, the door, and the migrations."""

import io
import tomllib
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.core.management import call_command

from tests.laws.doors import DoorsContract


def layers(root: Path) -> dict[str, int]:
    """Return the height of each package, the lowest first."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    lines = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        name.strip(" ()"): height
        for height, line in enumerate(reversed(lines))
        for name in line.split("|")
    }


def test_a_foreign_key_points_down(root):
    heights = layers(root)
    keys = [
        (app.label, apps.get_containing_app_config(field.related_model.__module__).label)
        for app in apps.get_app_configs()
        if app.name.startswith("terreau.")
        for model in app.get_models()
        for field in vars(model).values()
        for field in [getattr(field, "field", None)]
        if field is not None and field.is_relation and field.model is model
    ]

    assert keys
    assert [key for key in keys if heights[key[0]] < heights[key[1]]] == []


def doors_kept(*imports: tuple[str, str]) -> bool:
    """Say whether the law of the one door holds in a house with these imports."""
    graph = grimp.ImportGraph()
    for module in (
        "terreau",
        "terreau.calls",
        "terreau.calls.services",
        "terreau.calls.models",
        "terreau.web",
        "terreau.web.words",
        "terreau.review",
        "terreau.review.services",
    ):
        graph.add_module(module)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    contract = DoorsContract(name="doors", session_options={}, contract_options={})
    return bool(contract.check(graph, verbose=False).kept)


def test_an_app_is_entered_by_its_services():
    assert doors_kept(("terreau.review.services", "terreau.calls.services"))


def test_no_one_reaches_the_rows_of_another_app():
    assert not doors_kept(("terreau.review.services", "terreau.calls.models"))


def test_an_app_moves_freely_within():
    assert doors_kept(("terreau.calls.services", "terreau.calls.models"))


def test_a_package_without_services_is_open():
    assert doors_kept(("terreau.review.services", "terreau.web.words"))


@pytest.mark.django_db
def test_every_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, stdout=io.StringIO())
