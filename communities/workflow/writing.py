"""How a post and a record of activity come out, and how they are taken back."""

from portal.kernel.workflow import Transition, Workflow

from ..enums import ActivityState, PostState

POST = Workflow(
    name="post",
    model="communities.Post",
    states=PostState,
    verbose_name="投稿",
    transitions=(
        Transition(
            name="publish",
            label="公開する",
            sources=frozenset({PostState.DRAFT}),
            target=PostState.PUBLISHED,
            permission="communities.publish_post",
            stamp="published",
        ),
        Transition(
            name="hold",
            label="世話人に確認を頼む",
            sources=frozenset({PostState.DRAFT}),
            target=PostState.HELD,
            permission="communities.edit_post",
            stamp="held",
        ),
        Transition(
            name="release",
            label="確かめて公開する",
            sources=frozenset({PostState.HELD}),
            target=PostState.PUBLISHED,
            permission="communities.release_post",
            stamp="published",
        ),
        Transition(
            name="give_back",
            label="書いた人にもどす",
            sources=frozenset({PostState.HELD}),
            target=PostState.DRAFT,
            permission="communities.release_post",
            needs_note=True,
        ),
        Transition(
            name="withdraw",
            label="取り下げる",
            sources=frozenset({PostState.HELD, PostState.PUBLISHED}),
            target=PostState.WITHDRAWN,
            permission="communities.own_post",
        ),
        Transition(
            name="take_down",
            label="世話人として取り下げる",
            sources=frozenset({PostState.HELD, PostState.PUBLISHED}),
            target=PostState.WITHDRAWN,
            permission="communities.release_post",
            needs_note=True,
        ),
        Transition(
            name="reopen",
            label="下書きにもどす",
            sources=frozenset({PostState.WITHDRAWN}),
            target=PostState.DRAFT,
            permission="communities.release_post",
        ),
    ),
)

ACTIVITY = Workflow(
    name="activity",
    model="communities.Activity",
    states=ActivityState,
    verbose_name="活動記録",
    transitions=(
        Transition(
            name="withdraw",
            label="取り下げる",
            sources=frozenset({ActivityState.PUBLISHED}),
            target=ActivityState.WITHDRAWN,
            permission="communities.log_activity",
            needs_note=True,
        ),
        Transition(
            name="restore",
            label="公開にもどす",
            sources=frozenset({ActivityState.WITHDRAWN}),
            target=ActivityState.PUBLISHED,
            permission="communities.log_activity",
        ),
    ),
)
