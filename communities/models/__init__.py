"""Tables of communities, one concept a file."""

from .activities import Activity
from .asks import ChildcareRequest, EventAnswer, EventAsk, EventQuestion, GuardianConsent, PartyAges
from .bulk import BulkRun, BulkStep
from .calendars import PersonalCalendar
from .circulars import Circular
from .collaborations import Collaboration, CollaborationYear, Evidence
from .communities import Community
from .contacts import Contact
from .counter import Attendance, PhoneCall, ProxyEntry
from .easy import EasyText
from .event_notices import EventNotice
from .event_pitches import Pitch
from .event_reports import EventPhoto, EventReport
from .event_series import EventSeries
from .event_sketches import VenueSketch
from .event_surveys import EventSurvey, SurveyAnswer, SurveyReply
from .events import Event, EventSeats, Host
from .exchanges import Exchange, Letter
from .facts import CityRole, CommunityFacts
from .following import Digest, DigestItem, SavedSearch
from .groups import Measure, Problem, WorkingGroup
from .initiatives import Initiative
from .inquiries import Inquiry, InquiryQuestion, InquiryRecipient, InquiryReply
from .invitations import Invitation
from .lotteries import Lottery
from .memberships import Membership
from .moderation import Hiding, PostingRule, Report
from .organisation_members import OrganisationMember
from .organisations import Organisation, OrganisationMerge
from .photos import Photo
from .platforms import Platform, PlatformPart, PlatformStage
from .posts import Post
from .profiles import Profile
from .registrations import Registration, RegistrationNeed
from .themes import Theme

__all__ = [
    "Activity",
    "Attendance",
    "BulkRun",
    "BulkStep",
    "ChildcareRequest",
    "Circular",
    "CityRole",
    "Collaboration",
    "CollaborationYear",
    "Community",
    "CommunityFacts",
    "Contact",
    "Digest",
    "DigestItem",
    "EasyText",
    "Event",
    "EventAnswer",
    "EventAsk",
    "EventNotice",
    "EventPhoto",
    "EventQuestion",
    "EventReport",
    "EventSeats",
    "EventSeries",
    "EventSurvey",
    "Evidence",
    "Exchange",
    "GuardianConsent",
    "Hiding",
    "Host",
    "Initiative",
    "Inquiry",
    "InquiryQuestion",
    "InquiryRecipient",
    "InquiryReply",
    "Invitation",
    "Letter",
    "Lottery",
    "Measure",
    "Membership",
    "Organisation",
    "OrganisationMember",
    "OrganisationMerge",
    "PartyAges",
    "PersonalCalendar",
    "PhoneCall",
    "Photo",
    "Pitch",
    "Platform",
    "PlatformPart",
    "PlatformStage",
    "Post",
    "PostingRule",
    "Problem",
    "Profile",
    "ProxyEntry",
    "Registration",
    "RegistrationNeed",
    "Report",
    "SavedSearch",
    "SurveyAnswer",
    "SurveyReply",
    "Theme",
    "VenueSketch",
    "WorkingGroup",
]
