"""Being found: hits pass through the rule of seeing once more, and a long list of hits says that it is cut."""

from uuid import uuid4

import pytest

from communities import finding, queries
from communities.models import Community, Initiative
from communities.views import communities as community_pages
from communities.views import events as event_pages
from portal.accounts.scope import Scope
from portal.kernel import ports, search
from tests.factories import communities as make
from tests.support.factories import number
from tests.support.queries import assert_queries

from .cast import Cast, cast

pytestmark = pytest.mark.django_db

CUT = "件まで表示しています。言葉を足してしぼってください。"


@pytest.fixture
def world() -> Cast:
    return cast()


def scope(made: Cast, name: str) -> Scope:
    return Scope.of(make.visitor() if name == "anonymous" else make.fresh(made.people[name]))


def rows_of(made: Cast) -> dict[str, list]:
    """kind → one row for all, and one that only few may see (every platform is public)."""
    hidden = Initiative.objects.create(
        community=made.draft, area=made.draft.area, title="試験の隠れた取組", summary="まだ見えません。"
    )
    draft = make.event(made.community, publish=False)
    return {
        "community": [made.community, made.draft], "event": [made.event, draft],
        "initiative": [made.initiative, hidden], "platform": [made.platform],
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["community", "event", "initiative", "platform"])
def test_a_source_gives_visible_ids_only_in_one_query(world, kind):
    rows, source = rows_of(world)[kind], ports.search_sources[kind]
    assert source is finding.SOURCES[kind]
    ids = [str(row.pk) for row in rows]
    for name in ("anonymous", "resident", "other_ward", "prefecture"):
        who = scope(world, name)
        with assert_queries(1):
            found = source([*ids, str(uuid4())], who)
        assert list(found) == ids[:1], name
    who = scope(world, "ward")
    with assert_queries(1):
        assert set(source(ids, who)) == set(ids)


def test_a_hit_says_what_it_is_where_and_when(world):
    pk = {name: str(getattr(world, name).pk) for name in ("community", "event", "initiative", "platform")}
    who = scope(world, "anonymous")
    hit = finding.communities([pk["community"]], who)[pk["community"]]
    assert (hit.title, hit.url, hit.place, hit.ward_slug) == (
        "「タイトル未定」", world.community.get_absolute_url(), "秋葉区", "akiha",
    )  # fmt: skip
    hit = finding.events([pk["event"]], who)[pk["event"]]
    assert (hit.title, hit.meta, hit.happens_at) == (world.event.title, "試験会館", world.event.starts_at)
    hit = finding.initiatives([pk["initiative"]], who)[pk["initiative"]]
    assert (hit.meta, hit.url) == ("思いつき・「タイトル未定」", world.initiative.get_absolute_url())
    hit = finding.platforms([pk["platform"]], who)[pk["platform"]]
    assert (hit.title, hit.place, hit.meta) == (
        world.platform.name, "鹿屋市", world.platform.get_stage_display(),
    )  # fmt: skip


def test_a_state_beside_the_normal_one_is_said(world):
    Community.objects.filter(pk=world.community.pk).update(state="dormant")
    make.actions.cancel_event(by=world.people["ward"], event=world.event, note="荒天")
    who = scope(world, "anonymous")
    assert finding.communities([str(world.community.pk)], who)[str(world.community.pk)].meta.startswith(
        "休止"
    )
    assert finding.events([str(world.event.pk)], who)[str(world.event.pk)].meta.startswith("中止")


def test_what_search_finds_for_strangers_they_may_also_open(world):
    rows_of(world)
    hits = search.find("試験", audience=["public"], limit=100).items
    assert {hit.kind for hit in hits} == {"community", "event", "initiative", "platform"}
    who = scope(world, "anonymous")
    for hit in hits:
        assert hit.object_id in ports.search_sources[hit.kind]([hit.object_id], who), hit.title
    assert not queries.communities_visible_to(who).filter(pk=world.draft.pk).exists()


@pytest.mark.parametrize(
    ("address", "pages", "make_one"),
    [
        ("/communities/", community_pages, lambda made: make.community(name=f"珍名の会{number()}")),
        ("/events/", event_pages, lambda made: make.event(made.community, title=f"珍名の夜{number()}")),
    ],
)
def test_a_list_of_hits_says_when_it_is_cut(world, monkeypatch, address, pages, make_one):
    assert pages.FOUND == 60
    monkeypatch.setattr(pages, "FOUND", 3)
    client = world.client("anonymous")
    rows = [make_one(world) for _ in range(3)]
    page = client.get(address, {"q": "珍名"}).content.decode()
    assert CUT not in page
    assert sum(row.get_absolute_url() in page for row in rows) == 3
    rows.append(make_one(world))
    page = client.get(address, {"q": "珍名"}).content.decode()
    assert f"3{CUT}" in page
    assert sum(row.get_absolute_url() in page for row in rows) == 3
    assert CUT not in client.get(address).content.decode()
    one = rows[0].name if isinstance(rows[0], Community) else rows[0].title
    assert CUT not in client.get(address, {"q": one}).content.decode()
