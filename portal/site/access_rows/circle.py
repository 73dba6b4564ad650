"""Rows of what members and organisers write: posts, records of activity, their photos."""

from ..access import Row
from .common import ORGANISER, OWN_STAFF, READING, WRITERS, open_to_all, own, refused

OWN_MUNICIPAL = frozenset({"municipal_here"})
MEMBERS = frozenset({"member", "organiser"})

WRITING = (
    open_to_all("communities:post_list", "投稿の一覧", "community"),
    open_to_all("communities:post_detail", "公開した投稿", "shown post"),
    Row(
        route="communities:post_detail", note="確認を待つ投稿", case="held post",
        may=READING | MEMBERS,
    ),
    refused("communities:post_new", "投稿を書く", "community", MEMBERS | OWN_STAFF),
    refused("communities:post_edit", "投稿を直す", "shown post", MEMBERS | OWN_STAFF),
    refused("communities:post_step", "投稿を公開する・取り下げる", "shown post", MEMBERS | OWN_STAFF),
    refused("communities:post_photo_new", "投稿に写真を加える", "shown post", MEMBERS | OWN_STAFF),
    refused("communities:post_photo_remove", "投稿の写真を消す", "post photo", MEMBERS | OWN_STAFF),
    open_to_all("communities:photo_file", "公開した写真", "photo"),
    open_to_all("communities:activity_list", "活動記録の一覧", "community"),
    open_to_all("communities:activity_detail", "活動記録", "activity"),
    *(
        refused(f"communities:{name}", note, case, ORGANISER | OWN_STAFF)
        for name, note, case in (
            ("activity_new", "活動を記録する", "community"), ("activity_edit", "活動の記録を直す", "activity"),
            ("activity_step", "活動の記録を取り下げる", "activity"),
            ("activity_photo_new", "活動の記録に写真を加える", "activity"),
            ("activity_photo_remove", "活動の記録の写真を消す", "activity photo"),
        )
    ),
)  # fmt: skip

PEOPLE = (
    *(
        refused(f"communities:{name}", note, case, ORGANISER | OWN_STAFF)
        for name, note, case in (
            ("community_members", "参加している人と招待", "community"),
            ("invitation_new", "人を招く", "community"),
            ("invitation_cancel", "招待を取りやめる", "open invitation"),
        )
    ),
    refused("communities:community_handover", "世話人を引き継ぐ", "community", ORGANISER),
    open_to_all("communities:invitation_detail", "招待への返事(届いたリンクから)", "invitation"),
)

FACTS = (
    open_to_all("communities:community_charter", "会則のファイル", "community"),
    refused("communities:community_facts", "会則・リンク・年代を直す", "community", ORGANISER | OWN_STAFF),
    refused("communities:community_rest", "休止・再開", "community", ORGANISER | OWN_STAFF),
    refused("communities:community_dissolve", "解散", "community", ORGANISER | OWN_STAFF),
    own("communities:staff_city_role", "市の役割", "community pk", READING),
)

GROUPS = (
    open_to_all("communities:group_detail", "部会のページ", "group"),
    *(
        refused(f"communities:{name}", note, case, ORGANISER | OWN_STAFF)
        for name, note, case in (
            ("group_new", "部会をつくる", "community"),
            ("group_edit", "部会の内容を直す", "group"),
            ("problem_new", "課題を書く", "group"),
            ("problem_edit", "課題を直す", "problem"),
            ("measure_new", "対応策を書く", "problem"),
            ("measure_edit", "対応策を直す", "measure"),
            ("measure_step", "対応策を進める", "measure"),
        )
    ),
    own("communities:staff_group_new", "区の部会をつくる", may=WRITERS),
)

ORGANISATIONS = (
    own("communities:staff_organisation_list", "主体の一覧", may=WRITERS),
    own("communities:staff_organisation_detail", "主体", "organisation", OWN_STAFF),
    own("communities:staff_organisation_merge", "主体をまとめる", "two organisations", OWN_STAFF),
    own("communities:staff_organisation_unmerge", "まとめたのをもどす", "merge", OWN_STAFF),
)

PLATFORMS = (
    open_to_all("communities:platform_detail", "コミプラのページ", "platform page"),
    own("communities:staff_platform_edit", "コミプラの内容を直す", "platform", OWN_MUNICIPAL),
    own("communities:staff_platform_part_new", "構成団体・部会を加える", "platform", OWN_MUNICIPAL),
    own("communities:staff_platform_part_remove", "構成団体・部会を外す", "platform part", OWN_MUNICIPAL),
)

CIRCLE = WRITING + PEOPLE + FACTS + GROUPS + ORGANISATIONS + PLATFORMS
