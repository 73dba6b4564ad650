"""Rows of 執行管理: who reads the money of an authority, and who brings the 財務会計 system's file in."""

from ..access import Row
from .common import PREFECTURE, own

MONEY = PREFECTURE | {"accountant"}
EXECUTION: tuple[Row, ...] = (
    own("grants:execution", "執行管理", "programme", MONEY),
    own("grants:execution_line", "科目の執行", "execution line", MONEY),
    own("grants:order_imports", "財務会計の支払いの取込み", may=frozenset({"accountant"})),
    own("grants:order_import", "財務会計の表", "order import", frozenset({"accountant"})),
)
