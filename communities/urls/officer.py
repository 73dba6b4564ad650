"""Addresses of the officer's day."""

from django.urls import path

from ..views import bulk, contacts

urlpatterns = [
    path("staff/requests/", bulk.staff_request_list, name="staff_request_list"),
    path("staff/contacts/", contacts.contact_list, name="contact_list"),
    path("staff/contacts/find/", contacts.contact_find, name="contact_find"),
    path("staff/contacts/<uuid:pk>/", contacts.contact_detail, name="contact_detail"),
    path("staff/contacts/<uuid:pk>/hand-over/", contacts.contact_hand_over, name="contact_hand_over"),
    path("staff/contacts/<slug:kind>/<uuid:pk>/", contacts.contact_new, name="contact_new"),
    path("staff/bulk/<slug:kind>/", bulk.staff_bulk, name="staff_bulk"),
    path("staff/bulk/runs/<uuid:pk>/", bulk.staff_bulk_run, name="staff_bulk_run"),
]
