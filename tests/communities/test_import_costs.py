"""A long table costs hardly more statements than a short one, and loses nothing by it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities import actions
from communities.models import Community, Theme
from communities.saving import insert_all
from portal.kernel import imports
from portal.kernel.import_models import ImportRow
from portal.kernel.models import AuditEntry, AuditPending, SearchEntry
from portal.kernel.refusals import Refusal, row_of
from tests.factories import communities as make
from tests.factories import imports as tables
from tests.factories.areas import AKIHA, area
from tests.support.queries import assert_queries, counted

pytestmark = pytest.mark.django_db

KANA = "アカサタナハマヤラワ"
HEAD = "名称,ふりがな,概要,テーマ\n"


def table(count: int, mark: str) -> str:
    """So many communities, each second with the same reading, each with two themes."""
    rows = (
        f"{mark}の会{n},{mark}ノカイ{KANA[n // 10 % 10]}{KANA[n // 2 % 5]},{n}番目の会。,食・農、子ども・教育\n"
        for n in range(count)
    )
    return HEAD + "".join(rows)


def cost(count: int, mark: str, **options: str) -> int:
    """Statements of registering a table of `count` rows, whose twins are registered too."""
    for slug, name in (("food", "食・農"), ("children", "子ども・教育")):
        Theme.objects.get_or_create(slug=slug, defaults={"name": name})
    by = make.ward_officer()
    imported = tables.previewed(table(count, mark), by=by, options=options)
    assert imported.faulty_count == 0, list(ImportRow.objects.filter(imported=imported).values("faults"))[:1]
    imports.decide(by=by, imported=imported, decisions={}, everything="register")
    imports.ask_to_apply(by=by, imported=imported)
    with CaptureQueriesContext(connection) as captured:
        imported = tables.run(imported)
    assert (imported.state, imported.made_count) == ("applied", count), imported.problem
    return len(counted(captured))


@pytest.mark.parametrize("options", [{}, {"publish": "1"}], ids=["drafts", "published"])
def test_ninety_rows_more_cost_not_one_statement_more(options: dict[str, str]) -> None:
    """0 statements a row: both tables are one batch of 200."""
    few, many = cost(10, "アオ", **options), cost(100, "ミドリ", **options)
    assert many - few <= 0
    assert many <= 40


def test_a_second_batch_costs_a_fixed_number_of_statements() -> None:
    one, two = cost(150, "アオ"), cost(250, "ミドリ")
    assert two - one <= 12


def test_every_row_has_its_entry_its_themes_its_address_and_is_found() -> None:
    cost(120, "シロ", publish="1")
    made = list(Community.objects.filter(name__startswith="シロの会"))
    keys = [str(row.pk) for row in made]
    assert len({row.slug for row in made}) == 120
    assert {row.slug for row in made} >= {"shironokaiaa", "shironokaiaa-2", "shironokaisasa"}
    assert {row.state for row in made} == {"published"}
    assert all(row.published_at and row.published_by_id for row in made)
    assert Community.themes.through.objects.filter(community__in=made).count() == 240
    found = SearchEntry.objects.filter(kind="community", object_id__in=keys)
    assert found.count() == 120
    assert all(entry.audience == ["public"] and "子ども・教育" in entry.body for entry in found)
    events = AuditEntry.objects.filter(target_id__in=keys).order_by("id")
    for key in keys:
        assert [entry.event for entry in events if entry.target_id == key] == [
            "communities.community.registered", "communities.community.publish",
        ]  # fmt: skip
    assert AuditPending.objects.filter(entry_id__in=events.values("pk")).count() == 240


def test_undoing_a_hundred_costs_no_more_than_undoing_ten() -> None:
    costs = []
    for count, mark in ((10, "アオ"), (100, "ミドリ")):
        by = make.ward_officer()
        imported = tables.previewed(table(count, mark).replace(",食・農、子ども・教育", ","), by=by)
        imports.decide(by=by, imported=imported, decisions={}, everything="register")
        imports.ask_to_apply(by=by, imported=imported)
        imports.ask_to_undo(by=by, imported=tables.run(imported))
        with CaptureQueriesContext(connection) as captured:
            assert tables.run(imported).state == "undone"
        costs.append(len(counted(captured)))
    assert costs[1] <= costs[0]


def test_refusal_names_the_row_and_leaves_nothing_of_the_others() -> None:
    by = make.ward_officer()
    imported = tables.previewed("名称,ふりがな,概要\n本の会,ホンノカイ,本。\n里の会,サトノカイ,里。\n", by=by)
    ImportRow.objects.filter(imported=imported, number=3).update(
        values={**ImportRow.objects.get(imported=imported, number=3).values, "summary": ""}
    )
    imports.ask_to_apply(by=by, imported=imported)
    imported = tables.run(imported)
    assert imported.state == "previewed"
    assert imported.problem.startswith("3行目「里の会」を登録できませんでした。")
    assert not Community.objects.filter(name__in=["本の会", "里の会"]).exists()


def wanted(**more: str) -> dict[str, object]:
    return {"area": area(AKIHA), "name": "本の会", "kana": "ホンノカイ", "summary": "本を読む。", **more}


def test_what_only_the_database_refuses_names_its_row_too() -> None:
    """A twin that takes the address after it was chosen: the statement for all tells no row, the trial one by one does."""
    by = make.ward_officer()
    taken = make.community(by=by, kana="サトノカイ")
    rows = [
        Community(area=area(AKIHA), name="x", kana="x", summary="x", slug="ao"),
        Community(area=area(AKIHA), name="y", kana="y", summary="y", slug=taken.slug),
    ]
    with pytest.raises(Refusal, match="同じ読みのコミュニティが、同時に登録されました") as refused:
        insert_all(rows)
    assert row_of(refused.value) == 1


def test_many_are_refused_as_one_is() -> None:
    by = make.ward_officer()
    with pytest.raises(PermissionDenied) as denied:
        actions.register_communities(by=by, wanted=[wanted(), {**wanted(), "area": area("151017")}])
    assert row_of(denied.value) == 1
    with pytest.raises(ValidationError) as wrong:
        actions.register_communities(by=by, wanted=[wanted(), wanted(), wanted(name="本\x00会")])
    assert row_of(wrong.value) == 2
    with pytest.raises(TypeError, match="not fields of a community"):
        actions.register_communities(by=by, wanted=[wanted(state="published")])
    assert not Community.objects.filter(name="本の会").exists()


def test_publishing_many_is_all_or_none() -> None:
    by = make.ward_officer()
    rows = actions.register_communities(by=by, wanted=[wanted(), wanted()])
    assert [row.slug for row in rows] == ["honnokai", "honnokai-2"]
    actions.publish_community(by=by, community=rows[1])
    with pytest.raises(Refusal, match="いま「公開") as refused:
        actions.publish_communities(by=by, communities=rows)
    assert row_of(refused.value) == 1
    rows[0].refresh_from_db()
    assert rows[0].state == "draft"
    with assert_queries(0):
        actions.publish_communities(by=by, communities=[])
