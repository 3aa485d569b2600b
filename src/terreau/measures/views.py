"""The pages of the measures: the home, the questions, and what the texts answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terreau.measures import services
from terreau.measures.core import Answers, Standing
from terreau.measures.forms import ContactForm, QuestionForm
from terreau.measures.refusals import closed_words
from terreau.projects import access as projects_access
from terreau.projects import services as projects
from terreau.projects.core import read_token
from terreau.projects.services import Project
from terreau.rules.cards import Card
from terreau.web.templatetags.kit import words

ENOUGH = 5
EASY = "easy"
TOWARDS = "measure"
LASTS = timedelta(days=400)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is for, and lead to it."""
    return render(request, "measures/home.html", {"count": services.open_measures(_today())})


@require_safe
def examples(request: HttpRequest) -> HttpResponse:
    """List the example dossiers, each with the tally of its answers."""
    listed = services.examples(_today())
    return render(request, "measures/examples.html", {"examples": listed})


@require_safe
def example(request: HttpRequest, name: str) -> HttpResponse:
    """Show what the texts answer to one example dossier."""
    answers = _example(name)
    shown = _shown(request)
    context = {
        "answers": answers,
        "stages": answers.only(shown) if shown else answers.rest,
        "shown": shown,
        **_doors("example_answer", name),
        **_way_back(reverse("example", args=[name]), words(answers.dossier.title)),
    }
    return render(request, _template(shown, "measures/example.html"), context)


@require_safe
def example_answer(request: HttpRequest, name: str, card: str) -> HttpResponse:
    """Show one answer to an example dossier with all its reasons."""
    answers = _example(name)
    back = _way_back(reverse("example", args=[name]), words(answers.dossier.title))
    return _one_answer(request, answers, card, back)


def _example(name: str) -> Answers:
    try:
        return services.assess_example(name, _today())
    except services.NoSuchExample as error:
        raise Http404(name) from error


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Say how it goes; begin a dossier behind a private link."""
    measure = services.measure_asked(request.GET.get(TOWARDS, ""), _today())
    if request.method == "POST":
        visit = projects.start_visit(language=get_language() or "", lasts=LASTS, at=timezone.now())
        return redirect(_question(visit.token, measure.id if measure else ""))
    return render(request, "measures/find.html", {"enough": ENOUGH, "measure": measure})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, token: str) -> HttpResponse:
    """Ask what settles most, keep the answer, and go on: to the next question, or to the answers."""
    project = _visitor(token)
    fact, measure = request.GET.get("fact", ""), request.GET.get(TOWARDS, "")
    asked = _asked(project, fact, measure)
    if asked is None:
        return _nothing_to_ask(token, measure)
    if request.method == "POST":
        return _told(request, project, token, asked)
    form = QuestionForm(asked.facts, asked.told)
    return _question_page(request, token, asked, form)


def _asked(project: Project, fact: str, measure: str) -> services.Asked | None:
    """Return the question about one fact, or the next one of a measure, or the one that settles most."""
    if fact:
        return services.ask_about(project, _today(), fact)
    if measure:
        return services.ask_towards(project, _today(), measure)
    return services.ask(project, _today())


def _nothing_to_ask(token: str, measure: str) -> HttpResponse:
    if services.measure_asked(measure, _today()):
        return redirect("answer", token, measure)
    return redirect("answers", token)


def _question(token: str, measure: str = "") -> str:
    """Return the address of the questions, of one measure where it is named."""
    address = reverse("question", args=[token])
    return f"{address}?{urlencode({TOWARDS: measure})}" if measure else address


def _told(
    request: HttpRequest, project: Project, token: str, asked: services.Asked
) -> HttpResponse:
    """Keep what was answered; show again what cannot be read."""
    names = request.POST.getlist("about")
    again = services.asked_again(project, _today(), names) or asked
    asked = replace(again, towards=asked.towards, left=asked.left)
    form = QuestionForm(asked.facts, asked.told, data=request.POST)
    before = services.standings(project, _today())
    if "skip" in request.POST:
        projects.skip(project, list(form.facts))
    elif form.is_valid():
        _keep(project, form)
    else:
        return _question_page(request, token, asked, form, status=422)
    if request.GET.get(TOWARDS):
        return redirect(_question(token, request.GET[TOWARDS]))
    changed = bool(request.GET.get("fact"))
    enough = asked.number > ENOUGH if changed else asked.number == ENOUGH
    if enough and changed:
        _say_what_closed(request, services.closed_since(before, project, _today()))
    return redirect("answers" if enough else "question", token)


def _say_what_closed(request: HttpRequest, closed: Sequence[Card]) -> None:
    if closed:
        messages.info(request, closed_words(closed))


def _keep(project: Project, form: QuestionForm) -> None:
    try:
        services.tell(project, form.told(), form.unknown(), at=timezone.now())
    except Project.DoesNotExist:  # deleted in another window meanwhile
        raise Http404 from None


def _question_page(
    request: HttpRequest, token: str, asked: services.Asked, form: QuestionForm, status: int = 200
) -> HttpResponse:
    context = {
        "token": token,
        "asked": asked,
        "form": form,
        "so_far": services.so_far(_visitor(token), _today()),
        "enough": ENOUGH,
        "easy": request.COOKIES.get(EASY) == "1",
    }
    return render(request, "measures/question.html", context, status=status)


@require_POST
def easier(request: HttpRequest, token: str) -> HttpResponse:
    """Ask in the easiest words from now on, or as before; this browser remembers it."""
    project = _visitor(token)
    response = redirect("question", token)
    if request.COOKIES.get(EASY) == "1":
        response.delete_cookie(EASY)
    else:
        lasts = (
            int((project.expires_at - timezone.now()).total_seconds()) if project.expires_at else 0
        )
        response.set_cookie(
            EASY, "1", max_age=lasts, httponly=True, samesite="Lax", secure=not settings.DEMO
        )
    return response


@never_cache
@require_safe
def answers(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the measures answer to a visitor: one sentence, the three best, then the rest."""
    project = _visitor(token)
    return _answers_page(request, project, token=token, mine=True)


