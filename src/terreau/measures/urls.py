"""The addresses of the measures."""

from django.urls import path

from terreau.measures import catalogue_pages, views

urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("find/forgotten/", views.forgotten, name="forgotten"),
    path("find/<str:token>/", views.question, name="question"),
    path("find/<str:token>/answers/", views.answers, name="answers"),
    path("find/<str:token>/answers/<slug:card>/", views.answer, name="answer"),
    path("find/<str:token>/easier/", views.easier, name="easier"),
    path("find/<str:token>/ask/", views.ask_for, name="ask_for"),
    path("find/<str:token>/mail/", views.mail_link, name="mail_link"),
    path("find/<str:token>/forget/", views.forget, name="forget"),
    path("answers/<str:token>.pdf", views.answers_document, name="answers_pdf"),
    path("read/<str:token>/", views.read_answers, name="read_answers"),
    path("read/<str:token>/<slug:card>/", views.read_answer, name="read_answer"),
    path("measures/", catalogue_pages.measures, name="measures"),
    path("completeness/", catalogue_pages.how_complete, name="completeness"),
    path("measures/<slug:card>/", catalogue_pages.measure, name="measure"),
    path("examples/", views.examples, name="examples"),
    path("examples/<slug:name>/", views.example, name="example"),
    path("examples/<slug:name>/<slug:card>/", views.example_answer, name="example_answer"),
]
