"""The manners of the code that no tool checks: sizes, names, and what the code may not name."""

import re
from pathlib import Path

import pytest

NOT_NOUNS = {"utils.py", "helpers.py", "common.py", "manager.py", "managers.py", "constants.py"}

# What belongs to a region pack: places, authorities, legal forms.
PACK_WORDS = re.compile(
    r"bruxell|brussel|belg|\b(?:asbl|vzw|cocof|cocom|vgc|ggc|scrl|srl)\b", re.IGNORECASE
)
LANGUAGE_CODES = re.compile(r"""["'](?:fr|nl|en|de)["']""")


def sources(root: Path, *endings: str) -> list[Path]:
    """Return the files of the package that end so, but for what others wrote."""
    found = [path for ending in endings for path in (root / "src").rglob(f"*{ending}")]
    return sorted(path for path in found if not {"vendor", "migrations"} & set(path.parts))


def naming(root: Path, pattern: re.Pattern[str], *endings: str) -> list[str]:
    """Return each line that the pattern finds, with its place."""
    return [
        f"{path.relative_to(root)}:{number}: {line.strip()}"
        for path in sources(root, *endings)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_a_module_has_at_most_400_lines(root):
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources(root, ".py")
    }

    assert {str(path): length for path, length in lengths.items() if length > 400} == {}


def test_a_module_is_named_by_its_noun(root):
    assert [path for path in sources(root, ".py") if path.name in NOT_NOUNS] == []


def test_the_code_names_no_place_and_no_law(root):
    assert naming(root, PACK_WORDS, ".py", ".html", ".css", ".js", ".po") == []


def test_the_code_names_no_language(root):
    assert naming(root, LANGUAGE_CODES, ".py", ".html") == []


@pytest.mark.parametrize("banned", [r"^    def save\(self", r"django\.dispatch", r"\.get_model\("])
def test_a_row_is_changed_by_a_service_and_by_nothing_else(root, banned):
    assert naming(root, re.compile(banned), ".py") == []


def test_nothing_that_is_committed_names_a_package_registry(root):
    locks = (root / "requirements").glob("*.txt")

    assert [lock.name for lock in locks if "://" in lock.read_text(encoding="utf-8")] == []
