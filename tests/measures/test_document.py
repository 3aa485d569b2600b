"""The answers on paper: what the document says, read back from the PDF itself."""

import io
import random
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader

from terreau.measures import wording
from terreau.measures.core import HOPEFUL, Answers, Standing
from terreau.measures.document import document
from terreau.measures.printing import NOT_PRINTED, PRINTED, answers_pdf, printable_words
from terreau.measures.reading import lay_out
from terreau.rules import Edition, assess, read_dossier, read_pack

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.yaml"))
LANGUAGES = ("fr", "nl", "en")
DAY = date(2026, 11, 24)
MARK = {
    "fr": "Exemple : le porteur est inventé, les textes sont réels.",
    "nl": "Voorbeeld: de initiatiefnemer is verzonnen, de teksten zijn echt.",
}


@cache
def cards() -> Edition:
    """Return the cards of the region."""
    return Edition(read_pack(ROOT / "regions" / "brussels"))


@cache
def answers(name: str) -> Answers:
    """Return the answers to an example."""
    dossier = read_dossier(ROOT / "examples" / f"{name}.yaml", cards().pack)
    return lay_out(assess(cards(), dossier, DAY), dossier)


def pdf(given: Answers, language: str, *, mark: bool = True) -> bytes:
    """Return answers as a document in a language."""
    with translation.override(language):
        return answers_pdf(given, mark=mark)


@cache
def read(name: str, language: str) -> PdfReader:
    """Return the document of an example, opened."""
    return PdfReader(io.BytesIO(pdf(answers(name), language)), strict=True)


@cache
def page_words(reader: PdfReader, page: int) -> str:
    """Return what one page says, without the breaks of lines and of addresses."""
    return re.sub(r"\s+", " ", reader.pages[page].extract_text().replace("\u200b", ""))


def words(reader: PdfReader, *pages: int) -> str:
    """Return what the pages say, all of them when none is named."""
    chosen = pages or range(len(reader.pages))
    return " ".join(page_words(reader, page) for page in chosen)


def bookmarks(reader: PdfReader) -> list[str]:
    """Return the titles of all bookmarks, from the first to the last."""
    found = []

    def gather(outline):
        for each in outline:
            if isinstance(each, list):
                gather(each)
            else:
                found.append(each.title)

    gather(reader.outline)
    return found