@never_cache
@require_safe
def read_answers(request: HttpRequest, token: str) -> HttpResponse:
    """Show the same answers to somebody who may only read them."""
    project = projects_access.project_of_reader(token, at=timezone.now())
    return _answers_page(request, project, token=token, mine=False)


def _answers_page(
    request: HttpRequest,
    project: Project,
    *,
    token: str,
    mine: bool,
    contact: ContactForm | None = None,
) -> HttpResponse:
    visited = services.visited(project, _today())
    reading = read_token(token) if mine else token
    context = {
        "visited": visited,
        "answers": visited.answers,
        "project": project,
        "token": token,
        "mine": mine,
        "count": sum(count.number for count in visited.tally),
        "contacts": services.contacts(),
        "contact": contact or ContactForm(),
        "uncovered": services.uncovered(),
        "beginnings": services.beginnings(project, _today()),
        "read_address": request.build_absolute_uri(reverse("read_answers", args=[reading])),
        "reading": reading,
        "own_address": request.build_absolute_uri(reverse("answers", args=[token])) if mine else "",
        "ask": reverse("question", args=[token]) if mine else "",
        **_doors("answer" if mine else "read_answer", token),
        **_way_back(request.path, _("Your answers")),
    }
    status = 422 if contact is not None else 200
    return render(
        request, _template(_shown(request), "measures/answers.html"), context, status=status
    )


@never_cache
@require_safe
def answers_document(request: HttpRequest, token: str) -> HttpResponse:
    """Give the answers as a PDF behind the link that only reads: the address of a document is what people pass on."""
    project = projects_access.project_of_reader(token, at=timezone.now())
    answered = services.visited(project, _today()).answers
    document = services.answers_pdf(answered, mark=False)
    name = f"terreau-{answered.on.isoformat()}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


@never_cache
@require_safe
def answer(request: HttpRequest, token: str, card: str) -> HttpResponse:
    """Show one answer to a visitor with all its reasons."""
    back = reverse("answers", args=[token])
    return _answer_page(request, _visitor(token), card, back, ask=reverse("question", args=[token]))


@never_cache
@require_safe
def read_answer(request: HttpRequest, token: str, card: str) -> HttpResponse:
    """Show one answer to somebody who may only read it."""
    project = projects_access.project_of_reader(token, at=timezone.now())
    return _answer_page(request, project, card, reverse("read_answers", args=[token]))


def _answer_page(
    request: HttpRequest, project: Project, card: str, back: str, *, ask: str = ""
) -> HttpResponse:
    visited = services.visited(project, _today())
    return _one_answer(request, visited.answers, card, _way_back(back, _("Your answers")), ask=ask)


def _one_answer(
    request: HttpRequest, answers: Answers, card: str, back: dict[str, str], *, ask: str = ""
) -> HttpResponse:
    found = answers.find(card)
    if found is None:
        raise Http404(card)
    context = {"answer": found, "answers": answers, "ask": ask, **back}
    return render(request, "measures/one_answer.html", context)


def _doors(one: str, key: str) -> dict[str, str]:
    """Return which address leads to one answer, and what it takes beside the measure."""
    return {"one": one, "key": key}


def _way_back(address: str, name: str) -> dict[str, str]:
    return {"back": address, "back_name": name}


@require_POST
def ask_for(request: HttpRequest, token: str) -> HttpResponse:
    """Note that a visitor asks for a measure that is not answered here yet."""
    wished = services.ask_for(_visitor(token), request.POST.get("measure", ""), at=timezone.now())
    if wished is None:
        raise Http404
    messages.success(request, _("Noted: we are asked for %(name)s.") % {"name": words(wished.name)})
    return redirect("answers", token)


@never_cache
@require_POST
def mail_link(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a visitor the private link."""
    project = _visitor(token)
    form = ContactForm(request.POST)
    if not form.is_valid():
        return _answers_page(request, project, token=token, mine=True, contact=form)
    address = request.build_absolute_uri(reverse("answers", args=[token]))
    try:
        services.send_link(project, form.cleaned_data["contact"], address, at=timezone.now())
    except services.TooMany:
        form.add_error("contact", _("The link was mailed often enough. Copy it from this page."))
        return _answers_page(request, project, token=token, mine=True, contact=form)
    except services.NotSendable as refused:
        form.add_error("contact", refused.message.words(_))
        return _answers_page(request, project, token=token, mine=True, contact=form)
    messages.success(
        request, _("The link has left for %(to)s.") % {"to": form.cleaned_data["contact"]}
    )
    return redirect("answers", token)


@require_POST
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a visitor's dossier for good."""
    projects.forget(_visitor(token), at=timezone.now())
    return redirect("forgotten")


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say that nothing is left of the dossier."""
    return render(request, "measures/forgotten.html")


def _visitor(token: str) -> Project:
    return projects_access.project_of_visitor(token, at=timezone.now())


def _today() -> date:
    return timezone.localdate()


def _shown(request: HttpRequest) -> Standing | None:
    """Return the kind of answer the reader asked for; anything else shows all."""
    value = request.GET.get("answer", "")
    return next((standing for standing in Standing if standing.value == value), None)


def _template(shown: Standing | None, usual: str) -> str:
    return "measures/refused.html" if shown is Standing.CLOSED else usual
