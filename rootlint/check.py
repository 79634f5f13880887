"""The contract of a check and the words that checks are written in: the only module that they import.

Whatever is imported here is such a word.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from rootlint.finding import Group, Label, Severity, Undecided, Violation, doubtful
from rootlint.model.account import (
    ConfigRule,
    ControlPolicy,
    ControlSwitch,
    Detector,
    FindingFilter,
    FindingRule,
)
from rootlint.model.estate import Estate
from rootlint.model.identity import (
    AccessKey,
    AccessPolicy,
    LockoutCheck,
    LoginProfile,
    MfaDevice,
    Role,
    RunsAs,
    Script,
    User,
)
from rootlint.model.organization import (
    Account,
    LandingZone,
    Organization,
    OrganizationPolicy,
    RootFeatures,
)
from rootlint.model.organization import (
    Control as EnabledControl,
)
from rootlint.model.place import spot_of
from rootlint.model.policy import Condition, Policy, PolicyKind, Statement
from rootlint.model.read import elements, flag, lists, text
from rootlint.model.resource import Door
from rootlint.model.same import spells, unknowns
from rootlint.model.truth import Truth, all_of, any_of
from rootlint.model.unit import Declared
from rootlint.model.value import Known, Unknown, Value, Why
from rootlint.model.watch import (
    Alarm,
    CompositeAlarm,
    EventBus,
    EventRule,
    Listener,
    LogGroup,
    LogSubscription,
    MetricFilter,
    MuteRule,
    Subscription,
    Topic,
    Trail,
)
from rootlint.proof import (
    Claim,
    DeclaredProof,
    EventProof,
    Proof,
    RequestProof,
    TimelineProof,
    UnrecordedProof,
    Watched,
)
from rootlint.reason.actions import actions
from rootlint.reason.addresses import KEYS as ADDRESS_KEYS
from rootlint.reason.addresses import SOURCE as SOURCE_KEYS
from rootlint.reason.addresses import lets_nobody_in
from rootlint.reason.alarm import Settings as AlarmSettings
from rootlint.reason.alarm_links import (
    acting,
    alarm_reaches,
    alarms_on,
    filter_reaches,
    hides_metric,
)
from rootlint.reason.alarm_names import namesakes, place_of_name, same_scope, same_watch
from rootlint.reason.alarm_settings import settings as alarm_settings
from rootlint.reason.alarm_settings import written
from rootlint.reason.allow_list import AllowList, allow_lists
from rootlint.reason.answer import Answer, Request, negated
from rootlint.reason.answer import Term as PolicyTerm
from rootlint.reason.any_role import Assumed, assumed, naming_any_role
from rootlint.reason.assume_root import assume_root
from rootlint.reason.audience import audience
from rootlint.reason.binding import Target, attached, is_management_account, targets
from rootlint.reason.bound_root import bound_root
from rootlint.reason.bus_policy import put_request
from rootlint.reason.central_root import has_accounts, lacking_feature, lacks_trust
from rootlint.reason.chain import fed, watch_of
from rootlint.reason.claims import Promise, about_root, root_promises
from rootlint.reason.compliance import (
    compliance_heard,
    names_root_rule,
    packed_with,
    watches_root,
)
from rootlint.reason.control_tower import control_document
from rootlint.reason.coverage import Coverage, freedom, left_free, partial_request
from rootlint.reason.delivery import Delivery, delivery, shown_by_example
from rootlint.reason.enrolment import Blocked, blocked
from rootlint.reason.event_pattern import ALL_EVENTS, WHOLE
from rootlint.reason.event_rule import STATE as RULE_STATE
from rootlint.reason.event_rule import on_default_bus, pattern_tree
from rootlint.reason.events import RootEvent, must_alarm
from rootlint.reason.feed import delivering, for_cloudtrail, hides_feed, read_group, takes_filters
from rootlint.reason.finding_filter import ROOT_FINDING, takes, takes_all
from rootlint.reason.forwarding import NOT_FORWARDED, Forward
from rootlint.reason.guardrail import (
    all_features,
    centrally_managed,
    first_denied,
    has_members,
    is_guardrail,
    kind_of_guardrail,
    root_guarded,
    root_key_request,
)
from rootlint.reason.handed_on import handed_on
from rootlint.reason.heard import heard
from rootlint.reason.holders import Person, people_holding, signing_in
from rootlint.reason.holdings import Holdings, holdings
from rootlint.reason.home import at_home, policy_at_home
from rootlint.reason.iam import allows, decide, denies
from rootlint.reason.intent import (
    MFA_KEYS,
    PRINCIPAL_KEYS,
    conditions_on,
    hides_effect,
    may_ask_for_mfa,
    may_mean_root,
    means_root,
    mfa_statements,
    named_roots,
    of_principal,
    root_resources,
    root_statements,
    supposing_denies,
)
from rootlint.reason.kept import Kept, Opening, kept, kept_by_root
from rootlint.reason.key_policy import Keepers, keepers, key_policies
from rootlint.reason.listed import Unlisted, unlisted
from rootlint.reason.lockout import LOCKABLE, Lockout, lockout
from rootlint.reason.logs_pattern import Fault, read_pattern
from rootlint.reason.member_trails import member_of, members_recorded
from rootlint.reason.mfa_guardrail import organization_denies
from rootlint.reason.missed import (
    Miss,
    missed,
    missed_lesser,
    only_passwords,
    out_of_reach,
    sure,
    told_of_by_aws,
)
from rootlint.reason.names import is_root_name, names_root
from rootlint.reason.noise import enough_alone, misspelt_exclusion, noise_seen
from rootlint.reason.people import only_leaves, topic_reaches
from rootlint.reason.privilege import Power, power
from rootlint.reason.probe import (
    demands_mfa,
    grants_everything,
    key_requests,
    only_enrols,
    people_requests,
    root_requests_of,
    without_mfa,
)
from rootlint.reason.publish import Cause, Published, published
from rootlint.reason.reach import Link, Reach, unsure
from rootlint.reason.recording import (
    NOWHERE,
    Lost,
    hidden_in_others,
    lost_by_region,
    lost_by_selection,
    otherwise_recorded,
    settings_of,
    verdict_of,
)
from rootlint.reason.recovery import TASKS, StoppedSession, sessions_enabled, stopped_sessions
from rootlint.reason.refute import Holds, Refuted, Unsure, refute
from rootlint.reason.role_session import role_request
from rootlint.reason.root import (
    ROOT_ACTIONS,
    console_without_mfa,
    people_with_mfa,
    people_without_mfa,
    root_requests,
)
from rootlint.reason.root_alarms import (
    Publisher,
    RootAlarm,
    alarms_of,
    near_misses,
    publishers,
    root_alarms,
)
from rootlint.reason.root_gap import Gap, left_open, root_gap
from rootlint.reason.root_grants import Grant, root_grants, runs_organization
from rootlint.reason.scp_grammar import Defect, defects, least_size, rejected, size_limits
from rootlint.reason.script import key_calls, makes_key
from rootlint.reason.security_hub import (
    ROOT_CONTROLS,
    control_of,
    elsewhere,
    left_out,
    suppressed,
    suppresses,
    switches_off,
)
from rootlint.reason.seed import ROOT_DEVICE, is_roots, printed
from rootlint.reason.selectors import refusal
from rootlint.reason.sight import Sight, Term
from rootlint.reason.switched_off import (
    off_alarms,
    off_attachments,
    off_features,
    off_targets,
    off_trails,
    off_watches,
)
from rootlint.reason.takeover import TAKEOVER_ACTIONS, Exemption, gaps, governs_people
from rootlint.reason.trail import logs, records, records_global
from rootlint.reason.tree import account_named
from rootlint.reason.trust import Trusted, assumed_by_user, is_machinery, role_of, trusted_users
from rootlint.reason.underlined import in_one_line
from rootlint.reason.unheard import blind_patterns, first_seen, metric_name, pattern_of
from rootlint.reason.watch import Watch, doubts
from rootlint.record import dataclass
from rootlint.source import Span
from rootlint.standards import (
    CENTRAL_ROOT,
    MFA,
    NO_ROOT_KEY,
    ROOT_ALARM,
    ROOT_FINDINGS,
    ROOT_GUARDRAIL,
    ROOT_MFA,
    ROOT_TASKS,
    TRAIL,
    Control,
)

S = TypeVar("S", bound=Declared)
Outcome = Violation | Undecided
Run = Callable[[S, Estate], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Check(Generic[S]):
    """One question, asked of every `subject` of the estate. `doc` is the docstring of its module."""

    name: str
    subject: type[S] | tuple[type[S], ...]
    group: Group
    severity: Severity
    since: str
    refs: tuple[str, ...]
    controls: tuple[Control, ...]
    aliases: tuple[str, ...]
    doc: str
    run: Run[S]

    @property
    def title(self) -> str:
        """The fault in one line."""
        return self.doc.strip().partition("\n")[0].rstrip(".")


AnyCheck = Check[Any]


def check(
    *subjects: type[Declared],
    group: Group,
    severity: Severity,
    since: str,
    refs: tuple[str, ...],
    controls: tuple[Control, ...] = (),
    aliases: tuple[str, ...] = (),
) -> Callable[[Run[Any]], AnyCheck]:
    """Make a check of a generator function over one or more kinds of subject.

    Its name is the function's, its documentation that of its module.
    """

    def make(run: Run[Any]) -> AnyCheck:
        module = inspect.getmodule(run)
        doc = inspect.cleandoc((module and module.__doc__) or "")
        name = run.__name__.replace("_", "-")
        return Check(name, subjects, group, severity, since, refs, controls, aliases, doc, run)

    return make
