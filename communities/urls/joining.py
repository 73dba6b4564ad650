"""Addresses of the people of a community: list, invitations, handing over."""

from django.urls import path

from ..views import joining

_manage = "communities/<slug:slug>/manage/"

urlpatterns = [
    path(f"{_manage}members/", joining.community_members, name="community_members"),
    path(f"{_manage}members/invite/", joining.invitation_new, name="invitation_new"),
    path(f"{_manage}invitations/<uuid:pk>/cancel/", joining.invitation_cancel, name="invitation_cancel"),
    path(f"{_manage}handover/", joining.community_handover, name="community_handover"),
    path("invitations/<str:token>/", joining.invitation_detail, name="invitation_detail"),
]
