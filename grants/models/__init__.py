"""Programmes and menus as data; applications with their budget, papers and frozen submissions."""

from .advances import Advance, AdvanceMonth
from .agency import AgencyContract, AgencyStatement, VisitCost
from .applications import Application
from .approving import Approval, ApprovalStep
from .assets import Asset, Disposal
from .batches import BatchItem, LetterBatch
from .budget import CapAccount, CapUse, ExpenseLine, IncomeLine
from .budget_lines import BudgetLine
from .calls import Call
from .carry_overs import CarryOver
from .changes import ChangeDecision, ChangeExpense, ChangeIncome, ChangeRequest
from .commission_amendments import Amendment
from .commission_calls import CommissionCall, CommissionItem, CommissionQuestion
from .commission_contracts import Contract, ContractFile
from .commission_meetings import JointAttendance, JointMeeting
from .commission_panel import PanelInterest, PanelSeat, ScorePoint, ScoreSheet, ThemeOpinion
from .commission_parts import PartialWork
from .commission_proposals import (
    ConsortiumPartner,
    Proposal,
    ProposalFile,
    ProposalLine,
)
from .commission_qualifying import QualificationAnswer
from .commission_themes import CommissionTheme
from .commitments import Commitment
from .deciding import Decision
from .dispatch_advisors import Advisor, AdvisorOffer
from .dispatch_cases import Dispatch
from .dispatch_visits import Visit, VisitMove, VisitReport
from .dossiers import Dossier, Redaction, RedactionMark
from .drafts import DraftTyped
from .early import EarlyStart
from .examining import CheckAnswer, Correction, Remark
from .keeping import SheetTyped
from .needs import NeedsAnswer, NeedsItem, NeedsSurvey
from .papers import ApplicationSnapshot, Attachment
from .parts import ApplicationPart, SetAside
from .payments import Payment
from .presence import Presence
from .programmes import Menu, Programme
from .project_types import ProjectType
from .recovery import Reclaim, Revocation
from .relief import Admission, CallExtension
from .repayments import Instalment, InstalmentPlan, ReclaimTranche, Repayment
from .results import ResultExpense, ResultFile, ResultIncome, ResultReport
from .retention import Discard, Hold, TermExtension
from .settling import Inspection, Invoice, Settlement
from .signing_deputies import SigningDeputy
from .status_reports import StatusReport
from .stopping import StopRequest
from .subgrants import SubGrant, SubGrantLine, SubGrantWriter
from .supporter_placements import Placement, PlacementDay, SupportRequest
from .supporters import Supporter, SupporterOffer, SupporterTerms
from .workshop_parts import WorkshopDuty, WorkshopLecturer, WorkshopPlan, WorkshopReport
from .workshops import Workshop

__all__ = [
    "Admission",
    "Advance",
    "AdvanceMonth",
    "Advisor",
    "AdvisorOffer",
    "AgencyContract",
    "AgencyStatement",
    "Amendment",
    "Application",
    "ApplicationPart",
    "ApplicationSnapshot",
    "Approval",
    "ApprovalStep",
    "Asset",
    "Attachment",
    "BatchItem",
    "BudgetLine",
    "Call",
    "CallExtension",
    "CapAccount",
    "CapUse",
    "CarryOver",
    "ChangeDecision",
    "ChangeExpense",
    "ChangeIncome",
    "ChangeRequest",
    "CheckAnswer",
    "CommissionCall",
    "CommissionItem",
    "CommissionQuestion",
    "CommissionTheme",
    "Commitment",
    "ConsortiumPartner",
    "Contract",
    "ContractFile",
    "Correction",
    "Decision",
    "Discard",
    "Dispatch",
    "Disposal",
    "Dossier",
    "DraftTyped",
    "EarlyStart",
    "ExpenseLine",
    "Hold",
    "IncomeLine",
    "Inspection",
    "Instalment",
    "InstalmentPlan",
    "Invoice",
    "JointAttendance",
    "JointMeeting",
    "LetterBatch",
    "Menu",
    "NeedsAnswer",
    "NeedsItem",
    "NeedsSurvey",
    "PanelInterest",
    "PanelSeat",
    "PartialWork",
    "Payment",
    "Placement",
    "PlacementDay",
    "Presence",
    "Programme",
    "ProjectType",
    "Proposal",
    "ProposalFile",
    "ProposalLine",
    "QualificationAnswer",
    "Reclaim",
    "ReclaimTranche",
    "Redaction",
    "RedactionMark",
    "Remark",
    "Repayment",
    "ResultExpense",
    "ResultFile",
    "ResultIncome",
    "ResultReport",
    "Revocation",
    "ScorePoint",
    "ScoreSheet",
    "SetAside",
    "Settlement",
    "SheetTyped",
    "SigningDeputy",
    "StatusReport",
    "StopRequest",
    "SubGrant",
    "SubGrantLine",
    "SubGrantWriter",
    "SupportRequest",
    "Supporter",
    "SupporterOffer",
    "SupporterTerms",
    "TermExtension",
    "ThemeOpinion",
    "Visit",
    "VisitCost",
    "VisitMove",
    "VisitReport",
    "Workshop",
    "WorkshopDuty",
    "WorkshopLecturer",
    "WorkshopPlan",
    "WorkshopReport",
]
