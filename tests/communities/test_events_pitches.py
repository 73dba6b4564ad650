"""A minute for everybody: asked for once, answered, in an order without gaps, on the screen and on paper."""

import subprocess

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities import actions, queries
from communities.models import Pitch
from portal.kernel import clock
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.accounts.mailbox import received
from tests.factories import communities as make
from tests.support.html import assert_html
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def night():
    return make.event(title="1分間ピッチの夜", takes_pitches=True)


def ask(event, by=None, title="商店街で朝ごはん"):
    return actions.ask_pitch(by=by or make.person(), event=event, name="佐久間 里帆", title=title)


def answer(pitch, step, note="", by=None):
    return actions.answer_pitch(by=by or make.ward_officer(), pitch=pitch, step=step, note=note)


def places(event):
    return [row.place for row in queries.run_order(event)]


def signed_in(actor):
    client = StrictClient()
    client.force_login(actor.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_one_asks_once_and_is_told_the_turn_or_the_reason(night):
    person = make.person()
    pitch = ask(night, person)
    with pytest.raises(Refusal, match="もう申し込んで"):
        ask(night, person)
    answer(pitch, "accept")
    assert (pitch.state, pitch.place) == ("accepted", 1)
    assert "いまの順番は1番目です" in received(person.user.email).body
    other = ask(night)
    with pytest.raises(Refusal, match="理由"):
        answer(other, "decline")
    answer(other, "decline", "時間が足りないため")
    assert "時間が足りないため" in OutboxMessage.objects.get(template="communities/mail/pitch_declined").body
    with pytest.raises(Refusal, match="いま「順番あり」です"):
        answer(pitch, "accept")


def test_pitches_are_refused_where_none_are_taken_after_the_start_and_to_visitors(night):
    with pytest.raises(Refusal, match="募っていません"):
        ask(make.event())
    with pytest.raises(PermissionDenied):
        ask(night, make.visitor())
    with pytest.raises(PermissionDenied):
        answer(ask(night), "accept", by=make.person())
    with clock.at(night.starts_at):
        with pytest.raises(Refusal, match="募っていません"):
            ask(night)
        late = actions.enter_pitch(by=make.ward_officer(), event=night, name="飛び入り", title="その場で")
    assert late.place == 1


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "accept", "decline", "withdraw", "up", "down"]), st.integers(0, 5)),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_the_run_never_has_a_gap_or_a_double_whatever_is_done(steps):
    event, by = make.event(takes_pitches=True), make.ward_officer()
    rows = []
    for step, number in steps:
        try:
            if step == "ask":
                rows.append(actions.enter_pitch(by=by, event=event, name="人", title=f"題{len(rows)}"))
            elif rows and step in ("up", "down"):
                actions.move_pitch(by=by, pitch=rows[number % len(rows)], step=step)
            elif rows:
                answer(rows[number % len(rows)], step, "理由", by)
        except Refusal:
            pass
        assert places(event) == list(range(1, len(places(event)) + 1))


def test_order_is_changed_by_buttons_and_strangers_see_titles_only(night):
    host = night.host_community
    organiser = make.organiser(host)
    first, second = (
        actions.enter_pitch(by=organiser, event=night, name=name, title=title)
        for name, title in (("今井 航", "駅前の本棚"), ("渡辺 さくら", "自習室をひらく"))
    )
    client, address = signed_in(organiser), f"{night.get_absolute_url()}pitches/run/"
    page = client.get(address)
    assert_html(page.content)
    once = page.context["move"].initial["once"]
    assert client.post(address, {"once": once, "step": f"up:{second.pk}"}).status_code == 303
    assert queries.run_order(night) == [second, first]
    wrong = client.post(
        address, {"once": client.get(address).context["move"].initial["once"], "step": "up:x"}
    )
    assert (wrong.status_code, "どのボタン" in wrong.content.decode()) == (422, True)
    assert_html(wrong.content)
    public = StrictClient().get(night.get_absolute_url()).content.decode()
    assert public.index("自習室をひらく") < public.index("駅前の本棚")
    assert "今井 航" not in public
    assert (
        "今井 航" not in signed_in(make.person()).get(f"{night.get_absolute_url()}pitches/").content.decode()
    )


def test_one_takes_back_ones_own_and_the_others_move_up(night):
    person = make.person()
    own = answer(ask(night, person), "accept")
    other = answer(ask(night, title="二人目"), "accept")
    client, address = signed_in(person), f"{night.get_absolute_url()}pitches/{own.pk}/"
    once = client.get(address).context["form"].initial["once"]
    assert client.post(address, {"once": once, "step": "withdraw"}).status_code == 303
    assert list(Pitch.objects.order_by("created_at").values_list("state", "place")) == [
        ("withdrawn", None),
        ("accepted", 1),
    ]
    assert signed_in(person).get(f"{night.get_absolute_url()}pitches/{other.pk}/").status_code == 403
    assert ask(night, person, "もう一度").state == "requested"


def test_the_screen_works_without_script_and_the_paper_holds_140(night, tmp_path):
    by = make.ward_officer()
    rows = [
        Pitch(event=night, name=f"話す人{n}", title=f"題その{n}", place=n, state="accepted")
        for n in range(1, 141)
    ]
    Pitch.objects.bulk_create(rows)
    client = signed_in(by)
    screen = client.get(f"{night.get_absolute_url()}pitches/screen/")
    assert_html(screen.content)
    text = screen.content.decode()
    assert text.count('<li data-title="題その') == 140
    assert ('data-seconds="60"' in text, "pitch-timer.js" in text, "no-store" in screen.headers["Cache-Control"]) == (
        True, True, True,
    )  # fmt: skip
    paper = client.get(f"{night.get_absolute_url()}pitches/sheet.pdf")
    assert paper.headers["Content-Type"] == "application/pdf"
    file = tmp_path / "run.pdf"
    file.write_bytes(paper.content)
    said = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True
    ).stdout
    for word in ("1分間ピッチの夜", "全140人", "題その1", "題その140", "話す人77", "一人60秒"):
        assert word in said, word