def elements(reader: PdfReader) -> list[tuple[str, dict]]:
    """Return every element of the structure with its role, in the order in which it is read."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def roles(reader: PdfReader) -> list[str]:
    """Return the roles of the structure in the order in which it is read."""
    return [role for role, _element in elements(reader)]


def titled(title: str) -> Answers:
    """Return the answer of one measure to a dossier of this title."""
    given = answers("ferme-mobile")
    (group, *_others) = given.stages
    one = (replace(group, answers=group.answers[:1]),)
    dossier = replace(given.dossier, title=dict.fromkeys(LANGUAGES, title))
    return replace(given, dossier=dossier, stages=one)


def asking(apply: dict) -> Answers:
    """Return answers of which the first says this of asking."""
    given = answers("epicerie-cooperative")
    first = given.best[0]
    changed = replace(first, card=replace(first.card, apply=apply))
    stages = tuple(
        replace(group, answers=tuple(changed if each is first else each for each in group.answers))
        for group in given.stages
    )
    return replace(given, stages=stages)


def first_ask(given: Answers) -> dict:
    """Return how one asks for the first measure, as the document says it."""
    with translation.override("en"):
        return document(given, mark=False)["first"]["answers"][0]["ask"]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "fr",
            [
                "Une mesure vous est ouverte. Une autre est à confirmer.",
                "Règles au 24 novembre 2026",
                "Voici ce que disent les textes au 24 novembre 2026",
                "Ouverte, la décision revient à finance&invest.brussels",
                "250 000 €",
                "Comment demander",
                "Ce qui est ouvert ou peut encore s’ouvrir",
                "mesures ne vous conviennent pas.",
                "Chacune figure sous la première condition qui l’arrête.",
                "Les premières mesures, avec leurs raisons",
                "Condition Réponse Article",
                "Remplie Page du produit COOP US",
                "Ordonnance du 13 octobre 2023…, art. 6 § 1, 3°",
                "Comment on calcule Chiffre",
                "Ce que dit ce dossier",
                "terreau replay answers.json",
                "C’est une information, pas un conseil juridique.",
                "Elle ne décide rien : seul le pouvoir compétent décide.",
                "Page 1 sur",
            ],
        ),
        (
            "nl",
            [
                "Eén maatregel staat voor u open. Eén andere is te bevestigen.",
                "Regels op 24 november 2026",
                "Dit zeggen de teksten op 24 november 2026",
                "Open, de beslissing is aan finance&invest.brussels",
                "250.000 euro",
                "Hoe u aanvraagt",
                "Wat nog openstaat of open kan gaan",
                "maatregelen passen niet bij u.",
                "Elke maatregel staat onder de eerste voorwaarde die hem tegenhoudt.",
                "De eerste maatregelen, met hun redenen",
                "Voorwaarde Antwoord Artikel",
                "Voldaan Productpagina COOP US",
                "Ordonnantie van 13 oktober 2023…, art. 6 § 1, 3°",
                "Hoe het berekend wordt Cijfer",
                "Wat dit dossier zegt",
                "terreau replay answers.json",
                "Dit is informatie, geen juridisch advies.",
                "Het beslist niets: alleen de bevoegde overheid beslist.",
                "Pagina 1 van",
            ],
        ),
    ],
)
def test_a_reader_finds_the_answer_its_reasons_and_its_ground(language, sentences):
    said = words(read("epicerie-cooperative", language))

    assert [sentence for sentence in sentences if sentence not in said] == []
    assert cards().hash in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_its_document_in_every_language(name, language):
    reader = read(name, language)
    given = answers(name)

    with translation.override(language):
        names = {each.standing: set() for each in given.support}
        for each in given.support:
            names[each.standing].add(wording.text_words(each.card.name)[0])
        first = {wording.text_words(each.card.name)[0] for each in given.best}
    titles = bookmarks(reader)
    explained = first | names.get(Standing.OPEN, set()) | names.get(Standing.TO_CONFIRM, set())
    said = words(reader)
    assert explained <= set(titles)
    every = set().union(*names.values())
    # A line may break anywhere between words, and after a hyphen.
    assert [each for each in every if "".join(each.split()) not in said.replace(" ", "")] == []
    assert 5 <= len(reader.pages) <= 16


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_knows_its_language_its_title_and_its_day(language):
    reader = read("buurtkeuken-vzw", language)
    root = reader.trailer["/Root"]

    with translation.override(language):
        given = answers("buurtkeuken-vzw")
        title = " ".join(wording.headline(given))
        project = wording.text_words(given.dossier.title)[0]
    assert root["/Lang"] == language
    assert reader.metadata.title == f"{title} {project}"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.creation_date.date() == DAY


def test_it_declares_accessibility_and_archiving():
    reader = read("buurtkeuken-vzw", "nl")

    described = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    for declared in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"):
        assert declared in described
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_go_down_one_step_at_a_time(language):
    levels = [
        int(role[2:])
        for role in roles(read("epicerie-cooperative", language))
        if re.fullmatch(r"/H[1-6]", role)
    ]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_headers_and_every_row_belongs_to_one():
    found = elements(read("epicerie-cooperative", "fr"))

    tables = [element for role, element in found if role == "/Table"]
    heads = [element for role, element in found if role == "/TH"]
    assert len(tables) > 6
    assert [role for role, _element in found].count("/THead") == len(tables)
    assert all(head["/A"]["/Scope"] == "/Column" for head in map(attributes, heads))


def attributes(element: dict) -> dict:
    """Return an element with its attributes as one mapping."""
    given = element["/A"].get_object()
    merged = {}
    for each in given if isinstance(given, list) else [given]:
        merged |= dict(each.get_object())
    return {"/A": merged}


def test_a_drawing_says_nothing_that_words_do_not_say():
    found = elements(read("epicerie-cooperative", "fr"))

    figures = [element for role, element in found if role in ("/Figure", "/Formula")]
    assert [figure for figure in figures if not figure.get("/Alt")] == []


def test_no_element_of_the_structure_is_empty():
    found = elements(read("epicerie-cooperative", "fr"))

    marks = [element for role, element in found if role in ("/Lbl", "/P", "/TD", "/TH", "/LBody")]
    assert len(marks) > 100
    assert [element for element in marks if "/K" not in element] == []


def test_bookmarks_lead_to_each_part_and_each_measure():
    reader = read("epicerie-cooperative", "nl")

    titles = bookmarks(reader)
    assert titles[0].startswith("Eén maatregel staat voor u open.")
    for title in (
        "Bekijk deze eerst",
        "Wat nog openstaat of open kan gaan",
        "Wat dit dossier zegt",
    ):
        assert title in titles
    assert titles.count("COOP US") == 2
    assert titles.count("Hoe u aanvraagt") == 0


@pytest.mark.parametrize("language", MARK)
def test_an_example_is_marked_on_every_page(language):
    reader = read("ferme-mobile", language)

    unmarked = [
        page for page in range(len(reader.pages)) if MARK[language] not in words(reader, page)
    ]
    assert unmarked == []


def test_a_dossier_of_ones_own_is_not_marked():
    reader = PdfReader(io.BytesIO(pdf(answers("ferme-mobile"), "fr", mark=False)))

    assert MARK["fr"] not in words(reader)


@pytest.mark.parametrize(
    ("language", "pattern"), [("fr", "Page {} sur {}"), ("nl", "Pagina {} van {}")]
)
def test_every_page_says_which_it_is_and_of_how_many(language, pattern):
    reader = read("groupe-habitat", language)
    last = len(reader.pages)

    assert all(pattern.format(page + 1, last) in words(reader, page) for page in range(last))


def test_the_same_answers_are_the_same_bytes():
    given = answers("aide-a-domicile")

    assert pdf(given, "nl") == pdf(given, "nl")
    assert pdf(given, "nl") != pdf(given, "fr")


@pytest.mark.parametrize(
    "title",
    [
        '#import "/etc/passwd": *',
        '#read("/etc/passwd") #panic("out")',
        "*strong* _soft_ `raw` $x^2$ = head <label> @cite",
        r"\u{41} \ \\ \n ] } ) #[ #{ // /* */ --- ~ ' \"",
        '"}], "headline": "another"',
        "- a list\n+ another\n/ term: said",
        'https://example.org/ #link("https://example.org")[here]',
    ],
)
def test_what_a_dossier_says_never_becomes_code(title):
    reader = PdfReader(io.BytesIO(pdf(titled(title), "fr")))

    plain = re.sub(r"\s+", " ", wording.text_words(title)[0])
    assert plain in words(reader, 0)
    assert bookmarks(reader) == bookmarks(PdfReader(io.BytesIO(pdf(titled("A title"), "fr"))))
    assert "root:" not in words(reader)


def test_ten_thousand_letters_fill_lines_and_never_leave_the_page():
    reader = PdfReader(io.BytesIO(pdf(titled("w" * 10_000), "nl")))

    lines = [
        line.replace("\u200b", "")
        for page in reader.pages[:4]
        for line in page.extract_text().splitlines()
        if set(line) <= {"w", "\u200b"}
    ]
    assert sum(map(len, lines)) == 10_000
    # A line of 174 mm holds at most sixty letters as wide as these.
    assert max(map(len, lines)) <= 60
    assert len(reader.pages) < 30


def test_a_sign_that_no_face_has_is_a_square_and_is_explained():
    reader = PdfReader(io.BytesIO(pdf(titled("Le jardin 🌻 de 李 \ue000\x07"), "fr")))

    assert f"Le jardin {NOT_PRINTED} de {NOT_PRINTED}" in words(reader, 0)
    assert f"{NOT_PRINTED} remplace un signe" in words(reader)


def test_the_letters_of_our_neighbours_are_printed():
    title = "Łódź, Ștefan, Ørsted, Ångström, Αθήνα, Київ, ĳs, Œuvre, naïef, 25 000 €"
    reader = PdfReader(io.BytesIO(pdf(titled(title), "nl")))

    assert NOT_PRINTED not in words(reader)
    assert "Łódź, Ștefan, Ørsted" in words(reader, 0)


def test_every_sign_that_we_say_is_printed_is_printed():
    ranges = [each.partition("-") for each in PRINTED.split()]
    signs = [
        chr(sign)
        for first, _dash, last in ranges
        for sign in range(int(first, 16), int(last or first, 16) + 1)
    ]

    mixed = random.Random(24).sample(signs, len(signs))  # noqa: S311
    assert pdf(titled(" ".join(signs)), "fr")
    assert pdf(titled("".join(mixed)), "fr")


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("e\u0301te\u0301", "été"),
        ("a\u20e3b", "ab"),
        ("one\r\n\ttwo", "one   two"),
        ("x\ufeff\u202ey", "xy"),
        ("f" * 64, "f" * 64),
        ("👩\u200d🌾", NOT_PRINTED * 2),
    ],
)
def test_words_are_made_printable(given, printed):
    assert printable_words(given) == printed


def test_the_best_come_first_and_the_others_under_their_stage():
    given = answers("epicerie-cooperative")

    with translation.override("en"):
        said = document(given, mark=False)
    first = [each["id"] for each in said["first"]["answers"]]
    others = [each["id"] for group in said["others"]["groups"] for each in group["answers"]]
    explained = [each["id"] for each in said["reasons"]["measures"]]
    hopeful = {each.card.id for each in given.support if each.standing in HOPEFUL}
    assert [each["shape"] for each in said["first"]["answers"]] == ["open", "to-confirm", "waiting"]
    beside = {each.card.id for each in (*given.possible_forms, *given.near_limits)}
    assert {*first, *others} == hopeful | beside
    assert len(first + others) == len({*first, *others})
    assert set(first) <= set(explained) <= hopeful


def test_what_does_not_fit_is_printed_under_the_condition_that_stops_it():
    given = answers("epicerie-cooperative")

    with translation.override("en"):
        reasons = document(given, mark=False)["refused"]["reasons"]
    sizes = [len(each["names"]) for each in reasons]
    assert sum(sizes) == sum(each.standing is Standing.CLOSED for each in given.support)
    assert sizes == sorted(sizes, reverse=True)
    assert all(each["law"] for each in reasons if len(each["names"]) == 1)


def test_where_nothing_is_open_the_document_says_so():
    given = answers("ferme-mobile")
    closed = replace(given, stages=given.only(Standing.CLOSED))

    reader = PdfReader(io.BytesIO(pdf(closed, "fr")))

    with translation.override("fr"):
        assert document(closed, mark=False)["first"]["none"] in words(reader, 0)


def test_what_a_card_says_of_asking_is_told_and_nothing_else():
    said = first_ask(
        asking(
            {
                "where": "https://example.org/ask/",
                "contact": {"en": "The desk"},
                "hours": "mornings",
                "opens": date(2026, 9, 1),
                "closes": date(2026, 12, 1),
                "closes_at": "11:00",
                "deadline": {"en": "Before the course"},
                "usual_days": "60",
                "documents": [{"en": "A plan"}, {"en": "Accounts"}],
                "language": "English",
                "before_start": "yes",
            }
        )
    )

    rows = {row["label"]: [each["words"] for each in row["values"]] for row in said["rows"]}
    assert rows == {
        "Where": ["finance&invest.brussels", "example.org/ask"],
        "Contact": ["The desk", "mornings"],
        "Opens": ["1\N{NO-BREAK SPACE}September 2026"],
        "Last day": ["1\N{NO-BREAK SPACE}December 2026, 11:00"],
        "By when": ["Before the course"],
        "Usual term": ["60 days"],
        "Language": ["English"],
        "Documents": ["A plan", "Accounts"],
    }
    assert said["before"] == "Ask before any cost is made and before the work begins."


def test_a_card_that_says_nothing_of_asking_leads_to_the_authority():
    said = first_ask(asking({}))

    assert [row["label"] for row in said["rows"]] == ["Where"]
    assert said["before"] == ""
    assert said["none"].startswith("We found no page")


def test_a_place_that_is_no_address_is_told_as_it_is_written():
    (row,) = first_ask(asking({"where": {"en": "By letter"}}))["rows"]

    assert row["values"] == [{"words": "By letter", "url": ""}]


def test_a_text_in_another_language_says_which():
    given = answers("ferme-mobile")
    foreign = replace(given, dossier=replace(given.dossier, title={"nl": "De boerderij"}))

    reader = PdfReader(io.BytesIO(pdf(foreign, "fr")))

    languages = [element.get("/Lang") for _role, element in elements(reader)]
    assert "nl" in languages
    assert "De boerderij" in words(reader, 0)


def test_typst_is_loaded_only_by_a_document():
    code = (
        "import django, sys; django.setup(); import terreau.measures.services; "
        "print('typst' in sys.modules)"
    )

    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "False\n"
