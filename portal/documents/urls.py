from django.urls import path

from . import views

app_name = "documents"

urlpatterns = [
    path("documents/verify/", views.lookup, name="lookup"),
    path("documents/verify/<str:token>/", views.verify, name="verify"),
    path("documents/<uuid:pk>/file/", views.file, name="file"),
    path("staff/documents/", views.document_list, name="document_list"),
    path("staff/documents/<uuid:pk>/", views.document_detail, name="document_detail"),
]
