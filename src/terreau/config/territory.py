"""What the program itself takes from the region pack: its time zone and its languages."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

import yaml

from terreau.config.places import StartRefused

# The C loader, where PyYAML has it, starts quicker; both read every scalar as text.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class RegionUnreadable(StartRefused):
    """The file region.yaml does not say what the program needs to start."""


@dataclass(frozen=True)
class Territory:
    """The time zone and the languages of a region, the language of first choice first."""

    time_zone: str
    languages: tuple[str, ...]

    def spoken(self, screens: frozenset[str]) -> tuple[str, ...]:
        """Return the languages that both the region and the screens have."""
        both = tuple(language for language in self.languages if language in screens)
        if not both:
            message = f"The screens speak {sorted(screens)}, the region {list(self.languages)}."
            raise RegionUnreadable(message)
        return both


def read_territory(folder: Path) -> Territory:
    """Read the territory from the pack in this folder."""
    file = folder / "region.yaml"
    content = _read(file)
    time_zone, languages = content.get("time_zone"), content.get("languages")
    if time_zone not in available_timezones():
        message = f"{file}: time_zone must be a zone such as Europe/Paris, not {time_zone!r}."
        raise RegionUnreadable(message)
    if not isinstance(languages, list) or not languages:
        message = f"{file}: languages must list the codes of at least one language."
        raise RegionUnreadable(message)
    return Territory(time_zone=str(time_zone), languages=tuple(map(str, languages)))


def _read(file: Path) -> dict[str, object]:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - all text
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as problem:
        message = f"{file}: not YAML: {problem}"
        raise RegionUnreadable(message) from problem
    if not isinstance(content, dict):
        message = f"{file}: expected keys and values."
        raise RegionUnreadable(message)
    return content
