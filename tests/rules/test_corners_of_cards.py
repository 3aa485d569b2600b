"""The rarer things wrong in a pack: each gets its place, its sentence and its remedy, as the common ones do."""

import pytest

from tests.rules.breaking import DAY, ask, broken, copied

GRANT = "measures/boat-grant-2024.yaml"
OLD_GRANT = "measures/boat-grant-2020.yaml"
LOAN = "measures/dyke-loan.yaml"
BOOKS = "tests/open-books.yaml"
COSTS = "costs/boat-costs.yaml"
POWERS = "competences/salt-works.yaml"
REST = "surplus/boat-surplus.yaml"
STEADY = "derived/help-steady.yaml"
RECENT = "derived/help-recent.yaml"
BODY = "vocabulary/facts/10-body.yaml"
PROJECT = "vocabulary/facts/20-project.yaml"
CHAMBER = "authorities/harbour-chamber.yaml"
FLOOR = "floor: {type: money, law: {act: § 2}, read: text, values: {2024-01-01: 200 chf}}"
OPEN = "  - id: open\n    kind: test\n    when: body.open_books\n"
PAYER = "  - id: payer\n    kind: test\n    part: payer\n"
LUMP = "values: {2020-01-01: 500 chf, 2022-01-01: 650.50 chf}"


def check(capsys, folder, *arguments):
    """Return what the check says of a pack."""
    return ask(capsys, "cards", "check", "--region", folder, "--on", DAY, *arguments)


def told_once(capsys, tmp_path, name, old, new):
    """Break one thing; return what is said at the marked place, after making sure that it is all that is said."""
    folder = copied(tmp_path, name)
    place = broken(folder, name, old, new)
    said = check(capsys, folder)
    assert (said.status, said.out, len(said.findings)) == (1, "1 things to mend.\n", 1)
    assert said.err.startswith(f"{place}: ")
    return said.err.removeprefix(f"{place}: ").removesuffix("\n")


# what a kind of card has and has not


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            GRANT,
            "id: boat-grant-2024\nkind: grant\ncovers: [salt-1]\nauthority: harbour-chamber\n"
            "name: {eo: Boata helpo, fy: Boatehelp}\nsummary: {eo: Parto de via boato estas pagita.,"
            " fy: In diel fan jim boat wurdt betelle.}\n",
            "¶id: boat-grant-2024\nkind: grant\nauthority: harbour-chamber\n"
            "name: {eo: Boata helpo, fy: Boatehelp}\n",
            "A card of kind 'grant' needs 'summary'. Write it.",
        ),
        (
            BOOKS,
            "review_by: 2027-11-01\n",
            "review_by: 2027-11-01\nmeasures: ¶[boat-grant-2024]\n",
            "A card of kind 'test' has no 'measures'. Remove it, or change the kind.",
        ),
        (
            BOOKS,
            OPEN,
            "  - ¶id: open\n    kind: test\n",
            "A test needs 'when'. Write its expression, or make it a discretion.",
        ),
        (
            BOOKS,
            OPEN,
            f"  - ¶{OPEN[4:]}    part: payer\n",
            "The tests of a cost card, and no others, have a 'part'. "
            "Write one of: period, payer, category, proof, price; or remove it.",
        ),
        (
            COSTS,
            PAYER,
            "  - ¶id: payer\n    kind: test\n",
            "The tests of a cost card, and no others, have a 'part'. "
            "Write one of: period, payer, category, proof, price; or remove it.",
        ),
        (
            COSTS,
            PAYER,
            "  - ¶id: payer\n    kind: duty\n    part: payer\n",
            "A cost card has tests only. Make it a test, or remove it.",
        ),
    ],
    ids=[
        "a grant without a summary",
        "a test with measures",
        "a test that tests nothing",
        "a part outside a cost card",
        "a test of a cost without its part",
        "a duty among the tests of costs",
    ],
)
def test_what_a_kind_of_card_has_and_has_not_is_told(capsys, tmp_path, name, old, new, says):
    assert told_once(capsys, tmp_path, name, old, new) == says


def test_a_cap_on_a_category_that_no_line_has_is_told_at_the_caps(capsys, tmp_path):
    folder = copied(tmp_path, COSTS)
    broken(folder, COSTS, "    tools: {value: most_tools", "    toolz: {value: most_tools")
    place = broken(folder, COSTS, "caps:\n  line:", "caps:\n  ¶line:")

    assert check(capsys, folder).findings == [
        f"{place}: A cap names a category that the lines do not have. "
        "Use the values of their field 'category'."
    ]


