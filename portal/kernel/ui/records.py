"""What the kernel remembers, shown: 履歴, pages of a list, the progress of a job."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import template
from django.contrib.auth import get_user_model
from django.utils.safestring import SafeString

from portal.kernel import clock, ports

from .html import el, join
from .lists import moment

register = template.Library()

SOON = timedelta(seconds=5)  # a job this young is mostly a paper, made within a second

ACTORS = {
    "job": "自動処理",
    "provider": "外部のしくみ",
    "token": "申込者(本人のリンク)",
    "visitor": "申込者",
    "user": "利用者",
}


@register.simple_tag
def history(obj: Any, *, limit: int = 50, names: bool = True) -> SafeString:
    """履歴 of `obj`, newest first, for those who work on it. Two queries; `names=False` hides people (one query)."""
    from portal.kernel import audit

    return history_list(audit.history(obj, limit=limit), names=names)


def history_list(entries: Sequence[Any], *, names: bool = True) -> SafeString:
    """Audit entries as a timeline. Without any, one line says so."""
    from portal.kernel.templatetags import fmt

    if not entries:
        return el("p", "記録はまだありません。", class_="small muted")
    people = _people(entries) if names else {}
    rows = []
    for entry in entries:
        line = _line(entry)
        who = people.get(entry.actor_ref) or ACTORS.get(entry.actor_kind, "")
        rows.append(moment(el("p", line), f"{fmt.jstamp(entry.at)} {who}".strip(), title=""))
    return el("ol", join(rows), class_="timeline timeline--s history")


@register.simple_tag
def pager(page: Any) -> SafeString:
    """Next and previous of a list (kernel.paging.Page). One page alone shows its count only."""
    count = el("p", page.count_label, class_="pager__count") if page.count_label else ""
    ways: list[tuple[str, str, str, str | None]] = (
        [("最初のページ", page.first_url, "button--text", None)] if not page.is_first else []
    )
    ways += [
        ("前のページ", page.previous_url, "button--line", "prev"),
        ("次のページ", page.next_url, "button--line", "next"),
    ]
    links = [
        el("a", text, href=url, class_=f"button {look}", rel=rel) for text, url, look, rel in ways if url
    ]
    inside = join([count, el("p", join(links), class_="actions") if links else ""])
    return el("nav", inside, class_="pager", aria_label="ページ") if links else inside


@register.inclusion_tag("ui/job_progress.html", takes_context=True)
def job_progress(context: Any, job: Any, *, done_url: Any = "", done_label: str = "開く") -> dict[str, Any]:
    """How far a job is. Its owner's page polls with htmx; without JavaScript, and for others, a link reloads the page."""
    return {"done_url": done_url, "done_label": done_label, "wrap": True} | _job(context, job)


@register.inclusion_tag("ui/job_progress.html", takes_context=True)
def job_fragment(context: Any, job: Any) -> dict[str, Any]:
    """The part that is swapped while polling."""
    return {"done_url": "", "done_label": "", "wrap": False} | _job(context, job)


def _job(context: Any, job: Any) -> dict[str, Any]:
    actor = getattr(context.get("request"), "actor", None)
    return {
        "job": job,
        "here": _here(context),
        "polls": getattr(actor, "ref", None) == job.owner_ref,
        "soon": clock.now() - job.created_at < SOON,
    }


def _here(context: Any) -> str:
    request = context.get("request")
    htmx = getattr(request, "htmx", None)
    if htmx:
        return str(htmx.current_url_abs_path or "")
    return request.get_full_path() if request is not None else ""


def _people(entries: Sequence[Any]) -> dict[str, str]:
    ids = {entry.actor_ref.removeprefix("user:") for entry in entries if entry.actor_kind == "user"}
    if not ids:
        return {}
    return {
        f"user:{user.pk}": str(getattr(user, "name", ""))
        for user in get_user_model()._default_manager.filter(pk__in=ids)
    }


def _line(entry: Any) -> str:
    presenter = ports.audit_presenters.get(entry.event)
    return presenter(entry.data).text if presenter is not None else entry.event
