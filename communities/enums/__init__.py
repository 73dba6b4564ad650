"""States and choices of communities, events, initiatives and collaborations, with the source of each rule."""

from django.db.models import TextChoices


class CommunityState(TextChoices):
    """Where a community is. Kept for good once published."""

    DRAFT = "draft", "下書き"
    PUBLISHED = "published", "公開中"
    DORMANT = "dormant", "休止中"
    DISSOLVED = "dissolved", "解散"
    DISCARDED = "discarded", "取りやめ"


class JoinPolicy(TextChoices):
    """Who may come in."""

    OPEN = "open", "だれでも参加できる"
    APPROVAL = "approval", "世話人の承認を受けて参加する"
    INVITATION = "invitation", "世話人が招いた人だけが参加する"


class MembershipRole(TextChoices):
    """Standing of a member in their community."""

    MEMBER = "member", "参加者"
    ORGANISER = "organiser", "世話人"


class MembershipState(TextChoices):
    """Where a membership is."""

    REQUESTED = "requested", "返事待ち"
    INVITED = "invited", "招待中"
    ACTIVE = "active", "参加中"
    DECLINED = "declined", "お断り"
    REFUSED = "refused", "辞退"
    LEFT = "left", "退会"


class Stage(TextChoices):
    """Stages of an initiative 取組, from a thought to standing on its own."""

    IDEA = "idea", "思いつき"
    CONSIDERING = "considering", "検討"
    PREPARING = "preparing", "準備"
    RUNNING = "running", "実施"
    INDEPENDENT = "independent", "自立"
    ENDED = "ended", "終了"


class PlatformPhase(TextChoices):
    """Stages of a コミュニティ・プラットフォーム (鹿児島県「コミプラ形成ステージ」)."""

    CONSIDERING = "considering", "検討"
    PREPARING = "preparing", "設立準備"
    FORMING = "forming", "形成初期"
    SUSTAINING = "sustaining", "持続"


class EventState(TextChoices):
    """Where an event is."""

    DRAFT = "draft", "下書き"
    PUBLISHED = "published", "公開中"
    ENTRIES_CLOSED = "entries_closed", "受付終了"
    POSTPONED = "postponed", "延期"
    HELD = "held", "開催済み"
    REPORTED = "reported", "報告済み"
    CANCELLED = "cancelled", "中止"


class Collector(TextChoices):
    """Who collects the entries, and so answers for the personal data (個人情報保護法61条・62条)."""

    CITY = "city", "市主催"
    COMMUNITY = "community", "団体主催"
    JOINT = "joint", "共催"


class EntryMethod(TextChoices):
    """How one gets a seat."""

    FIRST_COME = "first_come", "先着順"
    LOTTERY = "lottery", "抽選"
    NONE = "none", "申込み不要"


class RegistrationState(TextChoices):
    """Where the registration of a party is."""

    ENTERED = "entered", "抽選待ち"
    CONFIRMED = "confirmed", "参加できます"
    WAITING = "waiting", "キャンセル待ち"
    OFFERED = "offered", "空席のご案内中"
    CANCELLED = "cancelled", "取消し"
    ATTENDED = "attended", "参加"
    ABSENT = "absent", "欠席"


HOLDS_CHILDCARE = (
    RegistrationState.ENTERED,
    RegistrationState.CONFIRMED,
    RegistrationState.OFFERED,
    RegistrationState.ATTENDED,
    RegistrationState.ABSENT,
)  # a waiting party holds no place of childcare


class Channel(TextChoices):
    """How people came whom somebody else typed in (代理受付)."""

    COUNTER = "counter", "窓口"
    PHONE = "phone", "電話"
    PAPER = "paper", "申込用紙"
    DOOR = "door", "当日参加"


class QuestionKind(TextChoices):
    """How a question of the organisers is answered."""

    TEXT = "text", "文で答える"
    CHOICE = "choice", "一つ選ぶ"
    CHOICES = "choices", "いくつでも選ぶ"
    NUMBER = "number", "数で答える"


class CallReason(TextChoices):
    """What people without a mailbox are told by telephone."""

    OFFERED = "offered", "空いた席のご案内"
    PROMOTED = "promoted", "席がとれたこと"
    DRAWN = "drawn", "抽選の結果"
    CANCELLED = "event_cancelled", "催しの中止"
    POSTPONED = "event_postponed", "催しの延期"
    OTHER = "other", "お知らせ"


