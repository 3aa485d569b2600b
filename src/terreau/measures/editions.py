"""Publish the cards as an edition, find an edition again, and write one out as files."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db import transaction

from terreau.journal import services as journal
from terreau.kernel.message import Message
from terreau.kernel.message import noop as _
from terreau.measures.core import EditionPublished, Origin
from terreau.measures.models import Edition, packed
from terreau.rules import Edition as Cards
from terreau.rules import Findings
from terreau.rules.canonical import Trees, differing, digest, read_again, read_trees, written
from terreau.rules.checks import check_pack
from terreau.rules.pack import pack_of
from terreau.rules.writing import to_yaml


class NoEdition(Exception):
    """There is no such edition here: `message` says what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class MissesChanges(Exception):
    """Files would undo what was changed at the desk: `paths` are the files that miss it."""

    def __init__(self, paths: list[str]) -> None:
        self.message = Message(
            _(
                "These files miss what was published since: {paths}. Export the edition into them first."
            ),
            {"paths": ", ".join(paths)},
        )
        super().__init__(str(self.message))
        self.paths = paths


class OutsideFolder(Exception):
    """A file to write lies outside the folder, or is a link that may lead there."""

    def __init__(self, file: Path) -> None:
        self.message = Message(
            _("{file} is a link or lies outside the folder: remove it first."), {"file": file}
        )
        super().__init__(str(self.message))


@dataclass(frozen=True)
class Published:
    """An edition as listed: its hash, where it comes from, when it was published."""

    digest: str
    origin: Origin
    at: datetime


def publish_files(folder: Path, *, by: UUID | None, at: datetime, on: date) -> Published:
    """Publish the files of a pack; files that say what the current edition says publish nothing.

    Raises `Refused` when `cards check` would on this day, and `MissesChanges` when they would undo work of the desk.
    """
    findings = Findings()
    trees = read_trees(folder, findings)
    form = written(folder.resolve().name, trees)
    last = Edition.objects.order_by("-pk").first()
    if last is not None and last.digest == digest(form):
        return _listed(last)
    check_pack(folder, on)[1].raise_errors()
    _refuse_to_undo(trees)
    return publish(form, origin=Origin.FILES, by=by, at=at)


def _refuse_to_undo(trees: Trees) -> None:
    """Refuse files that differ from what the desk published since files were last published."""
    current = Edition.objects.order_by("-pk").first()
    base = Edition.objects.filter(origin=Origin.FILES.value).order_by("-pk").first()
    if current is None or current == base:
        return
    now = read_again(current.form)[1]
    before = read_again(base.form)[1] if base else {}
    undone = [path for path in differing(before, now) if trees.get(path) != now.get(path)]
    if undone:
        raise MissesChanges(undone)


@transaction.atomic
def publish(form: str, *, origin: Origin, by: UUID | None, at: datetime) -> Published:
    """Publish a canonical form that was checked as the edition of now on."""
    last = Edition.objects.select_for_update().order_by("-pk").first()
    edition = Edition.objects.create(
        digest=digest(form),
        packed=packed(form),
        origin=origin.value,
        published_at=at,
        published_by=by,
    )
    before = read_again(last.form)[1] if last else {}
    changed = differing(before, read_again(form)[1])
    journal.record(
        EditionPublished(
            at=at,
            by=by,
            edition=edition.pk,
            digest=edition.digest,
            origin=origin.value,
            changed=changed,
        )
    )
    return _listed(edition)


def _listed(edition: Edition) -> Published:
    return Published(edition.digest, Origin(edition.origin), edition.published_at)


def editions() -> list[Published]:
    """Return what was published, the newest first."""
    rows = Edition.objects.order_by("-pk").defer("packed")
    return [_listed(row) for row in rows]


def current_edition() -> Cards:
    """Return the edition of now. Raises `NoEdition` before the first is published."""
    found = Edition.objects.order_by("-pk").values_list("digest", flat=True).first()
    if found is None:
        raise NoEdition(Message(_("No cards are published yet: run 'terreau editions publish'.")))
    return edition(found)


@lru_cache(maxsize=8)
def edition(known_by: str) -> Cards:
    """Return an edition by its hash, kept in memory since it never changes. Raises `NoEdition`."""
    row = Edition.objects.filter(digest=known_by).order_by("-pk").first()
    if row is None:
        blanks = {"digest": known_by[:12]}
        raise NoEdition(
            Message(_("The edition {digest} was never published here: check the hash."), blanks)
        )
    return Cards(pack_of(row.form))


def export(known_by: str, folder: Path) -> list[Path]:
    """Write an edition as files, ready to commit; return those that were written or removed.

    A file that says the same already is left as it is, with its comments. Raises `NoEdition`.
    """
    trees = read_again(edition(known_by).pack.form)[1]
    here = read_trees(folder, Findings())
    touched = []
    for path in differing(here, trees):
        file = folder / path
        if file.is_symlink() or not file.resolve().is_relative_to(folder.resolve()):
            raise OutsideFolder(file)
        if path in trees:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(to_yaml(trees[path]), encoding="utf-8")
        else:
            file.unlink()
        touched.append(file)
    return touched
