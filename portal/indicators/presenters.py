"""How audit entries of the indicators read in 履歴."""

from collections.abc import Mapping
from typing import Any

from portal.kernel import ports
from portal.kernel.fiscal import FiscalYear
from portal.kernel.ports import AuditLine

from .enums import ValueKind


def _value(data: Mapping[str, Any]) -> str:
    return f"{FiscalYear(data['fiscal_year']).label}の{ValueKind(data['kind']).label}"


def indicator_loaded(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text="指標を登録した")


def definition_loaded(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"定義の第{data['version']}版を登録した")


def value_recorded(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(text=f"{_value(data)}を{data['value']:,}件と登録した")


def value_corrected(data: Mapping[str, Any]) -> AuditLine:
    return AuditLine(
        text=f"{_value(data)}を{data['old_value']:,}件から{data['value']:,}件に直した", tone="warn"
    )


def register() -> None:
    ports.audit_presenters.register("indicators.indicator.loaded", indicator_loaded)
    ports.audit_presenters.register("indicators.definition.loaded", definition_loaded)
    ports.audit_presenters.register("indicators.indicatorvalue.recorded", value_recorded)
    ports.audit_presenters.register("indicators.indicatorvalue.corrected", value_corrected)
