"""`terreau assess`: a dossier in, the answers out."""

import argparse
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from terreau.config.answer_text import answer_text
from terreau.config.kept import kept_pack
from terreau.config.places import region_folder
from terreau.config.speech import translate_to
from terreau.kernel.day import read_day
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.rules import Edition, Pack, Refused, Words, as_data, assess, read_dossier, read_pack

NOT_READ = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which arguments the verb takes."""
    parser.add_argument("file", type=Path, help="the dossier, a YAML file")
    parser.add_argument("--on", metavar="DATE", help="the day whose law is asked (2026-11-24)")
    parser.add_argument("--lang", metavar="CODE", help="the language of the answer")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to answer")
    parser.add_argument("--all", action="store_true", help="closed measures too")
    parser.add_argument("--region", type=Path, metavar="DIR", help="the region pack to ask")


def run(arguments: argparse.Namespace) -> int:
    """Answer the dossier; return 0, or 2 when something could not be read."""
    translate = translate_to(arguments.lang or "")
    folder = arguments.region or region_folder()
    try:
        pack = kept_pack(folder)
        translate = translate_to(language_asked(arguments.lang, pack))
        try:
            return _answer(arguments, pack)
        except Refused:  # asked again of the files, which know on which line a card goes wrong
            return _answer(arguments, read_pack(folder))
    except Refused as refused:
        for finding in refused.findings:
            print(finding.words(translate), file=sys.stderr)
        return NOT_READ
    except BadArgument as bad:
        print(bad.message.words(translate), file=sys.stderr)
        return NOT_READ


class BadArgument(Exception):
    """An argument that cannot be used; `message` says so."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def language_asked(asked: str | None, pack: Pack) -> str:
    """Return the language of an argument, else the first of the pack. Raises `BadArgument`."""
    language = asked or pack.languages[0]
    if language not in pack.languages:
        blanks = {"language": language, "languages": ", ".join(pack.languages)}
        raise BadArgument(
            Message(_("The pack does not speak '{language}'. Choose one of: {languages}."), blanks)
        )
    return language


def day_asked(text: str) -> date:
    """Return the day of an argument. Raises `BadArgument`."""
    day = read_day(text)
    if day is None:
        sentence = _("'{day}' is no date. Write it like 2026-11-24.")
        raise BadArgument(Message(sentence, {"day": text}))
    return day


def _day(asked: str | None, told: date | None, pack: Pack) -> date:
    if asked:
        return day_asked(asked)
    return told or datetime.now(ZoneInfo(pack.region.time_zone)).date()  # noqa: TID251


def _answer(arguments: argparse.Namespace, pack: Pack) -> int:
    language = language_asked(arguments.lang, pack)
    dossier = read_dossier(arguments.file, pack)
    day = _day(arguments.on, dossier.on, pack)
    assessment = assess(Edition(pack), dossier, day, everything=arguments.all)
    if arguments.format == "json":
        words = Words({each: translate_to(each) for each in pack.languages})
        print(_in_lines(as_data(assessment, words)))
    else:
        print(answer_text(assessment, dossier, language, translate_to(language)))
    return 0


def _in_lines(data: dict[str, Any]) -> str:
    """Return JSON with one answer a line: quick to write, and two files compare line by line."""
    parts = []
    for key, value in data.items():
        if isinstance(value, list) and value:
            lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in value)
            text = f"[\n{lines}\n]"
        else:
            text = json.dumps(value, ensure_ascii=False)
        parts.append(f"{json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}"
