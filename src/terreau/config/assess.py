"""`terreau assess`: a dossier in, the answers out."""

import argparse
import json
import os
import secrets
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
from terreau.rules import (
    Assessment,
    Edition,
    Pack,
    Refused,
    Words,
    as_data,
    assess,
    read_dossier,
    read_pack,
)

NOT_READ = 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which arguments the verb takes."""
    parser.add_argument("file", type=Path, help="the dossier, a YAML file")
    parser.add_argument("--on", metavar="DATE", help="the day whose law is asked (2026-11-24)")
    parser.add_argument("--lang", metavar="CODE", help="the language of the answer")
    parser.add_argument(
        "--format", choices=("text", "json", "pdf"), default="text", help="how to answer"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="the PDF to write")
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
    _check_output(arguments)
    dossier = read_dossier(arguments.file, pack)
    day = _day(arguments.on, dossier.on, pack)
    assessment = assess(Edition(pack), dossier, day, everything=arguments.all)
    if arguments.format == "json":
        words = Words({each: translate_to(each) for each in pack.languages})
        print(_in_lines(as_data(assessment, words)))
    elif arguments.format == "pdf":
        _write_pdf(arguments, assessment, language)
    else:
        print(answer_text(assessment, dossier, language, translate_to(language)))
    return 0


def _check_output(arguments: argparse.Namespace) -> None:
    if arguments.format == "pdf" and arguments.output is None:
        raise BadArgument(Message(_("Say where the document goes: --output FILE.pdf.")))
    if arguments.format != "pdf" and arguments.output is not None:
        raise BadArgument(Message(_("Only a document is written to a file: add --format pdf.")))


def _write_pdf(arguments: argparse.Namespace, assessment: Assessment, language: str) -> None:
    """Write the answers as a document, and mark those of an example. Raises `BadArgument`."""
    settings = _django(arguments.region)
    from django.utils.translation import override

    from terreau.measures.services import answers_pdf, lay_out

    answers = lay_out(assessment, assessment.dossier)
    mark = arguments.file.resolve().parent == settings.EXAMPLES.resolve()
    with override(language):
        pdf = answers_pdf(answers, mark=mark)
    try:
        arguments.output.write_bytes(pdf)
    except OSError:
        sentence = _("'{path}' cannot be written: check the folder and what you may do there.")
        raise BadArgument(Message(sentence, {"path": arguments.output})) from None


def _django(region: Path | None) -> Any:
    """Set Django up, which knows the words of a document, and return its settings as they are: untyped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.config.settings")
    # Nothing is signed here: any secret will do, and none is kept.
    os.environ.setdefault("TERREAU_SECRET", secrets.token_urlsafe())
    if region is not None:
        os.environ["TERREAU_REGION"] = str(region)
    import django
    from django.conf import settings

    django.setup()
    return settings


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
