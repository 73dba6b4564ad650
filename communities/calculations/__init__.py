"""What follows from an event without asking the database."""

from dataclasses import dataclass
from datetime import date

from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, fiscal_year

from ..enums import NAMES_DAYS, Collector
from ..models import Event


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a person agrees to before sending (個人情報保護法62条): who collects, why, who reads it, until when."""

    collector: str
    use: str
    recipients: str
    kept_until: date


def purpose_of(event: Event) -> Purpose:
    """The purpose of an event, from its collector. `event` comes with area and host.

    Entries are erased at the end of the 年度 after the event (retention 1 year, counted from 1 April).
    """
    office = f"{event.area.full_name}の担当者"
    host = str(event.host)
    # A prefecture's event in a municipality: the prefecture collects, its 窓口 there reads.
    elsewhere = event.host_authority is not None and event.host_authority.area_id == event.area.parent_id
    collecting = host if elsewhere and not event.area.is_ward else event.area.full_name
    names = f"氏名は、申込みの締切から催しの{NAMES_DAYS}日後までに限り、主催する{host}の世話人も見ます。"
    partners = f"、{event.co_hosts}" if event.co_hosts else ""
    shared = f"共催する{event.co_hosts}にも、名簿として渡します。" if event.co_hosts else ""
    by_whom = {
        Collector.CITY: (
            collecting,
            f"{office}が読みます。" + (names if event.host_community_id else ""),
        ),
        Collector.COMMUNITY: (
            host,
            f"{host}の世話人が、申込みの締切から催しの{NAMES_DAYS}日後までに限り読みます。",
        ),
        Collector.JOINT: (
            f"{event.area.full_name}と{host}{partners}",
            f"{office}が読みます。{names if event.host_community_id else ''}{shared}",
        ),
    }
    collector, recipients = by_whom[Collector(event.collector)]
    year = fiscal_year(event.ends_at.astimezone(clock.JST).date())
    return Purpose(
        collector=collector, use="この催しの連絡、名簿、行事保険にだけ使います。", recipients=recipients,
        kept_until=FiscalYear(year + 1).end,
    )  # fmt: skip
