"""Addresses of people: the directory, one person, one's own profile."""

from django.urls import path

from ..views import people, profiles, staff_people

urlpatterns = [
    path("people/", people.person_list, name="person_list"),
    path("people/<uuid:pk>/", people.person_detail, name="person_detail"),
    path("people/<uuid:pk>/photo/", people.person_photo, name="person_photo"),
    path("staff/people/", staff_people.staff_person_list, name="staff_person_list"),
    path("staff/people/<uuid:pk>/", staff_people.staff_person_detail, name="staff_person_detail"),
    path("me/profile/", profiles.profile_edit, name="profile_edit"),
    path("me/profile/close/", profiles.profile_close, name="profile_close"),
    path("me/profile/photo/", profiles.profile_photo, name="profile_photo"),
]
