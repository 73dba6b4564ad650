"""Addresses of records: quick for lists, and the same as Django's."""

from uuid import uuid4

import pytest
from django.urls import NoReverseMatch, reverse

from portal.kernel.addresses import RecordAddress


@pytest.mark.parametrize("route", ["kernel:job_detail", "grants:staff_application_take"])
def test_the_address_of_a_record_is_that_of_its_route(route: str) -> None:
    address = RecordAddress(route)
    for pk in (uuid4(), uuid4()):
        assert address(pk) == reverse(route, args=[pk])


def test_a_route_that_is_not_there_is_told() -> None:
    with pytest.raises(NoReverseMatch):
        RecordAddress("kernel:nothing")(uuid4())