# what stands where something else is asked


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            BOOKS,
            "    law: {act: § 1}",
            "    law: {act: ¶[§ 1]}",
            "A text is asked here. Write words, not a list or a mapping.",
        ),
        (
            BOOKS,
            "url: 'https://example.org/books', consulted",
            "url: ¶'', consulted",
            "This is empty. Write it, or leave the key out.",
        ),
        (
            GRANT,
            FLOOR,
            FLOOR.replace("200 chf", "¶[200 chf]"),
            "This is no money. Write it like '1250.50 chf', or 'missing', 'uncertain', 'LOW .. HIGH'.",
        ),
        (
            GRANT,
            "{marsh: 10 %, dune: 5 %}",
            "{marsh: ¶lots, dune: 5 %}",
            "This is no rate. Write it like '7.5 %', or 'missing', 'uncertain', 'LOW .. HIGH'.",
        ),
        (
            LOAN,
            "{from: 50000 chf, rate: 10 %}",
            "{from: 50000 chf, rate: ¶ten}",
            "This is no rate. Write it like '7.5 %', or 'missing', 'uncertain', 'LOW .. HIGH'.",
        ),
        (
            GRANT,
            "ceiling: ceiling",
            "ceiling: ¶ceilin",
            "Nobody knows 'ceilin'. Did you mean 'ceiling'?",
        ),
        (
            POWERS,
            "when: project.mends_dyke",
            "when: ¶project.mend_dyke",
            "Nobody knows 'project.mend_dyke'. Did you mean 'project.mends_dyke'?",
        ),
        (
            GRANT,
            FLOOR,
            FLOOR.replace("law: {act", "law: {¶akt"),
            "'akt' stands under 'parameters' and nobody declares it. "
            "Declare it in the pack, or correct the name.",
        ),
        (
            OLD_GRANT,
            f"{{type: money, law: {{act: § 1}}, read: text, {LUMP}}}",
            f"¶{{type: money, law: {{act: § 1}}, read: text, {LUMP[:-1]}, 2024-01-01: 700 chf}}}}",
            "'lump' has a value after the last day of the card, 2023-12-31. "
            "Remove it, or move the last day.",
        ),
    ],
    ids=[
        "a list for an article",
        "an empty address",
        "a list for a sum",
        "a word in a table",
        "a word in a scale",
        "a ceiling that nobody knows",
        "an answer that nobody knows",
        "a text that nobody declares",
        "a figure after the last day",
    ],
)
def test_what_stands_where_something_else_is_asked_is_told(capsys, tmp_path, name, old, new, says):
    assert told_once(capsys, tmp_path, name, old, new) == says


# cases that come out otherwise


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            GRANT,
            "expect: {status: ineligible, conditions: {form: no,",
            "expect: {status: ineligible, conditions: ¶{form: yes,",
            "The case 'Domanaro' expects conditions form: yes; the card says no.",
        ),
        (
            STEADY,
            "{told: complete, rows: []}}\n    expect: {value: yes}",
            "{told: complete, rows: []}}\n    expect: {value: ¶no}",
            "The case 'Neniu helpo' expects value no; the card says yes.",
        ),
        (
            RECENT,
            "expect: {value: 200.50 chf}",
            "expect: {value: ¶200 chf}",
            "The case 'Tri jaroj' expects value 200 chf; the card says 200.50 chf.",
        ),
        (
            RECENT,
            "expect: {value: 200.50 chf}",
            "expect: {value: ¶much}",
            "The case 'Tri jaroj' expects value much; the card says 200.50 chf.",
        ),
        (
            POWERS,
            "expect: {answers: {harbour-chamber: yes,",
            "expect: {answers: ¶{harbour-chamber: no,",
            "The case 'Boato kaj digo' expects answers harbour-chamber: no; the card says yes.",
        ),
        (
            REST,
            "expect: {figures: {base: 1501 chf,",
            "expect: {figures: ¶{base: 1500.50 chf,",
            "The case 'Resto' expects figures base: 1500.50 chf; the card says 1501 chf.",
        ),
        (
            COSTS,
            "expect: {lines: [accepted 300 chf,",
            "expect: {lines: ¶[accepted 299 chf,",
            "The case 'Kvar linioj' expects lines ['accepted 299 chf', 'capped 700 chf', "
            "'refused 0 chf', 'undetermined 0 chf .. 100 chf']; the card says "
            "['accepted 300.00 chf', 'capped 700.00 chf', 'refused 0.00 chf', "
            "'undetermined 0.00 chf .. 100.00 chf'].",
        ),
    ],
    ids=["condition", "truth", "sum", "no sum", "answer", "figure", "lines"],
)
def test_a_case_that_comes_out_otherwise_is_told_with_both(capsys, tmp_path, name, old, new, says):
    assert told_once(capsys, tmp_path, name, old, new) == f"{says} Mend the card or the case."


