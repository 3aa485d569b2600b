"""Finding support as a visitor does: questions behind a private link, answers, nothing lost, nothing left."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from terreau.journal import services as journal
from terreau.measures.letters import tell_last_days
from terreau.projects import services as projects
from terreau.projects.services import Fact, Project

pytestmark = pytest.mark.usefixtures("published")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FORM = "organisation.legal_form"
WANTED = "project.support_for"
SHARE = "organisation.public_share"


@pytest.fixture
def visitor() -> Client:
    """Return a browser that keeps its cookies and holds to the protection of forms."""
    return Client(headers={"host": "localhost"}, enforce_csrf_checks=True)


def post(visitor, address, **data):
    """Post a form as a page would, with its token against forgery."""
    visitor.get(address)
    return visitor.post(
        address, {**data, "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value}
    )


@pytest.fixture
def link(visitor) -> str:
    """Return the address of a dossier that was just begun."""
    return post(visitor, "/fr/find/").headers["Location"]


def tell(visitor, link, fact, *values):
    """Answer one question by its fact."""
    return post(
        visitor,
        f"{link}?fact={fact}",
        about=fact,
        **{fact: values[0] if len(values) == 1 else values},
    )


def told(link):
    """Return what is told behind a link."""
    project = Project.objects.get(token_hash=projects.Project.objects.get().token_hash)
    return dict(Fact.objects.filter(project=project, until=None).values_list("fact", "value"))


def words_of(answer):
    """Return what a page says, its spaces made plain."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return re.sub(r"\s+", " ", text)


def test_a_dossier_begins_behind_a_link_that_nobody_can_guess(visitor, link):
    token = link.rstrip("/").rpartition("/")[2]

    assert len(token) >= 43
    assert token not in str(list(Project.objects.values()))
    assert visitor.get(link).status_code == 200


def test_the_first_question_is_the_one_that_settles_most(visitor, link):
    page = words_of(visitor.get(link))

    assert "Pour quoi cherchez-vous un soutien" in page
    assert "Question 1 sur 5" in page


def test_five_answers_lead_to_one_sentence_and_the_three_best(visitor, link):
    answers = {FORM: "cooperative"}
    for place in range(5):
        page = visitor.get(link).content.decode()
        (about,) = re.findall(r'name="about" value="([^"]+)"', page)
        values = re.findall(
            rf'type="(?:radio|checkbox)"\s+name="{re.escape(about)}"\s+value="([^"]+)"', page
        )
        chosen = answers.get(about) or ("yes" if "yes" in values else (values or ["1"])[0])
        after = post(visitor, link, about=about, **{about: chosen})
        assert after.status_code == 302
        assert after.headers["Location"].endswith("answers/") is (place == 4)

    page = visitor.get(f"{link}answers/").content.decode()
    assert page.count("<h1>") == 1
    assert page.count('<details class="verdict') == 3
    assert 'class="verdict-line' in page


def test_an_answer_is_kept_shown_and_changed(visitor, link):
    tell(visitor, link, FORM, "asbl")
    assert told(link) == {FORM: "asbl"}
    assert "ASBL" in words_of(visitor.get(link))

    tell(visitor, link, FORM, "cooperative")
    assert told(link) == {FORM: "cooperative"}


def test_i_do_not_know_is_no_answer_and_takes_one_back(visitor, link):
    tell(visitor, link, FORM, "asbl")
    tell(visitor, link, FORM, "unknown")

    assert told(link) == {}
    assert FORM in Project.objects.get().skipped


def test_a_skipped_question_comes_last(visitor, link):
    first = words_of(visitor.get(link))
    post(visitor, link, about=WANTED, skip="1")

    assert "Pour quoi cherchez-vous un soutien" in first
    assert "Pour quoi cherchez-vous un soutien" not in words_of(visitor.get(link))
    assert told(link) == {}


