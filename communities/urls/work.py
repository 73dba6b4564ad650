"""Addresses of initiatives and collaborations."""

from django.urls import path

from ..views import collaborations, initiatives, staff_collaborations

_one = "communities/<slug:slug>/"
_manage = f"{_one}manage/"

urlpatterns = [
    path(f"{_manage}initiatives/new/", initiatives.initiative_new, name="initiative_new"),
    path("initiatives/<uuid:pk>/", initiatives.initiative_detail, name="initiative_detail"),
    path("initiatives/<uuid:pk>/edit/", initiatives.initiative_edit, name="initiative_edit"),
    path("initiatives/<uuid:pk>/stage/", initiatives.initiative_move, name="initiative_move"),
    path(
        "initiatives/<uuid:pk>/collaborations/new/",
        collaborations.collaboration_new,
        name="collaboration_new",
    ),
    path("collaborations/<uuid:pk>/", collaborations.collaboration_detail, name="collaboration_detail"),
    path("collaborations/<uuid:pk>/edit/", collaborations.collaboration_edit, name="collaboration_edit"),
    path("collaborations/<uuid:pk>/evidence/new/", collaborations.evidence_new, name="evidence_new"),
    path(
        "collaborations/<uuid:pk>/submit/", collaborations.collaboration_submit, name="collaboration_submit"
    ),
    path(
        "staff/collaborations/",
        staff_collaborations.staff_collaboration_list,
        name="staff_collaboration_list",
    ),
    path(
        "staff/collaborations/<uuid:pk>/",
        staff_collaborations.staff_collaboration_detail,
        name="staff_collaboration_detail",
    ),
    path(
        "staff/collaborations/<uuid:pk>/evidence/<uuid:evidence_pk>/",
        staff_collaborations.staff_evidence_file,
        name="staff_evidence_file",
    ),
]
