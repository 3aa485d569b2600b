"""Docs are tested: every setting, command, event, dependency and key has its line, and every link leads somewhere."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from terreau.config.cli import VERBS
from terreau.journal.core import Happening
from terreau.rules import assessment
from tools.reference import pages

LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def page(root: Path, name: str) -> str:
    """Return one page of the reference."""
    return (root / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")


def missing(names: set[str], text: str) -> list[str]:
    """Return the names that no line of a table begins with."""
    described = set(re.findall(r"^\| `([^`]+?)(?:\[[^`]*)?`", text, re.MULTILINE))
    return sorted(names - described)


def test_every_setting_has_its_line(root):
    code = [path.read_text(encoding="utf-8") for path in (root / "src").rglob("*.py")]
    settings = {name for text in code for name in re.findall(r'"(TERREAU_[A-Z_]+)"', text)}

    assert "TERREAU_SECRET" in settings
    assert missing(settings, page(root, "settings")) == []


def test_every_command_has_its_line(root):
    assert missing({f"terreau {verb}" for verb in VERBS}, page(root, "commands")) == []


def test_every_target_has_its_line(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = {f"make {name}" for name in re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)}

    assert missing(targets, page(root, "commands")) == []


def test_every_event_has_its_line(root):
    for app in apps.get_app_configs():
        if app.name.startswith("terreau.") and Path(app.path, "core.py").exists():
            import_module(f"{app.name}.core")
    events = {
        event.kind
        for event in Happening.__subclasses__()
        if event.__module__.startswith("terreau.")
    }

    assert "projects.fact-told" in events
    assert missing(events, page(root, "events")) == []


@pytest.mark.parametrize("group", ["run", "test", "check"])
def test_every_dependency_has_its_reason(root, group):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"run": project["project"]["dependencies"], **project["dependency-groups"]}
    names = {re.split(r"[~=<>\[]", dependency)[0] for dependency in groups[group]}

    assert missing(names, page(root, "dependencies")) == []


@pytest.mark.parametrize("made", pages().items(), ids=lambda made: made[0].name)
def test_what_is_made_from_code_and_cards_is_as_they_are(made):
    path, text = made

    assert path.read_text(encoding="utf-8") == text, "run: make reference"


def test_every_link_between_pages_leads_somewhere(root):
    pages_of_ours = [root / "README.md", root / "CONTRIBUTING.md", *root.glob("docs/**/*.md")]
    files = (*pages_of_ours, *root.glob("examples/*.md"))
    broken = [
        f"{file.relative_to(root)}: {link}"
        for file in files
        for link in LINK.findall(file.read_text(encoding="utf-8"))
        if not (file.parent / link).exists()
    ]

    assert broken == []


def test_every_key_of_the_answers_is_explained(root):
    code = Path(assessment.__file__).read_text(encoding="utf-8")
    keys = set(re.findall(r'^\s+"([a-z_]+)":', code, re.MULTILINE))

    assert {"status", "unlocks", "cause"} <= keys
    text = page(root, "answers")
    assert sorted(key for key in keys if f'"{key}"' not in text and f"`{key}`" not in text) == []
