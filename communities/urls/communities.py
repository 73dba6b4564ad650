"""Addresses of communities and of belonging to them."""

from django.urls import path

from ..views import communities, memberships, organising, staff_communities

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
    path(_staff, staff_communities.staff_community_list, name="staff_community_list"),
    path(f"{_staff}new/", staff_communities.staff_community_new, name="staff_community_new"),
    path(f"{_staff}<uuid:pk>/", staff_communities.staff_community_detail, name="staff_community_detail"),
    path(f"{_staff}<uuid:pk>/edit/", staff_communities.staff_community_edit, name="staff_community_edit"),
]
