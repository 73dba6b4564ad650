"""Addresses of the officer's day."""

from django.urls import path

from ..views import bulk, contacts, inquiries

urlpatterns = [
    path("staff/inquiries/", inquiries.staff_inquiry_list, name="staff_inquiry_list"),
    path("staff/inquiries/new/", inquiries.staff_inquiry_new, name="staff_inquiry_new"),
    path("staff/inquiries/<uuid:pk>/", inquiries.staff_inquiry_detail, name="staff_inquiry_detail"),
    path("staff/inquiries/<uuid:pk>/edit/", inquiries.staff_inquiry_edit, name="staff_inquiry_edit"),
    path(
        "staff/inquiries/<uuid:pk>/recipients/<uuid:recipient_pk>/",
        inquiries.staff_inquiry_answer,
        name="staff_inquiry_answer",
    ),
    path(
        "communities/<slug:slug>/manage/inquiries/<uuid:pk>/",
        inquiries.organiser_inquiry,
        name="organiser_inquiry",
    ),
    path("inquiries/<str:token>/", inquiries.inquiry_answer, name="inquiry_answer"),
    path("staff/requests/", bulk.staff_request_list, name="staff_request_list"),
    path("staff/contacts/", contacts.contact_list, name="contact_list"),
    path("staff/contacts/find/", contacts.contact_find, name="contact_find"),
    path("staff/contacts/<uuid:pk>/", contacts.contact_detail, name="contact_detail"),
    path("staff/contacts/<uuid:pk>/hand-over/", contacts.contact_hand_over, name="contact_hand_over"),
    path("staff/contacts/<slug:kind>/<uuid:pk>/", contacts.contact_new, name="contact_new"),
    path("staff/bulk/<slug:kind>/", bulk.staff_bulk, name="staff_bulk"),
    path("staff/bulk/runs/<uuid:pk>/", bulk.staff_bulk_run, name="staff_bulk_run"),
]
