"""執行管理: what a 科目 was charged, ordered and paid; the file of the 財務会計 system in, read, recorded once."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from grants import actions as grants
from grants.execution import actions, queries
from grants.execution.sums import left, uncommitted
from grants.models import Application, BudgetLine, Commitment, Payment, Programme
from grants.payments.enums import PaymentKind
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import audit, exports, imports, jobs, uploads
from portal.kernel.actors import UserActor
from portal.kernel.import_models import Import
from portal.kernel.models import Job
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import deciding, line_of
from tests.factories.grants import Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import form_of, send, text_of

PAID = "令和8年11月27日"


@pytest.fixture
def accountant(town: Town) -> User:
    return officer(Role.ACCOUNTANT, KAGOSHIMA)


@pytest.fixture
def case(town: Town) -> Application:
    """A file whose 支出負担行為 of 710,000 yen is made, by rows."""
    case = deciding(town)
    Commitment.objects.filter(approval__application=case).update(number="負-55", made_on=date(2026, 11, 25))
    return case


def ordered(town: Town, case: Application, gross_yen: int = 500_000, slot: str = "a") -> Payment:
    return grants.order_payment(
        by=town.prefecture, authority=case.menu.programme.authority, case=case, slot=slot, title=f"補助金 {slot}",
        kind=PaymentKind.GRANT, payee=town.area.name, gross_yen=gross_yen, year=2026,
    )  # fmt: skip


def row_of(line: BudgetLine) -> Any:
    return queries.lines(Programme.objects.filter(pk=line.programme_id)).get(pk=line.pk)


def brought(
    user: User, *rows: str, head: str = "摘要,支出命令番号,支払年月日,金額", code: str = "cp932"
) -> Import:
    """A file brought in, its columns as they were guessed, and read."""
    by = actor(user)
    table = "\n".join([head, *rows, ""]).encode(code)
    file = uploads.stage(SimpleUploadedFile("支払.csv", table, content_type="text/csv"), by=by)
    imported = imports.open_import(by=by, kind=queries.IMPORT, place=KAGOSHIMA, file=file)
    imports.choose_columns(by=by, imported=imported, mapping=imported.mapping, options={})
    return ran(imported)


def ran(imported: Import) -> Import:
    imported.refresh_from_db()
    jobs.run(Job.objects.get(key=imported.job_key).pk)
    imported.refresh_from_db()
    return imported


def applied(user: User, imported: Import) -> Import:
    imports.ask_to_apply(by=actor(user), imported=imported)
    return ran(imported)


def test_a_line_says_what_was_charged_ordered_and_paid(
    town: Town, case: Application, accountant: User, clock: ClockFile
) -> None:
    line = line_of(town, case.menu)
    payment = ordered(town, case)
    ordered(town, case, 100_000, "b")
    cancelled = ordered(town, case, 50_000, "c")
    grants.cancel_payment(by=town.prefecture, payment=cancelled, note="誤り")
    other = deciding(Town())
    clock.set("2026-11-27T10:00:00+09:00")
    grants.enter_payment(by=actor(accountant), payment=payment, paid_on=date(2026, 11, 27))
    row = row_of(line)
    assert (row.planned_yen, row.committed_yen, row.ordered_yen, row.paid_yen) == (
        710_000,
        710_000,
        600_000,
        500_000,
    )
    assert (uncommitted(row), left(row)) == (line.amount_yen - 1_420_000, 210_000)
    scope = Scope.of(actor(accountant))
    assert {found.approval.application for found in queries.commitments_of(line, scope)} == {case, other}
    assert sorted(found.gross_yen for found in queries.payments_of(line, scope)) == [100_000, 500_000]


def test_a_file_records_number_and_day_once(
    town: Town, case: Application, accountant: User, clock: ClockFile
) -> None:
    first, second = ordered(town, case), ordered(town, case, 100_000, "b")
    clock.set("2026-11-30T10:00:00+09:00")
    lines = (f'{first.reference},08-1,{PAID},"500,000"', f"ｐ{second.reference[1:].lower()},08-2,,100000")
    imported = brought(accountant, *lines)
    assert (imported.state, imported.ready_count, imported.faulty_count) == ("previewed", 2, 0)
    first.refresh_from_db()
    assert first.order_number == ""
    assert applied(accountant, imported).made_count == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.order_number, first.paid_on, first.state) == ("08-1", date(2026, 11, 27), "paid")
    assert (second.order_number, second.paid_on, second.state) == ("08-2", None, "ordered")
    assert [entry.event for entry in audit.history(first)][:2] == [
        "grants.payment.pay",
        "grants.payment.numbered",
    ]

    again = brought(accountant, *lines)
    assert (again.ready_count, again.twin_count) == (0, 2)
    with pytest.raises(Refusal, match="登録する行がありません"):
        imports.ask_to_apply(by=actor(accountant), imported=again)
    imports.ask_to_undo(by=actor(accountant), imported=imported)
    assert ran(imported).problem == "支払いの記録は、まとめて取り消せません。"
    assert imported.state == "applied"


@pytest.mark.parametrize(
    ("reference", "rest", "where", "words"),
    [
        ("P0000000000", f"08-1,{PAID},500000", "照合番号", "支払いは、ありません"),
        ("福祉費", f"08-1,{PAID},500000", "照合番号", "支払いは、ありません"),
        ("", f"08-1,{PAID},500000", "照合番号", "照合番号を入力してください"),
        (None, f",{PAID},500000", "支出命令番号", "支出命令番号を入力してください"),
        (None, "08-1,きのう,500000", "支払日", "日付"),
        (None, "08-1,令和8年12月1日,500000", "支払日", "先の日は入れられません"),
        (None, "08-1,令和8年11月28日,500000", "支払日", "銀行が開いている日"),
        (None, "08-1,令和8年11月24日,500000", "支払日", "より前の日"),
        (None, f"08-1,{PAID},400000", "支払額", "ポータルの支払額は500,000円"),
    ],
)
def test_a_row_that_cannot_be_recorded_says_why_at_its_cell(
    town: Town,
    case: Application,
    accountant: User,
    clock: ClockFile,
    reference: str | None,
    rest: str,
    where: str,
    words: str,
) -> None:
    payment = ordered(town, case)
    clock.set("2026-11-30T10:00:00+09:00")
    imported = brought(accountant, f"{payment.reference if reference is None else reference},{rest}")
    fault = imported.rows.get().faults[0]
    assert where in fault["where"]
    assert words in fault["message"]


def test_nothing_is_recorded_when_one_row_was_paid_meanwhile(
    town: Town, case: Application, accountant: User, clock: ClockFile
) -> None:
    first, second = ordered(town, case), ordered(town, case, 100_000, "b")
    clock.set("2026-11-30T10:00:00+09:00")
    imported = brought(accountant, f"{second.reference},08-2,{PAID},", f"{first.reference},08-1,{PAID},")
    grants.enter_payment(by=actor(accountant), payment=first, paid_on=date(2026, 11, 26))
    imported = applied(accountant, imported)
    assert (imported.state, "別の日に支払い済み" in imported.problem) == ("previewed", True)
    second.refresh_from_db()
    assert (second.order_number, second.state) == ("", "ordered")


def test_a_payment_twice_in_one_file_is_recorded_once(
    town: Town, case: Application, accountant: User, clock: ClockFile
) -> None:
    payment = ordered(town, case)
    clock.set("2026-11-30T10:00:00+09:00")
    imported = brought(
        accountant, f"{payment.reference},08-1,{PAID},", f"{payment.reference},08-1,{PAID},", code="utf-8"
    )
    assert (imported.ready_count, imported.twin_count) == (1, 1)
    assert applied(accountant, imported).made_count == 1


def test_only_the_accountant_of_the_authority_records(
    town: Town, case: Application, accountant: User
) -> None:
    payment = ordered(town, case)
    with pytest.raises(PermissionDenied):
        actions.record_order(by=town.prefecture, payment=payment, number="08-1")
    by = actor(accountant)
    actions.record_order(by=by, payment=payment, number="08-1")
    actions.record_order(by=by, payment=payment, number="08-1")
    with pytest.raises(Refusal, match="もう08-1と記録"):
        actions.record_order(by=by, payment=payment, number="08-2")
    with pytest.raises(PermissionDenied):
        brought(town.prefecture_user, f"{payment.reference},08-1,,")


def test_the_pages_lead_from_the_sums_to_the_records(
    town: Town, case: Application, accountant: User, client: Client, clock: ClockFile
) -> None:
    payment, line = ordered(town, case), line_of(town, case.menu)
    client.force_login(accountant)
    url = reverse("grants:execution", args=[line.programme.slug])
    page = client.get(url)
    assert_html(page.content)
    assert "500,000円" in text_of(page)
    here = reverse("grants:execution_line", args=[line.programme.slug, line.pk])
    assert here in page.content.decode()
    detail = client.get(here)
    assert_html(detail.content)
    assert payment.reference in text_of(detail)
    assert case.get_staff_url() in detail.content.decode()
    clock.set("2026-11-30T10:00:00+09:00")
    start = reverse("grants:order_imports")
    table = f"照合番号,支出命令番号,支払日\n{payment.reference},08-1,{PAID}\n".encode("cp932")
    file = SimpleUploadedFile("支払.csv", table, content_type="text/csv")
    sent = client.post(start, form_of(client.get(start)) | {"file": file})
    assert sent.status_code == 303
    imported = Import.objects.get()
    at = reverse("grants:order_import", args=[imported.pk])
    assert_html(client.get(at).content)
    assert send(client, at).status_code == 303
    ran(imported)
    page = client.get(at)
    assert "1件を記録する" in text_of(page)
    assert send(client, at).status_code == 303
    ran(imported)
    assert "記録しました" in text_of(client.get(at))
    payment.refresh_from_db()
    assert payment.order_number == "08-1"


def test_the_execution_goes_out_as_a_table(town: Town, case: Application, accountant: User) -> None:
    ordered(town, case)
    by: UserActor = actor(accountant)
    params = {"programme": case.menu.programme.slug}
    for form, code in (("csv", "utf-8-sig"), ("cp932", "cp932")):
        export = exports.ask_for_export(by=by, kind="execution", form=form, params=params)
        text = b"".join(exports.stream(export, by)).decode(code)
        assert "支出負担行為" in text.splitlines()[0]
        assert "710000" in text
        assert "500000" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_line_and_for_three(
    town: Town, case: Application, accountant: User, client: Client, assert_queries: Any, count: int
) -> None:
    for number in range(1, count):
        grants.save_budget_line(
            by=town.prefecture, programme=case.menu.programme, kan="総務費", kou="企画費", moku=f"目{number}", setsu=18,
            amount_yen=1_000_000,
        )  # fmt: skip
    client.force_login(accountant)
    url = reverse("grants:execution", args=[case.menu.programme.slug])
    client.get(url)
    with assert_queries(8):
        client.get(url)
