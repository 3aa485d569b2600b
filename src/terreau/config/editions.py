"""`terreau editions`: publish the cards of the region, list what was published, write an edition out as files."""

import argparse
import os
import sys
from pathlib import Path

from terreau.config.places import region_folder
from terreau.config.speech import Translate, translate_to
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.rules import Refused

NOT_DONE = 2
SHORT = 12


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which arguments the verb takes."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    publish = deeds.add_parser("publish", help="publish the files of a pack")
    publish.add_argument("--region", type=Path, metavar="DIR", help="the region pack")
    listed = deeds.add_parser("list", help="list what was published, the newest first")
    export = deeds.add_parser("export", help="write an edition out as files, ready to commit")
    export.add_argument("folder", type=Path, help="the folder of the pack, or an empty one")
    export.add_argument("--edition", metavar="HASH", help="which one; else the edition of now")
    for deed in (publish, listed, export):
        deed.add_argument("--lang", metavar="CODE", default="", help="the language of messages")


def run(arguments: argparse.Namespace) -> int:
    """Carry out the deed; return 0, or 2 with a sentence when it could not be done."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.config.settings")
    import django

    django.setup()
    from terreau.measures.services import MissesChanges, NoEdition, OutsideFolder

    translate = translate_to(arguments.lang)
    try:
        DEEDS[arguments.deed](arguments, translate)
    except Refused as refused:
        for finding in refused.findings:
            print(finding.words(translate), file=sys.stderr)
        return NOT_DONE
    except (MissesChanges, NoEdition, OutsideFolder) as refused:
        print(refused.message.words(translate), file=sys.stderr)
        return NOT_DONE
    return 0


def _publish(arguments: argparse.Namespace, translate: Translate) -> None:
    from django.utils import timezone

    from terreau.measures.services import publish_files

    now = timezone.now()
    folder = arguments.region or region_folder()
    published = publish_files(folder, by=None, at=now, on=timezone.localdate(now))
    blanks = {"digest": published.digest[:SHORT]}
    print(Message(_("The edition of now is {digest}."), blanks).words(translate))


def _list(_arguments: argparse.Namespace, translate: Translate) -> None:
    from terreau.measures.services import editions

    found = editions()
    for each in found:
        print(f"{each.at:%Y-%m-%d %H:%M}  {each.origin.value:5}  {each.digest}")
    if not found:
        sentence = _("No cards are published yet: run 'terreau editions publish'.")
        print(Message(sentence).words(translate))


def _export(arguments: argparse.Namespace, translate: Translate) -> None:
    from terreau.measures.services import current_edition, export

    known_by = arguments.edition or current_edition().hash
    touched = export(known_by, arguments.folder)
    blanks = {"count": len(touched), "digest": known_by[:SHORT], "folder": arguments.folder}
    sentence = _(
        "{folder} now says what edition {digest} says: {count} files were written or removed."
    )
    print(Message(sentence, blanks).words(translate))


DEEDS = {"publish": _publish, "list": _list, "export": _export}