class OrganisationKind(TextChoices):
    """Kinds of 主体 with whom a community acts (政策指標「地域団体、民間事業者、学校など多様な主体との協働数」)."""

    NEIGHBOURHOOD = "neighbourhood", "地域団体(自治会・コミ協)"
    CIVIC = "civic", "NPO・市民団体"
    BUSINESS = "business", "民間事業者"
    SCHOOL = "school", "学校(小中高)"
    UNIVERSITY = "university", "大学等"
    WELFARE = "welfare", "福祉・医療"
    GOVERNMENT = "government", "行政(国・県・他市)"
    EXPERT = "expert", "個人専門家"
    OTHER = "other", "その他"


class CollaborationForm(TextChoices):
    """What is done together. Mere name lending, plain purchase, audience and one-way gifts are not 協働."""

    CO_HOSTING = "co_hosting", "共催"
    JOINT_PROJECT = "joint_project", "共同事業(協定)"
    SHARED_ROLES = "shared_roles", "役割分担による実施"
    PLACE_GOODS = "place_goods", "場所・物品の提供"
    PEOPLE = "people", "人材の派遣"
    FUNDS = "funds", "資金の提供と参画"
    KNOWLEDGE = "knowledge", "情報・技術の提供"


class EvidenceKind(TextChoices):
    """What proves a collaboration: at least one is needed to count it."""

    AGREEMENT = "agreement", "協定書・覚書"
    MINUTES = "minutes", "双方が出た会議の議事録"
    FLYER = "flyer", "双方の名前があるチラシ"
    PHOTO = "photo", "日付のある写真"
    ACCOUNTS = "accounts", "収支の記録"


class CollaborationState(TextChoices):
    """Where the record of a collaboration is."""

    DRAFT = "draft", "下書き"
    SUBMITTED = "submitted", "区の確認待ち"
    WARD_CONFIRMED = "ward_confirmed", "本庁の確認待ち"
    COUNTED = "counted", "協働数に算入"
    RETURNED = "returned", "差戻し"


class InvitationState(TextChoices):
    """Where an invitation by mail is."""

    SENT = "sent", "返事待ち"
    ACCEPTED = "accepted", "受けた"
    REFUSED = "refused", "断った"
    CANCELLED = "cancelled", "取りやめ"
    EXPIRED = "expired", "期限切れ"


class PostState(TextChoices):
    """Where a post of a community is. First posts of new members wait where the community wants it so."""

    DRAFT = "draft", "下書き"
    HELD = "held", "世話人の確認待ち"
    PUBLISHED = "published", "公開中"
    WITHDRAWN = "withdrawn", "取下げ"


class ActivityState(TextChoices):
    """Whether a record of activity counts."""

    PUBLISHED = "published", "公開中"
    WITHDRAWN = "withdrawn", "取下げ"


class PhotoConsent(TextChoices):
    """What whoever sends a photo says about the people in it."""

    NOBODY = "nobody", "だれか分かる人は、写っていない"
    AGREED = "agreed", "写っている人の同意を得ている(18歳未満は保護者の同意も)"


LIVE_MEMBERSHIPS = (MembershipState.REQUESTED, MembershipState.INVITED, MembershipState.ACTIVE)
LIVE_REGISTRATIONS = (
    RegistrationState.ENTERED,
    RegistrationState.CONFIRMED,
    RegistrationState.WAITING,
    RegistrationState.OFFERED,
)
PUBLIC_COMMUNITY = (CommunityState.PUBLISHED, CommunityState.DORMANT, CommunityState.DISSOLVED)
PUBLIC_EVENT = (
    EventState.PUBLISHED,
    EventState.ENTRIES_CLOSED,
    EventState.POSTPONED,
    EventState.HELD,
    EventState.REPORTED,
    EventState.CANCELLED,
)
PARTY_LIMIT = 20  # people in one registration; a larger group talks to the office
ANSWER_DAYS = 3  # a join request is answered within three days
NAMES_DAYS = 14  # organisers see names from the closing of entries until 14 days after the event
INVITATION_DAYS = 14  # an invitation can be accepted for two weeks
INVITATIONS_OPEN = 30  # invitations of one community that wait for an answer at a time
INVITATIONS_DAILY = 60  # sent by one community within 24 hours, also those that were taken back
INVITATIONS_SAME = 3  # of these to one address: who does not answer is not written to again and again
QUESTION_LIMIT = 10  # questions of one event: each one more costs registrations
