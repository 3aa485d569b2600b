"""The addresses of the measures."""

from django.urls import path

from terreau.measures import views

urlpatterns = [
    path("", views.examples, name="examples"),
    path("examples/<slug:name>/", views.example, name="example"),
]
