"""The addresses of the network."""

from django.urls import path

from terreau.network import views

urlpatterns = [path("plea/", views.plea, name="plea")]