def test_the_same_form_posted_twice_changes_nothing_more(visitor, link):
    tell(visitor, link, FORM, "asbl")
    tell(visitor, link, FORM, "asbl")

    assert told(link) == {FORM: "asbl"}
    kinds = [entry.kind for entry in journal.history(project=Project.objects.get().pk)]
    assert kinds.count("projects.fact-told") == 1


@pytest.mark.parametrize(
    ("fact", "says"),
    [(FORM, "Choisissez une réponse"), ("organisation.accreditations", "Cochez une réponse")],
)
def test_an_answer_left_empty_is_asked_for_and_nothing_is_lost(visitor, link, fact, says):
    empty = post(visitor, f"{link}?fact={fact}", about=fact)

    assert empty.status_code == 422
    assert says in words_of(empty)
    assert told(link) == {}


def test_two_windows_each_keep_their_own_answer(visitor, link):
    post(visitor, link, about=FORM, **{FORM: "asbl"})
    late = post(visitor, link, about=FORM, **{FORM: "cooperative"})

    assert late.status_code == 302
    assert told(link) == {FORM: "cooperative"}


@pytest.mark.parametrize("typed", ["soixante", "1,2,3", "101", "-1", "😀", "7" * 10_000])
def test_what_cannot_be_read_is_shown_again_with_a_sentence(visitor, link, typed):
    page = tell(visitor, link, SHARE, typed)

    assert page.status_code == 422
    assert "Écrivez" in words_of(page)
    assert html.escape(typed[:200]) in page.content.decode()
    assert "Erreur" in page.content.decode().partition("</title>")[0]
    assert told(link) == {}


@pytest.mark.parametrize("typed", ["62,5", "62.5 %", " 62,5 % "])
def test_a_share_is_read_with_a_comma_or_a_point(visitor, link, typed):
    assert tell(visitor, link, SHARE, typed).status_code == 302
    assert told(link) == {SHARE: "62.5 %"}
    assert "62,5" in visitor.get(f"{link}?fact={SHARE}").content.decode()


def test_a_number_of_a_register_is_held_to_its_check_digits(visitor, link):
    wrong = tell(visitor, link, "organisation.number", "0403170702")
    right = tell(visitor, link, "organisation.number", "0403.170.701")

    assert wrong.status_code == 422
    assert right.status_code == 302


def test_records_are_told_line_by_line(visitor, link):
    fact = "aids.received"
    address = f"{link}?fact={fact}"
    empty = post(visitor, address, about=fact, **{f"{fact}-told": "complete"})
    wrong = post(
        visitor, address, about=fact, **{f"{fact}-told": "complete", f"{fact}-0-amount": "much"}
    )
    right = post(
        visitor, address, about=fact, **{f"{fact}-told": "some", f"{fact}-0-amount": "5 000"}
    )

    assert (empty.status_code, wrong.status_code, right.status_code) == (422, 422, 302)
    assert "Ligne 1, Montant" in words_of(wrong)
    assert 'value="much"' in wrong.content.decode()
    assert told(link) == {fact: {"told": "at-least", "rows": [{"amount": "5000 eur"}]}}
    assert "5000 eur" in visitor.get(address).content.decode()


def test_none_is_a_complete_list_of_nothing(visitor, link):
    post(
        visitor,
        f"{link}?fact=aids.received",
        about="aids.received",
        **{"aids.received-told": "none"},
    )

    assert told(link) == {"aids.received": {"told": "complete", "rows": []}}


def test_what_does_not_fit_stands_under_the_condition_that_stops_it(visitor, link):
    tell(visitor, link, WANTED, "training")
    answers = visitor.get(f"{link}answers/").content.decode()
    page = visitor.get(f"{link}answers/?answer=closed")
    addresses = re.findall(r'<a href="([^"]+/answers/[a-z0-9-]+/)"', page.content.decode())

    assert 'href="?answer=closed"' in answers
    assert "Vous cherchez un soutien pour chercher, tester ou innover" in words_of(page)
    assert len(addresses) > 60
    assert len(set(addresses)) == len(addresses)
    assert not any(address in answers for address in addresses)


