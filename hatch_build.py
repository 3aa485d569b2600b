"""Compile the translations into the wheel, so that it speaks its languages without gettext."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TranslationsHook(BuildHookInterface[Any]):
    """Turn each .po into the .mo that Django reads."""

    # Any is what hatchling declares: the build data is its own open dictionary.
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues before the files of the wheel are gathered."""
        sys.path.insert(0, str(Path(self.root) / "src"))
        from terreau.config.locales import compile_stale

        compile_stale(Path(self.root) / "src" / "terreau" / "locale")
