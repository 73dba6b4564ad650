"""Appointments (役職): their stable keys, where each is held, who gives it, what it opens."""

from django.db.models import TextChoices

from portal.areas.enums import CITIES, MUNICIPALITIES, AreaKind


class Role(TextChoices):
    """Stable keys: other systems name them. Standing at a single record is not here; it lives with the record."""

    WARD_OFFICER = "ward_officer", "区担当"
    CITY_OFFICER = "city_officer", "市担当(本庁)"
    CITY_CHIEF = "city_chief", "市決裁者"
    CITY_FINANCE = "city_finance", "市寄附担当"
    ACCOUNTANT = "accountant", "出納"
    MUNICIPAL_OFFICER = "municipal_officer", "市町村担当"
    MUNICIPAL_CHIEF = "municipal_chief", "市町村決裁者"
    PREFECTURE_OFFICER = "prefecture_officer", "県担当"
    PREFECTURE_SECTION_CHIEF = "prefecture_section_chief", "県課長"
    PREFECTURE_HEAD = "prefecture_head", "県決裁者"
    SECRETARIAT = "secretariat", "審査会事務局"
    CONSULTATION_DESK = "consultation_desk", "相談窓口"
    AUDITOR = "auditor", "監査"
    SYSTEM_ADMIN = "system_admin", "システム管理者"


class AgeGroup(TextChoices):
    """What a person declares at sign-up. No birth date is asked; under 13 there is no account (domain.md 5.2)."""

    TEEN = "teen", "13歳以上18歳未満"
    ADULT = "adult", "18歳以上"


_CITY_OR_PREFECTURE = CITIES | {AreaKind.PREFECTURE}
_ANY_GOVERNMENT = MUNICIPALITIES | {AreaKind.PREFECTURE}

# Kinds of areas where each appointment can be held; an empty set: held at the installation, without an area.
ROLE_KINDS: dict[str, frozenset[str]] = {
    Role.WARD_OFFICER: frozenset({AreaKind.WARD}),
    Role.CITY_OFFICER: CITIES,
    Role.CITY_CHIEF: CITIES,
    Role.CITY_FINANCE: CITIES,
    Role.ACCOUNTANT: _CITY_OR_PREFECTURE,
    Role.MUNICIPAL_OFFICER: MUNICIPALITIES,
    Role.MUNICIPAL_CHIEF: MUNICIPALITIES,
    Role.PREFECTURE_OFFICER: frozenset({AreaKind.PREFECTURE}),
    Role.PREFECTURE_SECTION_CHIEF: frozenset({AreaKind.PREFECTURE}),
    Role.PREFECTURE_HEAD: frozenset({AreaKind.PREFECTURE}),
    Role.SECRETARIAT: _ANY_GOVERNMENT,
    Role.CONSULTATION_DESK: _ANY_GOVERNMENT,
    Role.AUDITOR: _CITY_OR_PREFECTURE,
    Role.SYSTEM_ADMIN: frozenset(),
}

# A chief's appointment ends only when a successor or 職務代理 stands ready (workflows.md, Appointments and April).
CHIEFS = frozenset(
    {Role.CITY_CHIEF, Role.MUNICIPAL_CHIEF, Role.PREFECTURE_SECTION_CHIEF, Role.PREFECTURE_HEAD}
)

# What a city officer may hand out inside the city. Everything that decides, pays or audits comes from the system
# administrator: nobody makes their own superior.
GIVEN_BY_CITY_OFFICER = frozenset({Role.WARD_OFFICER, Role.CITY_OFFICER, Role.CONSULTATION_DESK})

# Whose area the cross search opens beyond the public: those who work with communities and events there, and audit.
SEARCHING = frozenset(
    {
        Role.WARD_OFFICER,
        Role.CITY_OFFICER,
        Role.CITY_CHIEF,
        Role.MUNICIPAL_OFFICER,
        Role.MUNICIPAL_CHIEF,
        Role.AUDITOR,
    }
)