def test_a_link_to_read_shows_the_answers_and_changes_nothing(visitor, link):
    tell(visitor, link, FORM, "cooperative")
    page = visitor.get(f"{link}answers/").content.decode()
    (reading,) = re.findall(r'value="(http://localhost/fr/read/[^"]+)"', page)

    shown = visitor.get(reading)

    assert shown.status_code == 200
    assert "Société coopérative" in words_of(shown)
    assert f"/find/{link.split('/')[-2]}" not in shown.content.decode()
    assert visitor.get(reading.replace("/read/", "/find/")).status_code == 404


@pytest.mark.parametrize("page", ["", "answers/", "answers/coopus/"])
def test_a_tampered_link_leads_nowhere(visitor, link, page):
    assert visitor.get(link[:-3] + "xx/" + page).status_code == 404


def test_an_expired_link_leads_nowhere_and_its_dossier_is_deleted(visitor, link):
    tell(visitor, link, FORM, "asbl")
    Project.objects.update(started_at=NOW - timedelta(days=401), expires_at=NOW - timedelta(days=1))

    assert visitor.get(link).status_code == 404
    assert projects.forget_expired(at=NOW) == 1
    assert not Project.objects.exists()
    assert not Fact.objects.exists()


def test_its_owner_deletes_everything_that_was_told(visitor, link):
    tell(visitor, link, FORM, "asbl")
    project = Project.objects.get().pk

    gone = post_to(visitor, f"{link}answers/", f"{link}forget/")

    assert gone.headers["Location"] == reverse("forgotten").replace("/en/", "/fr/")
    assert not Fact.objects.exists()
    assert visitor.get(link).status_code == 404
    assert journal.history(project=project)[-1].kind == "projects.project-forgotten"


def post_to(visitor, page, address):
    """Post to an address from a page that shows a form for it."""
    visitor.get(page)
    return visitor.post(address, {"csrfmiddlewaretoken": visitor.cookies["csrftoken"].value})


def test_a_dossier_is_kept_more_than_a_year(visitor, link):
    project = Project.objects.get()

    assert project.expires_at - project.started_at >= timedelta(days=366)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_answer_opens_to_its_reasons(visitor, link, language):
    tell(visitor, link, FORM, "asbl")
    own = link.replace("/fr/", f"/{language}/")
    page = visitor.get(f"{own}answers/").content.decode()
    addresses = re.findall(r'class="verdict-line[^"]*"\s+href="([^"]+)"', page)

    assert len(addresses) >= 8
    for address in addresses[::8]:
        answer = visitor.get(address)
        assert answer.status_code == 200, address
        assert answer.content.decode().count("<h1>") == 1


def test_the_pages_stay_light_and_ask_the_database_little(
    visitor, link, django_assert_max_num_queries
):
    for form in (None, "asbl"):
        if form:
            tell(visitor, link, FORM, form)
        for address in (link, f"{link}answers/", f"{link}answers/?answer=closed"):
            visitor.get(address)
            with django_assert_max_num_queries(12):
                page = visitor.get(address)
            assert len(page.content) <= 120 * 1024, (form, address)


def test_what_a_visitor_tells_is_not_kept_by_the_browser(visitor, link):
    assert "no-cache" in visitor.get(link).headers["Cache-Control"]


def test_a_fact_that_is_none_leads_to_the_answers(visitor, link):
    assert visitor.get(f"{link}?fact=nothing.of_that").status_code == 302


