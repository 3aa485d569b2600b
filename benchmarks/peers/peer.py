"""A peer: another engine in an environment of its own outside the tree, asked by a process."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peers.matter import Failed

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "terreau-bench"
PATIENCE = 600
SAYS_WRONG = re.compile(r"(npm )?\w*error\b", re.IGNORECASE)

Command = Sequence[str | Path]


class Skipped(Exception):
    """A peer cannot be had here; the message says why."""


class ProcessFailed(Exception):
    """A process could not be run; the message is the first line in which it says what is wrong."""


@dataclass(frozen=True)
class Peer:
    """Another engine: how it is run, and what it is asked."""

    name: str
    command: Command
    folder: Path
    asked: dict[str, Any]

    def ask(self, **other: object) -> dict[str, Any]:
        """Return its answers and its times. Raises `Failed`."""
        try:
            said = run(self.command, self.folder, json.dumps(self.asked | other))
        except ProcessFailed as error:
            raise Failed(f"The process of {self.name} failed: {error}") from None
        answer: dict[str, Any] = json.loads(said)
        return answer


def run(command: Command, folder: Path, text: str = "") -> str:
    """Return what a process prints. Raises `ProcessFailed`."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            input=text,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except FileNotFoundError:
        raise ProcessFailed(f"'{name}' is not on this machine.") from None
    except subprocess.TimeoutExpired:
        raise ProcessFailed(f"'{name}' did not end in {PATIENCE} seconds.") from None
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise ProcessFailed(next(filter(SAYS_WRONG.match, lines), " ".join(lines[-3:])))
    return done.stdout


def install(folder: Path, pins: Path, commands: Sequence[Command]) -> None:
    """Install what is pinned, unless that was done before. Raises `Skipped`."""
    stamp = folder / "installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == pins.read_text(encoding="utf-8"):
        return
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(pins, folder)
        for command in commands:
            run(command, folder)
        shutil.copy(pins, stamp)
    except (OSError, ProcessFailed) as error:
        raise Skipped(f"it could not be installed ({error})") from None
