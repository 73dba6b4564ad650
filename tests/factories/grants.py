"""Applications for tests, made by the actions: a fresh town with its office, its people and a コミプラ."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from communities import actions as communities
from communities.models import Platform
from grants import actions, programmes, queries
from grants.calculations import ExpenseRow, IncomeRow
from grants.models import Application, Call, Menu
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.areas.models import Area, Section, SectionCoverage
from portal.kernel import clock, uploads
from portal.kernel.actors import JobActor, UserActor
from portal.kernel.models import StoredFile

from .accounts import actor, officer
from .areas import KAGOSHIMA, AreaFactory, SectionFactory, authority

BY = JobActor("tests")
PDF_BYTES = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TEXTS = {
    "purpose": "買い物に行きにくい86世帯を対象に、週1回の運行と見守りを試行する。",
    "content": "8月から2月まで、毎週水曜に運行する。",
    "partners": "自治会12、NPO2、商工会支部。",
    "outcome": "利用者40人、聞き取りで確かめる。",
    "continuation": "会費と町の予算で続ける。",
}
# The budget of design screen 09: 1,492,000 in all, 32,000 of it not eligible, 40,000 from fees.
EXPENSES = [
    ExpenseRow(setsu=7, description="講師の謝金 2人×3回", unit_price_yen=20_000, quantity=6),
    ExpenseRow(setsu=8, description="講師の旅費 2人×3回", unit_price_yen=18_500, quantity=6),
    ExpenseRow(setsu=10, description="ちらしの印刷", unit_price_yen=22, quantity=3_000),
    ExpenseRow(setsu=10, description="消耗品", unit_price_yen=84_000),
    ExpenseRow(setsu=10, description="参加者の昼食(食糧費)", unit_price_yen=800, quantity=40),
    ExpenseRow(setsu=11, description="行事保険", unit_price_yen=9_000, quantity=3),
    ExpenseRow(setsu=12, description="買い物の試行運行", unit_price_yen=65_000, quantity=12),
    ExpenseRow(setsu=13, description="会場と車両の借上げ", unit_price_yen=14_500, quantity=12),
    ExpenseRow(setsu=17, description="見守りの端末", unit_price_yen=9_800, quantity=10),
]
INCOMES = [IncomeRow(kind="specific", description="参加費 200円×200人", amount_yen=40_000)]
SHARE_YEN = 742_000  # 1,492,000 − 40,000 − 710,000


def open_call() -> Call:
    """The open call of ③; loads the programmes when there is none."""
    found = queries.open_calls(clock.now()).first()
    if found is None:
        programmes.load(by=BY)
        found = queries.open_calls(clock.now()).get()
    return found


def office() -> Section:
    """A fresh regional office of 鹿児島県."""
    made: Section = SectionFactory(authority=authority(KAGOSHIMA))
    return made


@dataclass
class Town:
    """A fresh town, routed to `office` (a fresh one when not given). People are made when first asked for."""

    office: Section = field(default_factory=office)
    area: Area = field(default_factory=AreaFactory)

    def __post_init__(self) -> None:
        SectionCoverage.objects.create(section=self.office, area=self.area)

    @cached_property
    def officer_user(self) -> User:
        return officer(Role.MUNICIPAL_OFFICER, self.area.pk)

    @cached_property
    def chief_user(self) -> User:
        return officer(Role.MUNICIPAL_CHIEF, self.area.pk)

    @cached_property
    def prefecture_user(self) -> User:
        return officer(Role.PREFECTURE_OFFICER, KAGOSHIMA, section=self.office)

    @property
    def officer(self) -> UserActor:
        return actor(self.officer_user)

    @property
    def chief(self) -> UserActor:
        return actor(self.chief_user)

    @property
    def prefecture(self) -> UserActor:
        return actor(self.prefecture_user)

    @cached_property
    def platform(self) -> Platform:
        return communities.register_platform(
            by=self.officer, area=self.area, name="浜坂地区まちづくり協議会", kana="ハマサカチクマチヅクリキョウギカイ",
            summary="", districts=[], stage="sustaining", since_on=date(2019, 4, 1),
        )  # fmt: skip

    def draft(self, **kwargs: Any) -> Application:
        """A draft with nothing in it but a title."""
        return actions.start_application(
            by=self.officer,
            call=open_call(),
            municipality=self.area,
            title="買い物と見守りを支える事業",
            **kwargs,
        )

    def ready(self, *, share_yen: int = SHARE_YEN, expenses: list[ExpenseRow] | None = None) -> Application:
        """A draft that may be submitted: every section filled, 規約 attached, the budget in balance."""
        application = self.draft()
        self.fill_target(application)
        self.fill_plan(application)
        self.fill_budget(application, share_yen=share_yen, expenses=expenses)
        self.attach(application, "charter")
        actions.save_confirm(
            by=self.officer, application=application, revision=0, applicant_title=f"{self.area.name}長",
            applicant_name="試験 一郎", own_number="試企第412号",
        )  # fmt: skip
        return application

    def submitted(self) -> Application:
        """A file that its chief submitted."""
        return actions.submit(by=self.chief, application=self.ready())

    def fill_target(self, application: Application, code: str = "1-2", mode: str = "direct") -> Application:
        return actions.save_target(
            by=self.officer, application=application, revision=0, title="買い物と見守りを支える事業",
            platform=self.platform, project_type=application.menu.project_types.get(code=code), mode=mode,
        )  # fmt: skip

    def fill_plan(self, application: Application) -> Application:
        return actions.save_plan(
            by=self.officer, application=application, revision=0, starts_on=date(2027, 1, 12),
            ends_on=date(2027, 3, 19), texts=TEXTS,
        )  # fmt: skip

    def fill_budget(
        self,
        application: Application,
        *,
        share_yen: int | None = SHARE_YEN,
        expenses: list[ExpenseRow] | None = None,
    ) -> Application:
        return actions.save_budget(
            by=self.officer, application=application, revision=0, expenses=EXPENSES if expenses is None else expenses,
            incomes=INCOMES, share_yen=share_yen,
        )  # fmt: skip

    def attach(self, application: Application, kind: str, filename: str = "規約.pdf") -> Any:
        return actions.add_attachment(
            by=self.officer, application=application, kind=kind, file=staged(self.officer, filename)
        )


def staged(by: UserActor, filename: str = "規約.pdf", content: bytes = PDF_BYTES) -> StoredFile:
    """A file as a person sent it."""
    return uploads.stage(SimpleUploadedFile(filename, content, content_type="application/pdf"), by=by)


def menu(number: int) -> Menu:
    """A menu of the current programme."""
    return Menu.objects.get(programme=open_call().menu.programme, number=number)
