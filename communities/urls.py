"""Addresses of communities, events, initiatives, collaborations and コミプラ. The fixed ones are a contract."""

from django.urls import path

from .views import (
    collaborations,
    communities,
    events,
    initiatives,
    memberships,
    organising,
    platforms,
    registrations,
    staff_collaborations,
    staff_communities,
    staff_events,
)

app_name = "communities"

_one = "communities/<slug:slug>/"
_manage = f"{_one}manage/"
_staff = "staff/communities/"

urlpatterns = [
    path("communities/", communities.community_list, name="community_list"),
    path(_one, communities.community_detail, name="community_detail"),
    path(f"{_one}join/", memberships.community_join, name="community_join"),
    path(f"{_one}me/", memberships.membership_show, name="membership_show"),
    path(f"{_one}leave/", memberships.membership_leave, name="membership_leave"),
    path(_manage, communities.community_manage, name="community_manage"),
    path(f"{_manage}edit/", communities.community_edit, name="community_edit"),
    path(f"{_manage}publish/", organising.community_publish_ask, name="community_publish_ask"),
    path(f"{_manage}members/<uuid:pk>/", memberships.membership_answer, name="membership_answer"),
    path(f"{_manage}events/new/", organising.organiser_event_new, name="organiser_event_new"),
    path(f"{_manage}events/<uuid:pk>/", organising.organiser_event, name="organiser_event"),
    path(f"{_manage}events/<uuid:pk>/edit/", organising.organiser_event_edit, name="organiser_event_edit"),
    path(f"{_manage}initiatives/new/", initiatives.initiative_new, name="initiative_new"),
    path("events/", events.event_list, name="event_list"),
    path("events/<uuid:pk>/", events.event_detail, name="event_detail"),
    path("events/<uuid:pk>/register/", events.event_register, name="event_register"),
    path("registrations/<str:token>/", registrations.registration_detail, name="registration_detail"),
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
    path("platforms/", platforms.platform_list, name="platform_list"),
    path(_staff, staff_communities.staff_community_list, name="staff_community_list"),
    path(f"{_staff}new/", staff_communities.staff_community_new, name="staff_community_new"),
    path(f"{_staff}<uuid:pk>/", staff_communities.staff_community_detail, name="staff_community_detail"),
    path(f"{_staff}<uuid:pk>/edit/", staff_communities.staff_community_edit, name="staff_community_edit"),
    path("staff/events/", staff_events.staff_event_list, name="staff_event_list"),
    path("staff/events/new/", staff_events.staff_event_new, name="staff_event_new"),
    path("staff/events/<uuid:pk>/", staff_events.staff_event_detail, name="staff_event_detail"),
    path("staff/events/<uuid:pk>/edit/", staff_events.staff_event_edit, name="staff_event_edit"),
    path(
        "staff/events/<uuid:pk>/registrations/<uuid:registration_pk>/cancel/",
        staff_events.staff_registration_cancel,
        name="staff_registration_cancel",
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
    path("staff/platforms/", platforms.staff_platform_list, name="staff_platform_list"),
    path("staff/platforms/new/", platforms.staff_platform_new, name="staff_platform_new"),
    path("staff/platforms/<uuid:pk>/", platforms.staff_platform_detail, name="staff_platform_detail"),
    path(
        "staff/platforms/<uuid:pk>/stages/<uuid:stage_pk>/confirm/",
        platforms.staff_stage_confirm,
        name="staff_stage_confirm",
    ),
]
