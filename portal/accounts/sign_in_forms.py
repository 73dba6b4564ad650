"""Forms of sign-in and sign-up: allauth's, in our words. They are carried out by allauth's views (accounts.sign_in)."""

import unicodedata
from typing import Any

from allauth.account import forms as account
from allauth.account.fields import EmailField
from allauth.core import context as current
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.validators import EmailValidator

from portal.kernel.fields import clean_text, single_line

from .enums import AgeGroup


class MailField(EmailField):
    """A mail address in whatever width it is typed; the value is in half width and lower case."""

    def __init__(self, *, label: str = "メールアドレス") -> None:
        invalid = "メールアドレスの形を確かめてください。例: name@example.jp"
        super().__init__(
            label=label,
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
            error_messages={"required": "メールアドレスを入力してください。", "invalid": invalid},
        )
        for validator in self.validators:
            if isinstance(validator, EmailValidator):
                self.validators[self.validators.index(validator)] = EmailValidator(message=invalid)

    def to_python(self, value: Any) -> str:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class CodeField(forms.CharField):
    """A code of figures, in whatever width it is typed."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            max_length=40,
            error_messages={"required": f"{label}を入力してください。"},
            widget=forms.TextInput(
                attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "data-ui-size": "m"}
            ),
        )

    def to_python(self, value: Any) -> str:
        return unicodedata.normalize("NFKC", super().to_python(value))


class _Kept:
    """A form that came with a stale token is shown again with what was typed in it."""

    kept: tuple[str, ...] = ()

    def keep(self) -> None:
        request = current.request
        if getattr(request, "csrf_failed", False):
            self.initial |= {name: request.POST.get(name, "") for name in self.kept}  # type: ignore[attr-defined]


class SignInForm(_Kept, account.LoginForm):
    """A mail address; the code goes there."""

    kept = ("login",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"] = MailField()
        self.keep()


class SignUpForm(_Kept, account.SignupForm):
    """Mail address, display name, whether 18, and the agreement (個人情報保護法62条: the purpose is shown before)."""

    kept = ("email", "name", "age_group")
    field_order = ["email", "name", "age_group", "consent"]

    name = forms.CharField(
        label="表示名",
        max_length=40,
        validators=[clean_text, single_line],
        help_text="参加したコミュニティの世話人や、区の担当者に表示されます。あとで変えられます。",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": "表示名を入力してください。"},
    )
    age_group = forms.ChoiceField(
        label="年齢",
        choices=AgeGroup.choices,
        widget=forms.RadioSelect,
        help_text="生年月日はうかがいません。13歳になっていない人は、アカウントを作れません。",
        error_messages={"required": "年齢を選んでください。", "invalid_choice": "年齢を選んでください。"},
    )
    consent = forms.BooleanField(
        label="個人情報の取り扱いに同意します",
        error_messages={"required": "同意しないと、アカウントを作れません。"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = MailField()
        self.order_fields(self.field_order)
        self.keep()


class ChangeEmailForm(account.AddEmailForm):
    """The new address of one's account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = MailField(label="新しいメールアドレス")


class _MailedCode:
    """The code of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(label="確認コード")  # type: ignore[attr-defined]


class _AppCode:
    """Six figures of an app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(label="認証アプリの6けたの数字")  # type: ignore[attr-defined]


class SignInCodeForm(_MailedCode, account.ConfirmLoginCodeForm):
    """The code of a sign-in."""


class EmailCodeForm(_MailedCode, account.ConfirmEmailVerificationCodeForm):
    """The code that proves a mail address."""


class SecondFactorForm(_AppCode, second.AuthenticateForm):
    """At sign-in."""


class ConfirmSecondFactorForm(_AppCode, second.ReauthenticateForm):
    """Asked again before something important."""


class SetUpSecondFactorForm(_AppCode, totp.ActivateTOTPForm):
    """The first figures of a new app."""
