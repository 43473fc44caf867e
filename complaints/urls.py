"""The addresses of complaints: they stay the same whatever stands behind them."""

from django.urls import path

from . import views

app_name = "complaints"

urlpatterns = [
    path("new/", views.new, name="new"),
    path("status/", views.status, name="status"),
]
