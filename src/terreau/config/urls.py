"""The addresses of the pages, one set for each language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("language/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("", include("terreau.measures.urls")),
        path("", include("terreau.network.urls")),
    ),
]
