"""Kinds of areas and what an installation says in a government's name."""

from django.db.models import TextChoices


class AreaKind(TextChoices):
    """Kinds of 地方公共団体 and their 区 (地方自治法1条の3, 252条の19, 252条の20, 281条)."""

    PREFECTURE = "prefecture", "都道府県"
    DESIGNATED_CITY = "designated_city", "政令指定都市"
    CITY = "city", "市"
    TOWN = "town", "町"
    VILLAGE = "village", "村"
    SPECIAL_WARD = "special_ward", "特別区"
    WARD = "ward", "行政区"


CITIES = frozenset({AreaKind.DESIGNATED_CITY, AreaKind.CITY})
MUNICIPALITIES = CITIES | {AreaKind.TOWN, AreaKind.VILLAGE, AreaKind.SPECIAL_WARD}

# The mayor's title by kind (地方自治法139条); special wards and designated cities follow their last character.
HEAD_TITLES = {
    "県": "県知事",
    "都": "都知事",
    "道": "道知事",
    "府": "府知事",
    "市": "市長",
    "区": "区長",
    "町": "町長",
    "村": "村長",
}


class Band(TextChoices):
    """The woven band at the head of each page."""

    NIIGATA = "niigata", "八区縞"
    KAGOSHIMA = "kagoshima", "藍縞"


class Comma(TextChoices):
    """The comma of official Japanese: 「、」 or, as all pages of Kagoshima Prefecture write it, 「，」."""

    TOUTEN = "、", "「、」"
    FULL_WIDTH = "，", "「，」"


class DistrictKind(TextChoices):
    """Kinds of school districts."""

    ELEMENTARY = "elementary", "小学校区"
    JUNIOR = "junior", "中学校区"
