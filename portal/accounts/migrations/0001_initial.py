import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import portal.accounts.models
import portal.kernel.clock
import portal.kernel.fields

# The kind beside the code is the area's own kind; without an area there is nothing to compare (MATCH SIMPLE).
AREA_KIND = """
ALTER TABLE accounts_appointment ADD CONSTRAINT appointment_area_kind_is_the_areas
    FOREIGN KEY (area_id, area_kind) REFERENCES areas_area (code, kind) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
NO_AREA_KIND = "ALTER TABLE accounts_appointment DROP CONSTRAINT appointment_area_kind_is_the_areas;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("areas", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=portal.kernel.clock.now, editable=False, verbose_name="登録日時"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="メールアドレス")),
                ("name", portal.kernel.fields.Line(max_length=40, verbose_name="表示名")),
                (
                    "age_group",
                    models.CharField(
                        choices=[("teen", "13歳以上18歳未満"), ("adult", "18歳以上")],
                        max_length=10,
                        verbose_name="年齢",
                    ),
                ),
                (
                    "adult_confirmed_on",
                    models.DateField(blank=True, null=True, verbose_name="18歳以上と確認した日"),
                ),
                (
                    "consented_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="個人情報の取り扱いに同意した日時"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="利用できる")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "利用者",
                "verbose_name_plural": "利用者",
                'indexes': [models.Index(fields=["created_at", "id"], name="user_created_at")],
                'constraints': [models.CheckConstraint(
                condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                name="user_email_lower_case",
                violation_error_message="メールアドレスは、小文字で保存します。",
            ), models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adult_confirmed_on__isnull", False), ("age_group", "adult")),
                    models.Q(("adult_confirmed_on__isnull", True), ("age_group", "teen")),
                    _connector="OR",
                ),
                name="user_adult_iff_confirmed",
                violation_error_message="18歳以上と確認した日は、18歳以上の人だけが持ちます。",
            )],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=portal.kernel.clock.now, editable=False, verbose_name="登録日時"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("ward_officer", "区担当"),
                            ("city_officer", "市担当(本庁)"),
                            ("city_chief", "市決裁者"),
                            ("city_finance", "市寄附担当"),
                            ("accountant", "出納"),
                            ("municipal_officer", "市町村担当"),
                            ("municipal_chief", "市町村決裁者"),
                            ("prefecture_officer", "県担当"),
                            ("prefecture_section_chief", "県課長"),
                            ("prefecture_head", "県決裁者"),
                            ("secretariat", "審査会事務局"),
                            ("consultation_desk", "相談窓口"),
                            ("auditor", "監査"),
                            ("system_admin", "システム管理者"),
                        ],
                        max_length=30,
                        verbose_name="役職",
                    ),
                ),
                (
                    "area_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prefecture", "都道府県"),
                            ("designated_city", "政令指定都市"),
                            ("city", "市"),
                            ("town", "町"),
                            ("village", "村"),
                            ("special_ward", "特別区"),
                            ("ward", "行政区"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="地域の種類",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="始まる日")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="終わる日")),
                ("acting", models.BooleanField(default=False, verbose_name="職務代理")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="areas.area",
                        verbose_name="地域",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="areas.section",
                        verbose_name="課・室",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="accounts.appointment",
                        verbose_name="後任",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="利用者",
                    ),
                ),
            ],
            options={
                "verbose_name": "役職",
                "verbose_name_plural": "役職",
                'indexes': [models.Index(fields=["user", "starts_on"], name="appointment_user"), models.Index(fields=["area", "role"], name="appointment_area_role"), models.Index(fields=["-starts_on", "id"], name="appointment_recent")],
                'constraints': [models.CheckConstraint(
                condition=models.Q(
                    models.Q(("area_kind__in", ["ward"]), ("role", "ward_officer")),
                    models.Q(("area_kind__in", ["city", "designated_city"]), ("role", "city_officer")),
                    models.Q(("area_kind__in", ["city", "designated_city"]), ("role", "city_chief")),
                    models.Q(("area_kind__in", ["city", "designated_city"]), ("role", "city_finance")),
                    models.Q(
                        ("area_kind__in", ["city", "designated_city", "prefecture"]), ("role", "accountant")
                    ),
                    models.Q(
                        ("area_kind__in", ["city", "designated_city", "special_ward", "town", "village"]),
                        ("role", "municipal_officer"),
                    ),
                    models.Q(
                        ("area_kind__in", ["city", "designated_city", "special_ward", "town", "village"]),
                        ("role", "municipal_chief"),
                    ),
                    models.Q(("area_kind__in", ["prefecture"]), ("role", "prefecture_officer")),
                    models.Q(("area_kind__in", ["prefecture"]), ("role", "prefecture_section_chief")),
                    models.Q(("area_kind__in", ["prefecture"]), ("role", "prefecture_head")),
                    models.Q(
                        (
                            "area_kind__in",
                            ["city", "designated_city", "prefecture", "special_ward", "town", "village"],
                        ),
                        ("role", "secretariat"),
                    ),
                    models.Q(
                        (
                            "area_kind__in",
                            ["city", "designated_city", "prefecture", "special_ward", "town", "village"],
                        ),
                        ("role", "consultation_desk"),
                    ),
                    models.Q(
                        ("area_kind__in", ["city", "designated_city", "prefecture"]), ("role", "auditor")
                    ),
                    models.Q(("area_kind", ""), ("role", "system_admin")),
                    _connector="OR",
                ),
                name="appointment_role_fits_area",
                violation_error_message="この役職は、選んだ地域には置けません。",
            ), models.CheckConstraint(
                condition=models.Q(
                    models.Q(("area__isnull", True), ("area_kind", "")),
                    models.Q(("area__isnull", False), models.Q(("area_kind", ""), _negated=True)),
                    _connector="OR",
                ),
                name="appointment_area_iff_kind",
                violation_error_message="地域と地域の種類は、そろって持ちます。",
            ), models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="appointment_ends_after_start",
                violation_error_message="終わる日は、始まる日より前にはできません。",
            ), django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("user", "="),
                    ("role", "="),
                    (django.db.models.functions.comparison.Coalesce("area", models.Value("")), "="),
                    (
                        django.db.models.functions.comparison.Coalesce(
                            django.db.models.functions.comparison.Cast("section", models.TextField()),
                            models.Value(""),
                        ),
                        "=",
                    ),
                    (portal.accounts.models.DateRange("starts_on", "ends_on", models.Value("[]")), "&&"),
                ],
                name="appointment_terms_do_not_overlap",
                violation_error_message="同じ人の同じ役職で、期間が重なるものがあります。",
            )],
            },
        ),
        migrations.RunSQL(AREA_KIND, NO_AREA_KIND),
    ]
