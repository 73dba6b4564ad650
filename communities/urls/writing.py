"""Addresses of posts, records of activity and their photos."""

from django.urls import path

from ..views import activities, photos, posts

_one = "communities/<slug:slug>/"
_posts = f"{_one}posts/"
_records = f"{_one}activities/"

urlpatterns = [
    path(_posts, posts.post_list, name="post_list"),
    path(f"{_posts}new/", posts.post_new, name="post_new"),
    path(f"{_posts}<uuid:pk>/", posts.post_detail, name="post_detail"),
    path(f"{_posts}<uuid:pk>/edit/", posts.post_edit, name="post_edit"),
    path(f"{_posts}<uuid:pk>/state/", posts.post_step, name="post_step"),
    path(f"{_posts}<uuid:pk>/photos/new/", posts.post_photo_new, name="post_photo_new"),
    path(
        f"{_posts}<uuid:pk>/photos/<uuid:photo_pk>/remove/", posts.post_photo_remove, name="post_photo_remove"
    ),
    path(_records, activities.activity_list, name="activity_list"),
    path(f"{_records}new/", activities.activity_new, name="activity_new"),
    path(f"{_records}<uuid:pk>/", activities.activity_detail, name="activity_detail"),
    path(f"{_records}<uuid:pk>/edit/", activities.activity_edit, name="activity_edit"),
    path(f"{_records}<uuid:pk>/state/", activities.activity_step, name="activity_step"),
    path(f"{_records}<uuid:pk>/photos/new/", activities.activity_photo_new, name="activity_photo_new"),
    path(
        f"{_records}<uuid:pk>/photos/<uuid:photo_pk>/remove/",
        activities.activity_photo_remove,
        name="activity_photo_remove",
    ),
    path(f"{_one}photos/<uuid:pk>/", photos.photo_file, name="photo_file"),
]