def test_a_case_of_a_derived_value_that_expects_a_status_is_told_that_it_never_comes(
    capsys, tmp_path
):
    says = told_once(
        capsys, tmp_path, RECENT, "expect: {value: 200.50 chf}", "expect: {status: ¶eligible}"
    )

    assert says == "A card of this kind never says 'status'. Write what the card says."


# the vocabulary, the authorities, the lines of costs, the region


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (
            PROJECT,
            "screen: project\ntitle: {eo: Via projekto, fy: Jim projekt}\n",
            "¶screen: project\n",
            "The key 'title' is missing. Write it: the title of the screen.",
        ),
        (
            BODY,
            "    type: choices\n    values:\n      boats: {eo: Boatoj, fy: Boaten}\n"
            "      dykes: {eo: Digoj, fy: Diken}\n      bees: {eo: Abeloj, fy: Bijen}\n",
            "    type: ¶choices\n",
            "A choice has between 1 and 64 values, this has 0. "
            "List its values; a longer list is a code.",
        ),
        (
            PROJECT,
            '  help.received:\n    type: records\n    max: "10"\n',
            "  help.received:\n    type: ¶records\n",
            "Records need 'fields' and 'max'. Write both.",
        ),
        (
            BODY,
            '    type: count\n    low: "0"\n    high: "5000"\n',
            '    ¶type: count\n    low: "5001"\n    high: "5000"\n',
            "The low end is above the high end. Exchange them.",
        ),
        (
            CHAMBER,
            "id: harbour-chamber\nname: {",
            "¶id: harbour-chamber\nnames: {",
            "The key 'name' is missing. Write it: its name.",
        ),
        (
            COSTS,
            "lines: project.lines",
            "lines: ¶body.crafts",
            "'body.crafts' is no list of cost lines. Name records with a field 'amount' in money.",
        ),
    ],
    ids=["a screen", "a choice", "records", "a count", "an authority", "cost lines"],
)
def test_what_a_pack_does_not_declare_whole_is_told_where(capsys, tmp_path, name, old, new, says):
    folder = copied(tmp_path, name)
    place = broken(folder, name, old, new)

    said = check(capsys, folder)

    assert said.status == 1
    assert f"{place}: {says}" in said.findings


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("name: [\n", "2:1: This is not YAML: "),
        (
            "- name\n",
            "1:1: A mapping with the keys name, languages, currency, time_zone, country, ",
        ),
        (
            "name: {}\n",
            "1:1: The key 'languages' is missing. Write it: the languages of the pack, ",
        ),
    ],
    ids=["no YAML", "a list", "no languages"],
)
def test_a_region_that_cannot_be_read_is_told_and_none_of_its_cards_with_it(
    capsys, tmp_path, content, says
):
    folder = copied(tmp_path)
    region = folder / "region.yaml"
    region.write_text(content, encoding="utf-8")
    broken(folder, GRANT, "kind: grant", "kind: grnt")  # would be told if the cards were read

    said = check(capsys, folder)

    assert (said.status, said.findings[0].startswith(f"{region}:{says}")) == (1, True)
    assert GRANT not in said.err


# what is worth knowing


def test_two_cards_of_the_same_conditions_and_amount_are_told_to_share_them(capsys, tmp_path):
    folder = copied(tmp_path)
    second = folder / "measures" / "boat-grant-2025.yaml"
    text = (folder / GRANT).read_text(encoding="utf-8")
    second.write_text(text.replace("boat-grant-2024", "boat-grant-2025"), encoding="utf-8")

    said = check(capsys, folder, "--notes")

    assert said.status == 0
    assert (
        f"{second}:1:1: This card has the conditions and the amount of 'boat-grant-2024'. "
        "Keep one, or share them in a test card." in said.findings
    )


def test_a_case_may_name_a_condition_that_reaches_its_card_on_two_ways(capsys, tmp_path):
    folder = copied(tmp_path)
    broken(folder, GRANT, "includes: [fair-play]", "includes: [fair-play, open-books]")
    new = "conditions: {open-books/open: yes, form: yes, weeks: yes}"
    broken(folder, GRANT, "conditions: {form: yes, weeks: yes}", new)

    said = check(capsys, folder)

    assert (said.status, said.err) == (0, "")


# what is right all the same


def test_costs_without_caps_are_accepted_as_they_stand(capsys, tmp_path):
    folder = copied(tmp_path, COSTS)
    path = folder / COSTS
    text = path.read_text(encoding="utf-8")
    caps, cases = text.index("caps:"), text.index("cases:")
    figures, conditions = text.index("parameters:"), text.index("conditions:")
    path.write_text(text[:figures] + text[conditions:caps] + text[cases:], encoding="utf-8")
    broken(folder, COSTS, "capped 700 chf", "accepted 1200 chf")

    assert check(capsys, folder).err == ""
