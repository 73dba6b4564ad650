"""What an actor may do to a decided application: standing only; the phase is the workflow's and the actions' matter."""

from portal.kernel import permissions

from ..rules import is_chief_of_applicant, is_officer_of_routed_office, works_for_applicant

permissions.define(
    "grants.write_result",
    works_for_applicant,
    reason="実績を書けるのは、補助を受けた市町村の担当者です。",
)
permissions.define(
    "grants.report_result",
    is_chief_of_applicant,
    reason="実績を報告できるのは、市町村の決裁者です。庁内の決裁が済んだら、決裁者の役職を持つ人がこの画面から報告します。",
)
permissions.define(
    "grants.request_change",
    is_chief_of_applicant,
    reason="変更や概算払を申請できるのは、市町村の決裁者です。庁内の決裁が済んだら、決裁者の役職を持つ人がこの画面から申請します。",
)
permissions.define(
    "grants.inspect_result",
    is_officer_of_routed_office,
    reason="検査できるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.close_application",
    is_officer_of_routed_office,
    reason="完了にできるのは、この案件を受け持つ振興局・支庁または課の担当者です。",
)
permissions.define(
    "grants.claim_payment",
    is_chief_of_applicant,
    reason="請求できるのは、市町村の決裁者です。",
)
