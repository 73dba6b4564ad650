"""Objects with which the rows of the officer's day are opened."""

from datetime import timedelta
from typing import Any

from communities import actions
from communities.actions.inquiries import Asked
from communities.mails.inquiries import inquiry_token
from communities.models import Community
from grants.models import Application
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.ports import DeskItem
from portal.site.demo.world import DOMAIN
from portal.site.desk_keys import digest
from tests.factories import communities as make


def cases() -> dict[str, dict[str, Any]]:
    """A to-do of 秋葉区 (a request that waits) and a bulk run of its officer."""
    akiha = Community.objects.get(name="「タイトル未定」")
    waiting = DeskItem(title="", meta="", url="", action="", key=f"communities.requests:{akiha.pk}")
    officer = UserActor(User.objects.get(email=f"ward-akiha@{DOMAIN}"))
    run = actions.run_bulk(by=officer, step="publish", rows=[akiha])
    contact = actions.record_contact(
        by=officer, kind="community", subject=akiha, text="会場の相談", promise="鍵の借り方を知らせる",
        due_on=clock.today_jst(),
    )  # fmt: skip
    member = akiha.memberships.filter(state="active").earliest("created_at")
    grant = Application.objects.exclude(state="draft").get(title="自主財源を検討する事業")
    paper = actions.draft_inquiry(
        by=officer, area=akiha.area, title="来年度の会場", due_on=clock.today_jst() + timedelta(days=10),
        questions=[Asked("number", "何回ひらきますか")], communities=[akiha],
    )  # fmt: skip
    actions.open_inquiry(by=officer, inquiry=paper)
    draft = actions.draft_inquiry(
        by=officer, area=akiha.area, title="つぎの照会", due_on=clock.today_jst() + timedelta(days=10),
        questions=[Asked("text", "困っていること")], communities=[akiha],
    )  # fmt: skip
    recipient = paper.recipients.get()
    hidden_name = make.member(akiha)
    return {
        "staff organiser": {"pk": make.organiser(akiha).user_id},
        "staff member": {"pk": hidden_name.user_id},
        "inquiry": {"pk": paper.pk},
        "inquiry draft": {"pk": draft.pk},
        "inquiry recipient": {"pk": paper.pk, "recipient_pk": recipient.pk},
        "own inquiry": {"slug": akiha.slug, "pk": paper.pk},
        "inquiry token": {"token": inquiry_token(recipient)},
        "contact": {"pk": contact.pk},
        "contact subject": {"kind": "community", "pk": akiha.pk},
        "contact person": {"kind": "person", "pk": member.user_id},
        "contact file": {"kind": "application", "pk": grant.pk},
        "to-do": {"item": digest(waiting)},
        "bulk": {"kind": "requests"},
        "bulk run": {"pk": run.pk},
    }
