"""Forms: the hidden part, the error summary that links to its fields, groups of fields."""

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString, mark_safe

from . import html
from .html import el, join

register = template.Library()


@register.simple_tag(takes_context=True)
def form_open(context: Any, form: Any) -> SafeString:
    """What stands first inside <form method="post" novalidate>: token, once-key, hidden fields, error summary."""
    return join([csrf_once(context, form), error_summary(form)])


@register.simple_tag(takes_context=True)
def csrf_once(context: Any, form: Any = None) -> SafeString:
    """The CSRF token and the hidden fields of the form (among them its once-key)."""
    request = context.get("request")
    token = context.get("csrf_token") or (get_token(request) if request is not None else "")
    parts: list[Any] = [el("input", type="hidden", name="csrfmiddlewaretoken", value=token)] if token else []
    parts += [str_of(field) for field in form.hidden_fields()] if form is not None else []
    return join(parts)


@register.simple_tag
def error_summary(form: Any, *, title: str = "", level: int = 2) -> SafeString:
    """What is to be put right, each line a link to its field. Empty when nothing is wrong."""
    if form is None or not form.is_bound or not form.errors:
        return html.EMPTY
    lines: list[Any] = [el("li", error) for error in form.non_field_errors()]
    places = 0
    for name in form.errors:
        if name not in form.fields:
            continue
        field = form[name]
        places += 1
        for error in field.errors:
            lines.append(el("li", error if field.is_hidden else el("a", error, href=f"#{target_of(field)}")))
    words = title or (f"入力を直してください({places}か所)" if places else "まだ受け付けていません")
    heading = el(f"h{level}", words, class_="errors__title", id="errors-title")
    return el(
        "div",
        join([heading, el("ul", join(lines))]),
        class_="errors measure",
        role="alert",
        id="errors",
        tabindex="-1",
        aria_labelledby="errors-title",
    )


@register.simple_tag
def form_body(form: Any) -> SafeString:
    """All visible fields in order, each with label, help and error."""
    return join(field.as_field_group() for field in form.visible_fields())


@register.simple_block_tag
def fieldset(content: str, legend: Any, *, id: str = "") -> SafeString:
    """A part of a form with its heading."""
    return el("fieldset", join([el("legend", legend), mark_safe(content)]), class_="fieldset", id=id)


def target_of(field: Any) -> str:
    """The id an error links to: the control itself, or the first choice of a group."""
    widget = field.field.widget
    own = str(widget.id_for_label(field.auto_id))
    if own:
        return own
    return f"{field.auto_id}_0"


def str_of(field: Any) -> SafeString:
    """A bound field drawn by its own widget."""
    return mark_safe(str(field))
