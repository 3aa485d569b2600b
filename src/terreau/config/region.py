"""`terreau region new NAME`: begin a pack that passes the checks, to be filled by its people."""

import argparse
import sys
from pathlib import Path
from string import Template

from terreau.config.places import PACKAGE, checkout
from terreau.config.speech import translate_to
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _

NOT_DONE = 2
FIRST_PACK = PACKAGE / "config" / "first_pack"


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which arguments the verb takes."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    new = deeds.add_parser("new", help="write a new pack")
    new.add_argument("name", help="the name of its folder: lower case words joined by -")
    new.add_argument("--into", type=Path, metavar="DIR", help="the folder to write it in")
    new.add_argument("--language", metavar="CODE", required=True, help="its first language")
    new.add_argument("--currency", metavar="CODE", default="eur", help="its currency")
    new.add_argument("--time-zone", metavar="ZONE", default="UTC", help="its time zone")
    new.add_argument("--lang", metavar="CODE", default="", help="the language of messages")


def run(arguments: argparse.Namespace) -> int:
    """Write the pack; return 0, or 2 when the folder is already there or the name is no name."""
    translate = translate_to(arguments.lang)
    folder = (arguments.into or (checkout() or Path()) / "regions") / arguments.name
    blanks = {"folder": folder}
    if not arguments.name.replace("-", "").isalnum() or arguments.name != arguments.name.lower():
        sentence = _("'{name}' is no name for a folder: use lower case letters, figures and '-'.")
        print(Message(sentence, {"name": arguments.name}).words(translate), file=sys.stderr)
        return NOT_DONE
    if folder.exists():
        sentence = _("{folder} is already there: choose another name.")
        print(Message(sentence, blanks).words(translate), file=sys.stderr)
        return NOT_DONE
    for source in sorted(FIRST_PACK.rglob("*.yaml")):
        target = folder / source.relative_to(FIRST_PACK)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_filled(source, arguments), encoding="utf-8")
    sentence = _("{folder} is written: check it with 'terreau cards check --region {folder}'.")
    print(Message(sentence, blanks).words(translate))
    return 0


def _filled(source: Path, arguments: argparse.Namespace) -> str:
    return Template(source.read_text(encoding="utf-8")).substitute(
        language=arguments.language,
        currency=arguments.currency.lower(),
        time_zone=arguments.time_zone,
        name=arguments.name.replace("-", " ").title(),
    )
