"""The file that comes back from the 財務会計 system: 支出命令番号 and 支払日 of our orders, by columns agreed upon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import rules
from django import forms
from django.db.models import Model

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.import_models import Import, ImportRow
from portal.kernel.imports import Column, ImportKind, Twin
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ..fields import DayField, YenField
from ..models import Payment
from ..payments.checking import check_payable
from ..payments.enums import PaymentState
from . import actions, queries

PAST = ("過年度", "過年度支出", "1")


@rules.predicate
def keeps_accounts_there(actor: Actor, imported: Import) -> bool:
    return imported.place in Scope.of(actor).homes(Role.ACCOUNTANT)


permissions.define(
    "grants.import_payment_orders",
    keeps_accounts_there,
    reason="財務会計の結果を取り込めるのは、支払いをする団体の出納です。",
)

COLUMNS = (
    Column(
        name="reference", label="照合番号", clean=forms.CharField(max_length=40), must_map=True, example="P0A1B2C3D4E",
        synonyms=("ポータル番号", "摘要", "備考", "相手方整理番号"), help="ポータルが書き出した番号。財務会計の摘要などに入れておきます。",
    ),
    Column(
        name="number", label="支出命令番号", clean=forms.CharField(max_length=40), must_map=True, example="08-012345",
        synonyms=("支出命令書番号", "命令番号", "伝票番号", "支出命令No"),
    ),
    Column(
        name="paid_on", label="支払日", clean=DayField(required=False), example="令和8年12月18日",
        synonyms=("支払年月日", "支出日", "振込日", "支払済日"), help="空の行は、支出命令番号だけを記録します。",
    ),
    Column(
        name="amount_yen", label="支払額", clean=YenField(required=False), example="500,000",
        synonyms=("金額", "支出額", "支払金額", "命令額"), help="あると、ポータルの額と合うかを確かめます。",
    ),
    Column(
        name="past_year", label="過年度支出", clean=forms.CharField(max_length=20, required=False), example="",
        synonyms=("過年度", "会計区分"), help="「過年度」と書いた行は、現年度の予算から払ったものとして記録します。",
    ),
)  # fmt: skip


class Orders:
    """What one run stands on: the payments of the authority of `imported.place`, for the person who asked."""

    def __init__(self, imported: Import, by: Actor) -> None:
        self.area, self.by = imported.place, by

    def complete(self, values: dict[str, Any], wrong: Mapping[str, str]) -> list[tuple[str, str]]:
        """Find the payment and see whether it can be recorded so. Leaves JSON only."""
        paid_on: date | None = values.get("paid_on")
        values["paid_on"] = paid_on.isoformat() if paid_on else ""
        values["past_year"] = str(values.get("past_year") or "").strip() in PAST
        if "reference" in wrong:
            return []
        found = queries.by_reference(Scope.of(self.by), self.area, values["reference"])
        if len(found) != 1:
            return [
                ("reference", "この照合番号の支払いは、ありません。書き出した表の番号を確かめてください。")
            ]
        payment = found[0]
        values["payment"], values["title"] = str(payment.pk), payment.title
        return list(self._faults(payment, values, paid_on))

    def _faults(
        self, payment: Payment, values: Mapping[str, Any], paid_on: date | None
    ) -> list[tuple[str, str]]:
        if payment.state == PaymentState.CANCELLED:
            return [("reference", "この支出命令は、取り消されています。")]
        faults = []
        number, amount = values.get("number"), values.get("amount_yen")
        if number and payment.order_number not in ("", number):
            faults.append(("number", f"支出命令番号は、もう{payment.order_number}と記録しています。"))
        if amount is not None and amount not in (payment.gross_yen, payment.net_yen):
            faults.append(
                ("amount_yen", f"ポータルの支払額は{yen(payment.gross_yen)}です。額を確かめてください。")
            )
        if paid_on and payment.paid_on not in (None, paid_on):
            faults.append(("paid_on", "もう別の日に支払い済みと記録しています。"))
        elif paid_on and payment.paid_on is None:
            try:
                check_payable(payment, paid_on, values["past_year"])
            except Refusal as no:
                faults.append((no.field or "paid_on", no.message))
        return faults

    def twins(self, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> dict[int, list[Twin]]:
        """Rows that say what is recorded already, and second rows about the same payment. One query."""
        known = Payment.objects.in_bulk([values["payment"] for _, values in rows])
        known_by = {str(pk): payment for pk, payment in known.items()}
        first: dict[str, int] = {}
        found: dict[int, list[Twin]] = {}
        for number, values in rows:
            key = values["payment"]
            payment = known_by[key]
            if key in first:
                found[number] = [
                    Twin(label=payment.title, why="同じ表の前の行と同じ支払いです。", row=first[key])
                ]
            elif _says_the_same(payment, values):
                found[number] = [
                    Twin(
                        label=payment.title,
                        why="もう記録しています。",
                        id=key,
                        url=payment.get_absolute_url(),
                    )
                ]
            first.setdefault(key, number)
        return found

    def lock(self) -> None:
        """Keep others from entering payments of the authority until this transaction ends."""
        rows = queries.open_of_area(self.area).select_for_update(no_key=True, of=("self",))
        list(rows.values_list("pk", flat=True))

    def register(self, rows: Sequence[Mapping[str, Any]]) -> Sequence[Model]:
        """Record each, by the action an accountant would use."""
        return [self._record(values) for values in rows]

    def _record(self, values: Mapping[str, Any]) -> Payment:
        paid_on = date.fromisoformat(values["paid_on"]) if values["paid_on"] else None
        payment = Payment.objects.select_related("authority__area").get(pk=values["payment"])
        return actions.record_order(
            by=self.by,
            payment=payment,
            number=values["number"],
            paid_on=paid_on,
            past_year=values["past_year"],
        )

    def merge(self, values: Mapping[str, Any], twin: str) -> tuple[Model, dict[str, Any]]:
        """Nothing more to record."""
        return Payment.objects.get(pk=twin), {}

    def withdraw(self, rows: Sequence[ImportRow]) -> None:
        """Payments that were made are not taken back by a file. Raises Refusal."""
        raise Refusal("支払いの記録は、まとめて取り消せません。", code="paid")


def _says_the_same(payment: Payment, values: Mapping[str, Any]) -> bool:
    paid = payment.paid_on.isoformat() if payment.paid_on else ""
    return payment.order_number == values["number"] and values["paid_on"] in ("", paid)


PAYMENT_ORDERS = ImportKind(
    key=queries.IMPORT,
    label="財務会計の支払い",
    unit="件",
    columns=COLUMNS,
    title="reference",
    shown=("title", "number", "paid_on"),
    permission="grants.import_payment_orders",
    ground=Orders,
)
