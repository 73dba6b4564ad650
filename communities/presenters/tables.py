"""How bringing tables in and taking lists out reads in 履歴."""

from portal.kernel.ports import say

LINES = {
    "community.withdrawn": "まとめての登録を取り消し、コミュニティを消しました",
    "event.withdrawn": "まとめての登録を取り消し、催しを消しました",
}
say("communities", LINES)
