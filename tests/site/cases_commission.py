"""Objects with which the rows of menu ④ are opened: those of 志布志市."""

from typing import Any

from django.db.models import Model

from communities.models import Platform
from grants.commission.actions import calls, panel, questions, themes
from grants.commission.queries.proposals import whole
from grants.commission.queries.themes import menus
from grants.contracts.actions import negotiating
from grants.contracts.actions.files import keep_file
from grants.contracts.enums import ContractFileKind
from grants.models import CommissionCall, CommissionTheme, Contract, PanelInterest, Proposal
from portal.accounts.models import User
from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage
from portal.site.demo.papers import charter
from portal.site.demo.people import SHIBUSHI
from portal.site.demo.step_commission import start
from portal.site.demo.step_commission_contracts import TITLE as ANNOUNCED
from portal.site.demo.step_commission_panels import SCORING
from portal.site.demo.step_platforms import SHIBUSHI_SEA
from portal.site.demo.world import DOMAIN

WORDS = {"problem": "担い手が減っている。", "wanted": "続けられる形を試してほしい。"}


def by(key: str) -> UserActor:
    return UserActor(User.objects.get(email=f"{key}@{DOMAIN}"))


def mail(name: str, about: Model) -> dict[str, Any]:
    """One mail about a row, as an address of the mail log."""
    rows = OutboxMessage.objects.filter(template=f"grants/commission/mail/{name}", about_id=str(about.pk))
    return {"pk": rows.order_by("created_at", "id")[0].pk}


def cases() -> dict[str, dict[str, Any]]:
    """A theme that is written, one that is proposed."""
    platform, menu = Platform.objects.select_related("area").get(name=SHIBUSHI_SEA), menus()[0]
    draft, proposed = (
        themes.start_theme(by=by("officer-shibushi"), menu=menu, platform=platform, title=title, **WORDS)
        for title in ("書きかけのテーマ", "提案したテーマ")
    )
    themes.propose_theme(by=by("chief-shibushi"), theme=proposed)
    return {
        "theme draft": {"pk": draft.pk},
        "theme part": {"kind": "theme", "pk": draft.pk, "part": "theme"},
        "theme proposed": {"pk": proposed.pk},
        "mail of theme": mail("theme_proposed", proposed),
        **_calls(draft),
        **_panels(),
    }


def _calls(like: CommissionTheme) -> dict[str, dict[str, Any]]:
    """A theme without a call, a call that is written, one that is out with a question."""
    themed = []
    for title in ("選定したテーマ", "公募を書くテーマ", "公募中のテーマ"):
        theme = themes.start_theme(
            by=by("officer-shibushi"), menu=like.menu, platform=like.platform, title=title, **WORDS
        )
        themes.propose_theme(by=by("chief-shibushi"), theme=theme)
        themed.append(themes.judge_theme(by=by("pref-officer"), theme=theme, step="select"))
    written, out = (start(theme) for theme in themed[1:])
    calls.publish_call(by=by("pref-officer"), call=out)
    question = questions.ask_question(by=by("resident-1"), call=out, text="車両の借上げは対象ですか。")
    return {
        "theme selected": {"pk": themed[0].pk},
        "call draft": {"pk": written.pk},
        "call step": {"pk": written.pk, "step": "publish"},
        "call": {"pk": out.pk},
        "call question": {"pk": out.pk, "question_pk": question.pk},
        "mail of question": mail("question_asked", question),
    }


def _contracts(adopted: Proposal, other_one: Proposal) -> dict[str, dict[str, Any]]:
    """A contract of the proponent that is signed, with its papers, and one that is negotiated."""
    npo, office = by("npo-1"), by("pref-officer")
    Proposal.objects.filter(pk=adopted.pk).update(created_by=npo.user)
    Proposal.objects.filter(pk=other_one.pk).update(state="adopted")
    rows = whole(Proposal.objects.all())
    begun = Contract.objects.select_related("proposal__call").get(proposal=adopted)
    other = negotiating.open_contract(by=office, proposal=rows.get(pk=other_one.pk))
    quote, start = (
        keep_file(by=npo, contract=begun, kind=ContractFileKind(kind), file=charter(npo))
        for kind in ("quote", "start")
    )
    now, day = clock.now(), clock.today_jst()
    Contract.objects.filter(pk=begun.pk).update(
        state="signed", signed_at=now, signed_on=day, quoted_at=now, price_yen=1_300_000, estimated_yen=1_400_000,
        reason="公募による", starts_on=day, ends_on=day,
    )  # fmt: skip
    return {
        "contract": {"pk": begun.pk},
        "contract start": {"pk": begun.pk, "act": "start"},
        "contract end": {"pk": begun.pk, "act": "terminate"},
        "contract file": {"pk": begun.pk, "file_pk": start.pk},
        "contract quote": {"pk": begun.pk, "file_pk": quote.pk},
        "contract negotiating": {"pk": other.pk},
        "mail of contract": mail("contract_opened", begun),
    }


def _panels() -> dict[str, dict[str, Any]]:
    """The demo's panels, of 鹿屋市's themes moved to 志布志市: the running one and the announced one."""
    town = Area.objects.get(pk=SHIBUSHI)
    CommissionTheme.objects.filter(title__in=[SCORING, ANNOUNCED]).update(municipality=town)
    running, over = (CommissionCall.objects.get(title=title) for title in (SCORING, ANNOUNCED))
    proposal = running.proposals.get(created_by__email=f"npo-1@{DOMAIN}", state="qualified")
    drafted = Proposal.objects.get(created_by__email=f"npo-1@{DOMAIN}", state="draft")
    seat = running.seats.get(user__email=f"reviewer-3@{DOMAIN}")
    tied = PanelInterest.objects.get(seat=seat, proposal=proposal)
    conflict = panel.declare_interest(
        by=by("reviewer-3"), interest=tied, declared="conflict", kinds=["kinship"]
    )
    paper = proposal.files.first()
    assert paper is not None
    adopted = over.proposals.get(created_by__email=f"resident-18@{DOMAIN}")
    return {
        **_contracts(adopted, over.proposals.get(state="not_adopted")),
        "adopted": {"pk": adopted.pk},
        "proposal": {"pk": proposal.pk},
        "proposal draft": {"pk": drafted.pk},
        "proposal section": {"pk": drafted.pk, "section": "words"},
        "proposal sheet": {"kind": "proposal", "pk": drafted.pk},
        "proposal part": {"kind": "proposal", "pk": drafted.pk, "part": "words"},
        "proposal file": {"pk": proposal.pk, "file_pk": paper.pk},
        "mail of proposal": mail("proposal_submitted", proposal),
        "mail to reviewer": mail("panel_seated", seat),
        "mail of call": mail("panel_opened", running),
        "panel open": {"pk": running.pk},
        "panel frozen": {"pk": over.pk},
        "panel seat": {"pk": running.pk, "seat_pk": seat.pk},
        "panel interest": {"pk": running.pk, "interest_pk": conflict.pk},
        "review": {"pk": running.pk, "proposal_pk": proposal.pk},
        "review frozen": {"pk": over.pk, "proposal_pk": adopted.pk},
        "review seal": {"pk": running.pk, "proposal_pk": proposal.pk, "step": "seal"},
    }