def test_a_visitor_has_the_link_mailed_and_is_told_before_it_goes(visitor, link, mailoutbox):
    wrong = post(visitor, f"{link}answers/", about="x")
    bad = post_mail(visitor, link, "nobody")
    good = post_mail(visitor, link, "carrier@example.org")

    assert wrong.status_code == 405
    assert bad.status_code == 422
    assert "Écrivez une adresse" in words_of(bad)
    assert 'value="nobody"' in bad.content.decode()
    assert good.status_code == 302
    mail = journal.Mail.objects.get()
    assert f"{link}answers/" in mail.event.personal.words["body"]
    assert "carrier@example.org" in words_of(visitor.get(f"{link}answers/"))

    project = Project.objects.get()
    before = project.expires_at - timedelta(days=29)
    assert tell_last_days(at=before) == 1
    assert tell_last_days(at=before) == 0
    assert journal.Mail.objects.count() == 2


def test_an_address_that_is_no_mailbox_of_a_person_is_refused_with_a_sentence(visitor, link):
    refused = post_mail(visitor, link, "carrier@[127.0.0.1]")

    assert refused.status_code == 422
    assert "une seule adresse de courriel" in words_of(refused)
    assert not journal.Mail.objects.exists()


def test_the_link_is_mailed_a_few_times_and_no_more(visitor, link):
    answers = [post_mail(visitor, link, "carrier@example.org") for _each in range(4)]

    assert [each.status_code for each in answers] == [302, 302, 302, 422]
    assert "Copiez-le depuis cette page" in words_of(answers[-1])
    assert journal.Mail.objects.count() == 3


def test_the_words_of_a_mail_go_once_it_has_left_or_its_dossier_is_deleted(visitor, link):
    for _each in range(2):
        post_mail(visitor, link, "carrier@example.org")
    left, waits = journal.Mail.objects.order_by("queued_at")
    journal.send(left.pk, at=left.queued_at + timedelta(minutes=1))

    assert left.letter is None
    assert waits.letter is not None

    post_to(visitor, f"{link}answers/", f"{link}forget/")

    assert waits.letter is None
    assert not Project.objects.exists()


def post_mail(visitor, link, address):
    """Ask for the link by mail."""
    visitor.get(f"{link}answers/")
    data = {"contact": address, "csrfmiddlewaretoken": visitor.cookies["csrftoken"].value}
    return visitor.post(f"{link}mail/", data)


def test_a_group_not_yet_founded_sees_its_ways_to_begin_side_by_side(visitor, link):
    tell(visitor, link, FORM, "none-yet")
    page = words_of(visitor.get(f"{link}answers/"))

    for way in ("Hébergé par une association", "En future ASBL", "En future coopérative"):
        assert way in page
    tell(visitor, link, FORM, "asbl")
    assert "En future ASBL" not in words_of(visitor.get(f"{link}answers/"))


def test_questions_are_asked_in_easier_words_for_who_wishes(visitor, link):
    assert "Pour quoi voulez-vous de l’aide" not in words_of(visitor.get(link))

    post_to(visitor, link, f"{link}easier/")
    assert "Pour quoi voulez-vous de l’aide" in words_of(visitor.get(link))

    post_to(visitor, link, f"{link}easier/")
    assert "Pour quoi voulez-vous de l’aide" not in words_of(visitor.get(link))


def test_the_answers_are_a_document_for_the_visitor_and_for_who_may_read(visitor, link):
    tell(visitor, link, FORM, "cooperative")
    page = visitor.get(f"{link}answers/").content.decode()
    (own,) = re.findall(r'href="(/fr/answers/[^"]+\.pdf)"', page)
    (reading,) = re.findall(r'value="http://localhost(/fr/read/[^"]+)"', page)
    (read,) = re.findall(r'href="(/fr/answers/[^"]+\.pdf)"', visitor.get(reading).content.decode())

    for address in (own, read):
        document = visitor.get(address)
        assert document.headers["Content-Type"] == "application/pdf"
        assert document.content.startswith(b"%PDF-")
    assert own == read
    assert (
        visitor.get(own.replace(own.split("/")[-1], f"{link.split('/')[-2]}.pdf")).status_code
        == 404
    )


