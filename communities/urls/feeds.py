"""Addresses of 回覧板, calendars, feeds, open data and saved searches."""

from django.urls import path

from ..views import calendars, circulars, feeds, following, opendata

urlpatterns = [
    path("events.ics", calendars.events_ics, name="events_ics"),
    path("wards/<slug:slug>/events.ics", calendars.ward_events_ics, name="ward_events_ics"),
    path("communities/<slug:slug>/events.ics", calendars.community_events_ics, name="community_events_ics"),
    path("events/<uuid:pk>.ics", calendars.event_ics, name="event_ics"),
    path("calendars/<str:token>.ics", calendars.personal_calendar, name="personal_calendar"),
    path("me/calendar/", calendars.my_calendar, name="my_calendar"),
    path("me/following/", following.my_following, name="my_following"),
    path("me/following/<uuid:pk>/", following.my_following_edit, name="my_following_edit"),
    path("me/following/<uuid:pk>/end/", following.my_following_end, name="my_following_end"),
    path("following/<str:token>/", following.following_stop, name="following_stop"),
    path("feeds/", feeds.feed_list, name="feed_list"),
    path("feeds/events/", feeds.event_feed, name="event_feed"),
    path("feeds/communities/", feeds.community_feed, name="community_feed"),
    path("feeds/areas/<str:code>/events/", feeds.event_feed, name="area_event_feed"),
    path("feeds/areas/<str:code>/communities/", feeds.community_feed, name="area_community_feed"),
    path("opendata/", opendata.catalogue, name="opendata"),
    path("opendata/<str:name>", opendata.data_file, name="data_file"),
    path("staff/circulars/", circulars.staff_circular_list, name="staff_circular_list"),
    path("staff/circulars/<uuid:pk>/", circulars.staff_circular_detail, name="staff_circular_detail"),
]
