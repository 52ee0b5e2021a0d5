"""The address of the planner, under /{lang}/desk/."""

from django.urls import path

from consulta.web.desk.planning import views

urlpatterns = [path("plan/", views.plan, name="plan")]