def test_what_is_not_answered_yet_is_listed_and_can_be_asked_for(visitor, link):
    tell(visitor, link, FORM, "asbl")
    page = visitor.get(f"{link}answers/")
    data = {"csrfmiddlewaretoken": visitor.cookies["csrftoken"].value}

    assert "Titres-services" in words_of(page)
    asked = visitor.post(f"{link}ask/", {**data, "measure": "service-vouchers"})
    unknown = visitor.post(f"{link}ask/", {**data, "measure": "nothing-of-that"})

    assert (asked.status_code, unknown.status_code) == (302, 404)
    assert "vous nous demandez d’ajouter Titres-services" in words_of(
        visitor.get(f"{link}answers/")
    )
    entry = journal.history(project=Project.objects.get().pk)[-1]
    assert (entry.kind, entry.payload) == (
        "measures.measure-asked-for",
        {"measure": "service-vouchers"},
    )


def test_a_measure_whose_last_day_has_passed_is_not_looked_at_first(visitor, link):
    tell(visitor, link, FORM, "asbl")
    page = visitor.get(f"{link}answers/").content.decode()
    first, rest = page.split('class="verdict-line', 1)

    assert "cocof-bourse-innovation" not in first
    assert "le dernier jour connu pour demander était le" in rest
    assert "Il manque une réponse pour" in words_of(visitor.get(f"{link}answers/"))


def test_a_measure_is_asked_about_until_nothing_of_it_is_left(visitor):
    begun = post(visitor, "/fr/find/?measure=coopus").headers["Location"]
    assert begun.endswith("?measure=coopus")
    assert "COOP US · encore" in words_of(visitor.get(begun))

    for _place in range(20):
        page = visitor.get(begun)
        if page.status_code == 302:
            break
        text = page.content.decode()
        about = re.findall(r'name="about" value="([^"]+)"', text)
        after = post(visitor, begun, about=about, skip="1")
        assert after.headers["Location"] == begun

    assert page.headers["Location"] == begun.replace("?measure=coopus", "answers/coopus/")
    one = visitor.get(page.headers["Location"])
    assert f'href="{begun}"' in one.content.decode()


def test_a_measure_that_is_none_begins_the_usual_questions(visitor, link):
    assert post(visitor, "/fr/find/?measure=nothing").headers["Location"].endswith("/")
    assert visitor.get(f"{link}?measure=nothing").headers["Location"] == f"{link}answers/"


def test_an_answer_that_closes_measures_names_them(visitor, link):
    for name, value in ((WANTED, "loan"), (FORM, "cooperative"), ("organisation.headcount", "4")):
        tell(visitor, link, name, value)
    for name in ("project.fields", "organisation.accreditations", "organisation.labels"):
        tell(visitor, link, name, "none")
    tell(visitor, link, FORM, "asbl")

    assert "Ne convient plus : " in words_of(visitor.get(f"{link}answers/"))


def test_what_is_told_in_part_is_not_asked_at_once_again(visitor, link):
    tell(visitor, link, WANTED, "training")
    fact, address = "aids.received", f"{link}?measure=rbc-2018-training"
    post(
        visitor,
        f"{link}?fact={fact}",
        about=fact,
        **{f"{fact}-told": "some", f"{fact}-0-amount": "5000"},
    )

    for begun in (link, f"{link}?measure=rbc-2024-training"):
        page = visitor.get(begun).content.decode()
        assert f'name="about" value="{fact}"' not in page
    assert visitor.get(address).status_code == 302


def test_a_mistake_in_the_questions_of_a_measure_keeps_its_name(visitor, link):
    begun = f"{link}?measure=rbc-2024-training"
    page = visitor.get(begun).content.decode()
    about = re.findall(r'name="about" value="([^"]+)"', page)

    wrong = post(visitor, begun, about=about)

    assert wrong.status_code == 422
    assert "· encore" in words_of(wrong)
