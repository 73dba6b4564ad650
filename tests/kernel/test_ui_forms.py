"""Forms as people meet them: labels, help, errors that are tied to their fields, a summary that leads there."""

import re
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from portal.kernel import wording
from portal.kernel.gallery_samples import SampleForm
from portal.kernel.renderer import LOOKS, Choice, Renderer
from tests.kernel.test_ui_pieces import draw

BODY = "{% error_summary form %}{% form_body form %}"


class MixedForm(forms.Form):
    """A form with a wide choice of fields, without sentences of its own."""

    name = forms.CharField(label="氏名", max_length=5)
    mail = forms.EmailField(label="メールアドレス")
    count = forms.IntegerField(label="人数", min_value=1, max_value=3)
    on = forms.DateField(label="開催日")
    kind = forms.ChoiceField(label="区分", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    consent = forms.BooleanField(label="同意します")
    file = forms.FileField(label="会則")
    words = forms.CharField(label="ひとことで言うと")
    note = forms.CharField(label="補足", required=False, error_messages={"required": "自分の文"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wording.teach(self.fields)


def test_required_and_optional_are_said_in_words() -> None:
    html = draw(BODY, form=SampleForm())
    assert html.count("※必須") == 6
    assert html.count("任意") == 6


def test_every_error_is_tied_to_its_field_and_linked_from_the_summary() -> None:
    html = draw(BODY, form=SampleForm({"size": "百人"}))
    targets = re.findall(r'<li><a href="#([^"]+)"', html)
    assert "id_size" in targets
    assert "id_public_0" in targets
    for target in targets:
        assert f'id="{target}"' in html
    control = re.search(r'<input[^>]+id="id_size"[^>]*>', html)
    assert control
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="id_size_error"' in control[0]
    assert "＊参加人数は、数字で入力してください。例:100" in html
    assert 'value="百人"' in control[0]


def test_help_and_error_are_both_read_out() -> None:
    html = draw(BODY, form=SampleForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html


def test_group_of_choices_is_described_as_a_group() -> None:
    html = draw(BODY, form=SampleForm({}))
    assert '<fieldset class="field" aria-describedby="id_public_error">' in html
    radios = re.findall(r'<input type="radio" name="public"[^>]*>', html)
    assert len(radios) == 2
    assert all("aria-invalid" not in radio for radio in radios)


def test_hints_of_the_widget_are_used_and_not_printed() -> None:
    html = draw(BODY, form=SampleForm())
    assert "data-ui" not in html
    assert '<div class="unit"><input type="text" name="size"' in html
    assert "<span>人</span>" in html
    assert "input--num" in html
    assert '<div class="amounts"' in html
    assert "2,000字まで" in html


def test_choice_may_carry_a_line_of_help() -> None:
    assert "<small>話した内容を、その場で文字にして映します</small>" in draw(BODY, form=SampleForm())
    assert Choice("甲", help="乙") == "甲"


def test_controls_keep_classes_that_the_form_gave() -> None:
    class Coded(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "input--code"}))

    assert 'class="input input--code"' in draw("{{ form.code }}", form=Coded())


def test_split_controls_are_dressed_too() -> None:
    class Two(forms.Form):
        at = forms.SplitDateTimeField(label="日時")

    assert draw("{{ form.at.as_field_group }}", form=Two()).count('class="input"') == 2


def test_unbound_and_valid_forms_have_no_summary() -> None:
    assert draw("{% error_summary form %}", form=MixedForm()) == ""
    good = {
        "name": "里帆",
        "words": "本を読む会",
        "mail": "a@example.jp",
        "count": "2",
        "on": "2026-11-28",
        "kind": "a",
        "consent": "on",
    }
    form = MixedForm(good, {"file": SimpleUploadedFile("a.txt", b"x")})
    assert form.is_valid(), form.errors
    assert draw("{% error_summary form %}", form=form) == ""


def test_refusal_without_a_field_says_that_nothing_was_accepted() -> None:
    form = MixedForm({})
    form.full_clean()
    form._errors.clear()
    form.add_error(None, "ほかの人が先に締め切りました。")
    html = draw("{% error_summary form %}", form=form)
    assert "まだ受け付けていません" in html
    assert "ほかの人が先に締め切りました。" in html


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        ({}, "name", "氏名を入力してください。"),
        ({}, "words", "「ひとことで言うと」を入力してください。"),
        ({}, "kind", "区分を選んでください。"),
        ({}, "consent", "「同意します」に印を付けてください。"),
        ({}, "file", "会則のファイルを選んでください。"),
        ({"name": "あいうえおか"}, "name", "氏名は、5字までで入力してください。いまは6字です。"),
        ({"mail": "x"}, "mail", "メールアドレスは、name@example.jp のような形で入力してください。"),
        ({"count": "百"}, "count", "人数は、数字で入力してください。例:100"),
        ({"count": "9"}, "count", "人数は、3以下で入力してください。"),
        ({"count": "0"}, "count", "人数は、1以上で入力してください。"),
        ({"on": "いつか"}, "on", "開催日は、年月日で入力してください。例:2026-11-28"),
        ({"kind": "z"}, "kind", "区分は、並んでいるものから選んでください。"),
    ],
)
def test_sentence_names_the_field_and_what_to_do(data: dict[str, str], name: str, said: str) -> None:
    assert MixedForm(data).errors[name] == [said]


def test_sentences_the_form_has_written_win() -> None:
    assert MixedForm().fields["note"].error_messages["required"] == "自分の文"


def test_renderer_is_the_one_in_use(settings: Any) -> None:
    assert f"{Renderer.__module__}.{Renderer.__name__}" == settings.FORM_RENDERER
    assert draw("{{ form }}", form=MixedForm()).count("<label") >= 7


class _Attributed(forms.Select):
    """A select whose options carry attributes."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().create_option(*args, **kwargs) | {
            "attrs": {"data-x": '"<', "disabled": True, "hidden": False}
        }


@pytest.mark.parametrize("widget", [forms.Select, _Attributed, forms.SelectMultiple])
@pytest.mark.parametrize("chosen", [None, "b", ["b"]])
def test_select_of_ours_says_what_djangos_template_says(widget: type[forms.Select], chosen: Any) -> None:
    """The same elements, attributes and text: groups, the chosen one, and everything escaped."""
    choices = [("", "---"), ('a"<', "A & <b>"), ("群<", [("b", mark_safe("<i>B</i>")), ("c", "C")])]
    drawn = widget(attrs={"id": "id_x", "title": '<"&'})
    drawn.choices = choices
    ours = drawn.render("x", chosen, renderer=Renderer())
    theirs = drawn.render("x", chosen, attrs={"class": LOOKS["select"]}, renderer=DjangoTemplates())
    assert parse_html(ours) == parse_html(theirs)
