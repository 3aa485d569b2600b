"""`terreau cards`: check a region pack, show a card, write the schema that helps an editor."""

import argparse
import json
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from terreau.config.assess import BadArgument, day_asked, language_asked
from terreau.config.places import region_folder
from terreau.config.speech import Translate, translate_to
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.rules import Findings, Pack, Refused, read_pack
from terreau.rules.cards import Card
from terreau.rules.checks import check_pack
from terreau.rules.finding import Weight
from terreau.rules.schema import card_schema

WRONG, NOT_READ = 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Say which arguments the verb takes."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="DEED")
    check = deeds.add_parser("check", help="look for all that is wrong in the pack")
    check.add_argument("--on", metavar="DATE", help="the day to check for (2026-11-24)")
    check.add_argument("--notes", action="store_true", help="what is worth knowing too")
    show = deeds.add_parser("show", help="show a card as the engine reads it")
    show.add_argument("id", help="the id of the card")
    schema = deeds.add_parser("schema", help="print the JSON Schema of a card")
    for deed in (check, show, schema):
        deed.add_argument("--region", type=Path, metavar="DIR", help="the region pack")
        deed.add_argument("--lang", metavar="CODE", default="", help="the language of messages")


def run(arguments: argparse.Namespace) -> int:
    """Carry out the deed; return 0, 1 when cards are wrong, 2 when nothing could be read."""
    translate = translate_to(arguments.lang)
    folder = arguments.region or region_folder()
    try:
        if arguments.deed == "check":
            return _check(folder, arguments, translate)
        pack = read_pack(folder)
        if arguments.deed == "schema":
            print(json.dumps(card_schema(pack), ensure_ascii=False, indent=2))
            return 0
        return _show(pack, arguments.id, language_asked(arguments.lang, pack), translate)
    except Refused as refused:
        for finding in refused.findings:
            print(finding.words(translate), file=sys.stderr)
    except BadArgument as bad:
        print(bad.message.words(translate), file=sys.stderr)
    return NOT_READ


def _check(folder: Path, arguments: argparse.Namespace, translate: Translate) -> int:
    day = day_asked(arguments.on) if arguments.on else _today()
    pack, findings = check_pack(folder, day)
    _print_findings(findings, translate, notes=arguments.notes)
    if not (folder / "region.yaml").is_file():
        return NOT_READ
    if findings.errors or pack is None:
        blanks = {"count": len(findings.errors)}
        print(Message(_("{count} things to mend."), blanks).words(translate))
        return WRONG
    cases = sum(len(card.cases) for card in pack.cards.values())
    blanks = {"cards": len(pack.cards), "cases": cases, "facts": len(pack.vocabulary.facts)}
    print(
        Message(_("{cards} cards, {facts} facts and {cases} cases are right."), blanks).words(
            translate
        )
    )
    return 0


def _today() -> date:
    return datetime.now(ZoneInfo("UTC")).date()  # noqa: TID251


def _print_findings(findings: Findings, translate: Translate, *, notes: bool) -> None:
    for finding in findings.found:
        if finding.weight is Weight.ERROR or notes:
            print(finding.words(translate), file=sys.stderr)


def _show(pack: Pack, name: str, language: str, translate: Translate) -> int:
    card = pack.cards.get(name)
    if card is None:
        blanks = {"id": name, "ids": ", ".join(pack.cards)}
        sentence = _("There is no card '{id}'. The cards are: {ids}.")
        print(Message(sentence, blanks).words(translate), file=sys.stderr)
        return NOT_READ
    print("\n".join(_card_lines(card, language)))
    return 0


def _card_lines(card: Card, language: str) -> list[str]:
    lines = [f"{card.id} ({card.kind}, {card.authority})", card.name[language]]
    lines += [card.summary[language]] if card.summary else []
    period = card.in_force.period
    lines.append(
        f"  {period.first or '?'} .. {period.last or 'open'}, {card.verified}: {card.source_url}"
    )
    for parameter in card.parameters.values():
        values = "; ".join(f"{start}: {_plain(value)}" for start, value in parameter.values)
        lines.append(f"  {parameter.name} = {values} [{parameter.read}]")
    for condition in card.conditions:
        articles = ", ".join(article for article in condition.law.values() if article)
        lines.append(f"  {condition.kind} {condition.id}: {condition.says[language]} ({articles})")
        lines += [f"    {condition.when}"] if condition.when else []
    return lines


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
