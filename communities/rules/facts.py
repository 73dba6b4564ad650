"""Who says which part the city takes in a community."""

from portal.kernel import permissions

from . import is_ward_staff

permissions.define(
    "communities.set_city_role", is_ward_staff, reason="市の役割を決められるのは、その地域の担当者だけです。"
)
