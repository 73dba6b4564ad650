"""Who may make a 回覧板, and whose saved searches and calendars are whose."""

from portal.kernel import permissions

from .rules import is_ward_staff

permissions.define(
    "communities.make_circular", is_ward_staff, reason="回覧板をつくれるのは、その地域の担当者だけです。"
)
