import uuid

import django.db.models.deletion
from django.db import migrations, models

import portal.areas.models
import portal.kernel.clock
import portal.kernel.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=6,
                        primary_key=True,
                        serialize=False,
                        validators=[portal.areas.models.validate_code],
                        verbose_name="全国地方公共団体コード",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("prefecture", "都道府県"),
                            ("designated_city", "政令指定都市"),
                            ("city", "市"),
                            ("town", "町"),
                            ("village", "村"),
                            ("special_ward", "特別区"),
                            ("ward", "行政区"),
                        ],
                        max_length=20,
                        verbose_name="種類",
                    ),
                ),
                ("name", portal.kernel.fields.Line(max_length=40, verbose_name="名前")),
                ("kana", portal.kernel.fields.Line(max_length=80, verbose_name="フリガナ")),
                ("slug", models.SlugField(blank=True, max_length=40, verbose_name="アドレス")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="areas.area",
                        verbose_name="属する団体",
                    ),
                ),
            ],
            options={
                "verbose_name": "地域",
                "verbose_name_plural": "地域",
                "ordering": ["code"],
                'indexes': [models.Index(fields=["parent", "code"], name="area_children")],
                'constraints': [models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{6}$")),
                name="area_code_format",
                violation_error_message="全国地方公共団体コードは、6けたの数字です。",
            ), models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "prefecture"), ("parent__isnull", True)),
                    models.Q(models.Q(("kind", "prefecture"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="area_parent_iff_below_prefecture",
                violation_error_message="都道府県のほかは、属する団体が必要です。",
            ), models.UniqueConstraint(
                condition=models.Q(("slug", ""), _negated=True),
                fields=("slug",),
                name="area_slug_unique",
                violation_error_message="このアドレスは、ほかの地域が使っています。",
            ), models.UniqueConstraint(fields=("code", "kind"), name="area_code_kind_unique")],
            },
        ),
        migrations.CreateModel(
            name="AreaProfile",
            fields=[
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="profile",
                        serialize=False,
                        to="areas.area",
                        verbose_name="地域",
                    ),
                ),
                ("lead", portal.kernel.fields.Text(blank=True, max_length=200, verbose_name="紹介文")),
                (
                    "window_name",
                    portal.kernel.fields.Line(blank=True, max_length=60, verbose_name="窓口の名前"),
                ),
                (
                    "window_address",
                    portal.kernel.fields.Line(blank=True, max_length=120, verbose_name="窓口の所在地"),
                ),
                (
                    "window_hours",
                    portal.kernel.fields.Line(blank=True, max_length=60, verbose_name="窓口の時間"),
                ),
            ],
            options={
                "verbose_name": "地域の紹介",
                "verbose_name_plural": "地域の紹介",
            },
        ),
        migrations.CreateModel(
            name="Authority",
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
                ("name", portal.kernel.fields.Line(max_length=40, verbose_name="団体名")),
                ("site_name", portal.kernel.fields.Line(max_length=40, verbose_name="サイト名")),
                (
                    "site_note",
                    portal.kernel.fields.Line(blank=True, max_length=40, verbose_name="サイト名に添える文"),
                ),
                (
                    "band",
                    models.CharField(
                        choices=[("niigata", "八区縞"), ("kagoshima", "藍縞")],
                        max_length=20,
                        verbose_name="帯",
                    ),
                ),
                (
                    "comma",
                    models.CharField(
                        choices=[("、", "「、」"), ("，", "「，」")],
                        default="、",
                        max_length=1,
                        verbose_name="読点",
                    ),
                ),
                ("head_title", portal.kernel.fields.Line(max_length=40, verbose_name="長の職名")),
                ("head_name", portal.kernel.fields.Line(blank=True, max_length=40, verbose_name="長の氏名")),
                (
                    "contact_section",
                    portal.kernel.fields.Line(blank=True, max_length=60, verbose_name="問い合わせ先"),
                ),
                ("contact_postal_code", models.CharField(blank=True, max_length=8, verbose_name="郵便番号")),
                (
                    "contact_address",
                    portal.kernel.fields.Line(blank=True, max_length=120, verbose_name="所在地"),
                ),
                ("contact_phone", models.CharField(blank=True, max_length=20, verbose_name="電話番号")),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="メールアドレス"),
                ),
                (
                    "contact_hours",
                    portal.kernel.fields.Line(blank=True, max_length=60, verbose_name="受付時間"),
                ),
                ("is_default", models.BooleanField(default=False, verbose_name="このサイト全体の団体")),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authority",
                        to="areas.area",
                        verbose_name="地域",
                    ),
                ),
                (
                    "seal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.storedfile",
                        verbose_name="公印の印影",
                    ),
                ),
            ],
            options={
                "verbose_name": "団体(行政)",
                "verbose_name_plural": "団体(行政)",
                "ordering": ["area"],
                'constraints': [models.UniqueConstraint(
                condition=models.Q(("is_default", True)),
                fields=("is_default",),
                name="authority_one_default",
                violation_error_message="サイト全体の団体は、一つだけです。",
            )],
            },
        ),
        migrations.CreateModel(
            name="SchoolDistrict",
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
                    "kind",
                    models.CharField(
                        choices=[("elementary", "小学校区"), ("junior", "中学校区")],
                        max_length=12,
                        verbose_name="種類",
                    ),
                ),
                ("name", portal.kernel.fields.Line(max_length=60, verbose_name="名前")),
                ("kana", portal.kernel.fields.Line(blank=True, max_length=120, verbose_name="フリガナ")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="school_districts",
                        to="areas.area",
                        verbose_name="市区町村",
                    ),
                ),
            ],
            options={
                "verbose_name": "校区",
                "verbose_name_plural": "校区",
                "ordering": ["area", "kind", "kana", "name"],
                'constraints': [models.UniqueConstraint(
                fields=("area", "kind", "name"),
                name="schooldistrict_name_unique",
                violation_error_message="同じ名前の校区が、すでにあります。",
            )],
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                ("name", portal.kernel.fields.Line(max_length=60, verbose_name="名前")),
                ("symbol", portal.kernel.fields.Line(blank=True, max_length=20, verbose_name="記号")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="areas.authority",
                        verbose_name="団体",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="areas.section",
                        verbose_name="上の組織",
                    ),
                ),
            ],
            options={
                "verbose_name": "課・室",
                "verbose_name_plural": "課・室",
                "ordering": ["authority", "name"],
            },
        ),
        migrations.CreateModel(
            name="SectionCoverage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="areas.area",
                        verbose_name="市町村",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverages",
                        to="areas.section",
                        verbose_name="課・室",
                    ),
                ),
            ],
            options={
                "verbose_name": "受け持ち",
                "verbose_name_plural": "受け持ち",
                'constraints': [models.UniqueConstraint(
                fields=("area",),
                name="sectioncoverage_one_office",
                violation_error_message="一つの市町村を受け持つ地域振興局・支庁は、一つです。",
            )],
            },
        ),
        migrations.AddField(
            model_name="section",
            name="covers",
            field=models.ManyToManyField(
                related_name="offices",
                through="areas.SectionCoverage",
                to="areas.area",
                verbose_name="受け持つ市町村",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("authority", "name"),
                name="section_name_unique",
                violation_error_message="同じ名前の課・室があります。",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="section_not_own_parent",
                violation_error_message="上の組織に、自分自身は選べません。",
            ),
        ),
    ]
