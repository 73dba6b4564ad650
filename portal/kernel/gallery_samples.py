"""What the gallery shows: invented people, sums and dates. Nothing here is read by another page."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms

from . import clock, wording
from .actors import JobActor
from .enums import JobState
from .models import AuditEntry, Job
from .ports import DeskItem, Edge
from .renderer import Choice

WARDS = (
    ("kita", "北区", "ネイチャーグリーン", "6.5", "8.3", "7.2", 28),
    ("higashi", "東区", "アクアブルー", "8.4", "6.3", "5.7", 19),
    ("chuo", "中央区", "ウォーターフロントブルー", "10.5", "10.5", "9.1", 41),
    ("konan", "江南区", "スプリンググリーン", "9.8", "6.5", "5.9", 24),
    ("akiha", "秋葉区", "フローラルグリーン", "8.4", "6.5", "5.8", 37),
    ("minami", "南区", "ブリーズブルー", "9.3", "7.1", "6.2", 16),
    ("nishi", "西区", "サンセットオレンジ", "6.7", "6.4", "5.7", 26),
    ("nishikan", "西蒲区", "ハーベストイエロー", "10.8", "6.9", "6.3", 31),
)
KINDS = ("地域団体", "NPO・市民団体", "民間事業者", "学校(小中高)", "大学等", "その他")


class SampleForm(forms.Form):
    """Every kind of control once."""

    name = forms.CharField(label="団体の名前", help_text="会則のとおりに書いてください。", max_length=60)
    size = forms.IntegerField(
        label="参加人数",
        min_value=1,
        widget=forms.TextInput(
            attrs={"data-ui-unit": "人", "data-ui-size": "s", "data-ui-num": "1", "inputmode": "numeric"}
        ),
        error_messages={"invalid": "参加人数は、数字で入力してください。例:100"},
    )
    starts_at = forms.DateTimeField(
        label="はじまり", widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    theme = forms.ChoiceField(
        label="テーマ", choices=[("", "選んでください"), ("food", "食・農"), ("child", "子ども・教育")]
    )
    story = forms.CharField(
        label="これまでのこと",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-ui-note": "2,000字まで"}),
    )
    public = forms.ChoiceField(
        label="公開",
        choices=[("yes", "公開する"), ("no", "公開しない")],
        widget=forms.RadioSelect(attrs={"data-ui-row": "1"}),
        error_messages={"required": "公開について、ひとつ選んでください。"},
    )
    needs = forms.MultipleChoiceField(
        label="参加に必要なこと",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("sign", "手話通訳"),
            ("note", Choice("要約筆記", help="話した内容を、その場で文字にして映します")),
        ],
    )
    rules = forms.FileField(label="会則", required=False, help_text="PDF、10MBまで。")
    consent = forms.BooleanField(
        label="個人情報の取り扱いを読みました",
        error_messages={"required": "読んでから、印を付けてください。"},
    )
    photo = forms.BooleanField(
        label="記録写真に写ることに同意します", required=False, help_text="同意しなくても参加できます。"
    )
    amount = forms.ChoiceField(
        label="金額",
        required=False,
        choices=[("3000", "3,000円"), ("10000", "10,000円"), ("30000", "30,000円")],
        widget=forms.RadioSelect(attrs={"data-ui-kind": "amounts"}),
    )
    score = forms.ChoiceField(
        label="評点",
        required=False,
        choices=[(str(n), str(n)) for n in range(1, 6)],
        widget=forms.RadioSelect(attrs={"data-ui-kind": "score"}),
    )
    verdict = forms.ChoiceField(
        label="確認",
        required=False,
        choices=[("yes", "適"), ("no", "否")],
        widget=forms.RadioSelect(attrs={"data-ui-kind": "verdict"}),
    )


class SmallForm(forms.Form):
    """One question and one box."""

    email = forms.EmailField(label="メールアドレス", help_text="コードを送ります。")
    consent = forms.BooleanField(label="個人情報の取り扱いを読みました")


def context(layout: str) -> dict[str, Any]:
    """Everything the templates of one layout need."""
    return {"public": _public, "desk": _desk, "simple": _simple}[layout or "public"]()


def _public() -> dict[str, Any]:
    return _marks() | _forms() | _lists() | _charts() | {"today": clock.today_jst(), "now": clock.now()}


def _marks() -> dict[str, Any]:
    return {
        "wards": [
            SimpleNamespace(slug=w[0], name=w[1], colour=w[2], fill=w[3], white=w[4], tint=w[5], number=w[6])
            for w in WARDS
        ],
        "akiha": SimpleNamespace(slug="akiha", name="秋葉区"),
        "tab_items": [
            ("ようす", "/ui/", None, True),
            ("コミュニティ", "/ui/#main", 7),
            ("取組", "/ui/#main", 12),
        ],
        "chip_items": [
            ("子ども・教育", "/ui/#main"),
            ("食・農", "/ui/#main", True),
            ("35歳以下", "/ui/#main"),
        ],
        "step_items": [
            ("対象と型", "/ui/#main"),
            ("事業計画", "/ui/#main"),
            ("収支予算", ""),
            ("確認と提出", ""),
        ],
    }


def _forms() -> dict[str, Any]:
    wrong = SampleForm({"size": "百人", "score": "4", "verdict": "no", "photo": "on"})
    wording.teach(wrong.fields)
    return {
        "free": SampleForm(
            initial={"name": "にしかんみらいBASE", "public": "yes", "amount": "10000"}, prefix="free"
        ),
        "wrong": wrong,
    }


def _lists() -> dict[str, Any]:
    today = clock.today_jst()
    evening = clock.now().astimezone(clock.JST).replace(hour=18, minute=30, second=0, microsecond=0)
    return {
        "events": [
            _event(today, evening, 6, "1分間ピッチの夜", 60, 60, 7),
            _event(today, evening, 13, "はじめての人の会", 9, 30, 0),
            _event(today, evening, 400, "来年の地場産マルシェ", 0, None, 0),
        ],
        "stage_groups": [
            ("思いつき", [("空き店舗で放課後の居場所", "/ui/#main")], ""),
            ("検討", [("資金を集めるポータル", "/ui/#main")], ""),
            ("準備", [], "いまはありません。"),
            ("実施", [("地場産マルシェ", "/ui/#main")], ""),
            ("自立", [], "最初のひとつを待っています。"),
        ],
        "edges": [
            Edge(kind="コミュニティ", title="「タイトル未定」", url="/ui/#main"),
            Edge(kind="取組", title="ロケハン誘致", url="/ui/#main", note="準備"),
            Edge(kind="協働", title="高校 放送部", url="/ui/#main", note="確認済み"),
        ],
        "confirm": [("氏名", "髙橋 直人"), ("人数", "2人"), ("電話番号", "")],
    }


def _charts() -> dict[str, Any]:
    return {
        "bar_rows": [(w[0], w[1], w[6], "/ui/#main") for w in WARDS],
        "year_rows": [("令和6年度", 158, False), ("令和7年度", None, False), ("令和8年度", 214, True)],
        "stack_rows": [(w[1], [w[6] // 3, w[6] // 4, w[6] // 5, 2, 1, 0]) for w in WARDS],
        "series": KINDS,
        "page": SimpleNamespace(
            count_label="1,000件以上",
            next_url="/ui/#main",
            first_url="/ui/#main",
            previous_url="/ui/#main",
            is_first=False,
        ),
        "jobs": [
            _job(JobState.WAITING),
            _job(JobState.RUNNING, 12, 43),
            _job(JobState.DONE),
            _job(JobState.FAILED),
        ],
    }


def _desk() -> dict[str, Any]:
    today = clock.today_jst()
    items = [
        (-1, "参加の申込みに返事をする", "「タイトル未定」・約束は3日以内", "返事をする"),
        (0, "応援の取組を区で確認する", "クラウドファンディングの申請", "確認する"),
        (5, "根拠の資料を付ける", "資料のない記録は、協働数に数えません", "資料を付ける"),
        (None, "下書きを続ける", "", "下書きを開く"),
    ]
    return {
        "todos": [
            DeskItem(
                title=title,
                meta=meta,
                url="/ui/#main",
                action=action,
                due_on=None if days is None else today + timedelta(days),
            )
            for n, (days, title, meta, action) in enumerate(items)
        ],
        "weeks": _weeks(today),
        "entries": _entries(),
        "jobs": [_job(JobState.RUNNING, 12, 43)],
        "formula_rows": [
            ("", "支出の合計", "1,492,000", ""),
            ("−", "対象外の経費", "32,000", ""),
            ("−", "特定財源", "40,000", ""),
            ("=", "補助対象経費", "1,420,000", "sum"),
            ("×", "補助率 1/2", "710,000", ""),
            ("=", "補助金額", "650,000円", "grant"),
        ],
        "before": "買い物に行きにくい世帯が多くなっている。週1回の運行を10回試す。",
        "after": "買い物に行きにくい世帯が86世帯ある。週1回の運行を12回試し、費用を調べる。",
        "check_items": [
            ("コミプラの段階が型に合う", "第4段階", "適"),
            ("事前着手がない", "", "否"),
            ("市の負担が予算にある", "", None),
        ],
        "sidenav_counts": {"/staff/": 6, "/staff/communities/": 3},
    }


def _simple() -> dict[str, Any]:
    form = SmallForm({"email": "sakuma"})
    wording.teach(form.fields)
    return {"form": form}


def _event(
    today: date, at: datetime, days: int, title: str, taken: int, capacity: int | None, waiting: int
) -> Any:
    return SimpleNamespace(
        starts_at=at + timedelta(days),
        title=title,
        taken=taken,
        capacity=capacity,
        waiting=waiting,
        area=SimpleNamespace(slug="akiha", name="秋葉区"),
    )


def _job(state: JobState, done: int = 0, total: int = 0) -> Job:
    return Job(
        kind="gallery",
        key="gallery",
        state=state,
        done_count=done,
        total_count=total,
        owner_ref=JobActor("gallery").ref,
    )


def _entries() -> list[AuditEntry]:
    """Entries of events that nobody presents: the event's own name is shown."""
    now = clock.now()
    return [
        AuditEntry(
            at=now - timedelta(hours=n), event=f"見本のできごと{n}", actor_kind="job", actor_ref="job:gallery"
        )
        for n in range(1, 4)
    ]


def _weeks(today: date) -> list[list[dict[str, Any]]]:
    first = today.replace(day=1)
    start = first - timedelta((first.weekday() + 1) % 7)
    days = [start + timedelta(n) for n in range(35)]
    marks = {
        15: [("訪問 タイトル未定", "/ui/#main", "")],
        18: [("面談", "", "talk")],
        20: [("月報の締切", "", "doc")],
    }
    rows = [
        {"date": day, "out": day.month != today.month, "off": day.weekday() == 6, "marks": marks.get(n, [])}
        for n, day in enumerate(days)
    ]
    return [rows[n : n + 7] for n in range(0, 35, 7)]
