"""Who keeps the list of organisations."""

from portal.kernel import permissions

from . import is_ward_staff

permissions.define(
    "communities.keep_organisation", is_ward_staff, reason="主体を直せるのは、その地域の担当者だけです。"
)
