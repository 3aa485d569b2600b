"""The command line: our own verbs, each loaded only when asked, and Django's for the rest."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

import terreau
from terreau.config.places import StartRefused

# Each verb is a module with `configure` and `run`, so that asking one never loads another.
VERBS = {
    "demo": "serve the demonstration of the region on this machine",
    "assess": "answer a dossier: every measure, with its reasons",
    "cards": "check the cards of a region pack, or show one",
    "region": "begin a new region pack",
    "editions": "publish the cards as an edition, list the editions, write one out as files",
    "replay": "ask the answers of a JSON file again, on their edition and their day",
    "work": "send mails, do slow work and, each minute, what is due",
}


class Verb(Protocol):
    """What the module of a verb offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Say which arguments the verb takes."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it, and return the exit status."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command line and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _carry_out(given)
    except StartRefused as refused:
        print(refused, file=sys.stderr)
        return 2


def _carry_out(given: list[str]) -> int:
    asked = given[0] if given else "--help"
    if asked not in VERBS and not asked.startswith("-"):
        return _manage(given)
    parsed = _parser(asked).parse_args(given or ["--help"])
    return _module(parsed.verb).run(parsed)


def _parser(asked: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="terreau",
        description="One dossier, every support measure, every authority.",
        epilog="Any other command is Django's: terreau help lists them.",
    )
    parser.add_argument("--version", action="version", version=f"terreau {terreau.__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    for name, purpose in VERBS.items():
        verb = verbs.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.")
        if name == asked:
            _module(name).configure(verb)
    return parser


def _module(verb: str) -> Verb:
    # A module is checked against the protocol by the tests of each verb, not by the importer.
    return cast("Verb", import_module(f"terreau.config.{verb}"))


def _manage(given: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["terreau", *given])
    return 0
