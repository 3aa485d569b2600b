"""`terreau replay`: past answers asked again, to see whether they still come out the same."""

import argparse
import json
import os
import sys
from pathlib import Path

from terreau.config.kept import kept_pack
from terreau.config.places import region_folder
from terreau.config.speech import Translate, translate_to
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.rules import Edition, Refused, Words
from terreau.rules.finding import Finding, Place, printable
from terreau.rules.replay import Past, Replayed, read_past, replay

DIFFERS, NOT_DONE = 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which arguments the verb takes."""
    parser.add_argument("file", type=Path, help="answers that 'terreau assess --format json' wrote")
    parser.add_argument(
        "--region", type=Path, metavar="DIR", help="the region pack to look in first"
    )
    parser.add_argument("--lang", metavar="CODE", default="", help="the language of messages")


def run(arguments: argparse.Namespace) -> int:
    """Ask again; return 0 when all comes out the same, 1 when not, 2 when it cannot be asked."""
    translate = translate_to(arguments.lang)
    try:
        past = read_past(_tree(arguments.file), Place(arguments.file))
        edition = _edition(past, arguments.region or region_folder())
        words = Words({each: translate_to(each) for each in edition.pack.languages})
        replayed = replay(past, edition, words)
    except Refused as refused:
        for finding in refused.findings:
            print(finding.words(translate), file=sys.stderr)
        return NOT_DONE
    _tell(replayed, translate)
    return DIFFERS if replayed.differing else 0


def _tree(file: Path) -> object:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise _refused(
            file, _("There is no file to read here."), _("Check the path and its name.")
        ) from None
    except (ValueError, RecursionError):
        raise _refused(
            file, _("This is not JSON."), _("Take the JSON file as it was written.")
        ) from None


def _refused(file: Path, what: str, remedy: str, **blanks: object) -> Refused:
    return Refused([Finding(Place(file), Message(what, blanks), Message(remedy, blanks))])


def _edition(past: Past, folder: Path) -> Edition:
    """Return the edition of the answers: the files of the region when they are it, else the one that was published."""
    edition = Edition(kept_pack(folder))
    if edition.hash == past.edition:
        return edition
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.config.settings")
    import django

    django.setup()
    from terreau.measures.services import NoEdition
    from terreau.measures.services import edition as published

    try:
        return published(past.edition)
    except NoEdition as missing:
        raise Refused([Finding(Place(), missing.message, Message(""))]) from None


def _tell(replayed: Replayed, translate: Translate) -> None:
    if replayed.meaning_moved:
        sentence = _("The meaning of the language has moved since: differences may come from that.")
        print(Message(sentence).words(translate))
    for each in replayed.differing:
        print(printable(f"{each.measure}: {', '.join(each.keys)}"))
        for key in each.keys:
            print(f"  - {json.dumps(each.then.get(key), ensure_ascii=False)}")
            print(f"  + {json.dumps(each.now.get(key) if each.now else None, ensure_ascii=False)}")
    blanks = {"count": replayed.answers, "differing": len(replayed.differing)}
    print(
        Message(_("{count} answers asked again, {differing} come out otherwise."), blanks).words(
            translate
        )
    )
