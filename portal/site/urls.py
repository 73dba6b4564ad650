from django.urls import URLPattern, path

from . import coming_views, demo_views, desk_views, operations, statement_views, views

app_name = "site"

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("wards/<slug:slug>/", views.ward, name="ward"),
    path("search/", views.search, name="search"),
    path("demo/", demo_views.demo, name="demo"),
    path("accessibility/", statement_views.accessibility, name="accessibility"),
    path("privacy/", statement_views.privacy, name="privacy"),
    path("staff/", views.desk, name="desk"),
    path("staff/later/<slug:item>/", desk_views.desk_later, name="desk_later"),
    path("staff/later/<slug:item>/back/", desk_views.desk_wake, name="desk_wake"),
    path("staff/access/", statement_views.access_matrix, name="access_matrix"),
    path("staff/outbox/", operations.outbox_list, name="outbox_list"),
    path("staff/outbox/<uuid:pk>/", operations.outbox_detail, name="outbox_detail"),
    path("staff/jobs/", operations.job_list, name="job_list"),
    path("staff/jobs/<uuid:pk>/retry/", operations.job_retry, name="job_retry"),
    *coming_views.urlpatterns(),
]
