"""How the events of profiles, letters and moderation read in 履歴."""

from portal.kernel.ports import say

LINES = {
    "profile.saved": "プロフィールを書きました",
    "profile.opened": "プロフィールを公開しました",
    "profile.closed": "プロフィールの公開をやめました",
    "report.sent": "知らせが届きました",
    "report.uphold": "非表示にしました",
    "report.dismiss": "問題なしとしました",
    "report.read": "やりとりを読みました",
    "hiding.read": "やりとりを読みました",
    "hiding.hidden": "非表示にしました",
    "hiding.restore": "もとに戻しました",
    "hiding.appeal": "異議が出されました",
    "hiding.grant": "異議を認めて、もとに戻しました",
    "hiding.keep": "非表示のままとしました",
    "exchange.begun": "連絡をはじめました",
    "exchange.stop": "やりとりをやめました",
    "exchange.purged": "保存期間が過ぎたやりとりを消しました",
    "letter.sent": "メッセージを送りました",
    "community.easy_written": "やさしい日本語の文を書きました",
    "event.easy_written": "やさしい日本語の文を書きました",
    "postingrule.set": "投稿の決まりを変えました",
}
say("communities", LINES)
