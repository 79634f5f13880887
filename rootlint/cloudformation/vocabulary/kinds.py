"""The resource types that rootlint reads, as plain data: whoever asks for them loads nothing else."""

from __future__ import annotations

import re

IDENTITY = frozenset({
    "AWS::IAM::AccessKey",
    "AWS::IAM::Group",
    "AWS::IAM::GroupPolicy",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::User",
    "AWS::IAM::UserPolicy",
    "AWS::IAM::UserToGroupAddition",
    "AWS::IAM::VirtualMFADevice",
    "AWS::SSO::PermissionSet",
})  # fmt: skip
ORGANIZATION = frozenset({
    "AWS::ControlTower::EnabledBaseline",
    "AWS::ControlTower::EnabledControl",
    "AWS::ControlTower::LandingZone",
    "AWS::Organizations::Account",
    "AWS::Organizations::Organization",
    "AWS::Organizations::OrganizationalUnit",
    "AWS::Organizations::Policy",
})  # fmt: skip
# The dialect of org-formation.
ORG_FORMATION = frozenset({
    "OC::ORG::Account",
    "OC::ORG::MasterAccount",
    "OC::ORG::OrganizationRoot",
    "OC::ORG::OrganizationalUnit",
    "OC::ORG::ServiceControlPolicy",
})  # fmt: skip
TRAIL = frozenset({
    "AWS::CloudTrail::EventDataStore",
    "AWS::CloudTrail::Trail",
    "AWS::Logs::LogGroup",
    "AWS::Logs::MetricFilter",
    "AWS::Logs::SubscriptionFilter",
})  # fmt: skip
ALARM = frozenset({
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::AlarmMuteRule",
    "AWS::CloudWatch::CompositeAlarm",
})  # fmt: skip
NOTIFY = frozenset({
    "AWS::Chatbot::MicrosoftTeamsChannelConfiguration",
    "AWS::Chatbot::SlackChannelConfiguration",
    "AWS::Events::Archive",
    "AWS::Events::EventBus",
    "AWS::Events::EventBusPolicy",
    "AWS::Events::Rule",
    "AWS::KMS::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Notifications::ChannelAssociation",
    "AWS::Notifications::EventRule",
    "AWS::Notifications::NotificationConfiguration",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SNS::TopicInlinePolicy",
    "AWS::SNS::TopicPolicy",
})  # fmt: skip
RESOURCE_POLICY = frozenset({
    "AWS::KMS::Key",
    "AWS::KMS::ReplicaKey",
    "AWS::S3::BucketPolicy",
    "AWS::SQS::QueueInlinePolicy",
    "AWS::SQS::QueuePolicy",
})  # fmt: skip
CONFIG = frozenset({
    "AWS::Config::ConfigRule",
    "AWS::Config::ConformancePack",
    "AWS::Config::DeliveryChannel",
    "AWS::Config::OrganizationConfigRule",
    "AWS::Config::OrganizationConformancePack",
    "AWS::Config::RemediationConfiguration",
})  # fmt: skip
DETECTIVE = frozenset({
    "AWS::GuardDuty::Detector",
    "AWS::GuardDuty::Filter",
})  # fmt: skip
SECURITY_HUB = frozenset({
    "AWS::SecurityHub::AutomationRule",
    "AWS::SecurityHub::ConfigurationPolicy",
    "AWS::SecurityHub::Standard",
})  # fmt: skip
SCRIPT = frozenset({
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::AutoScaling::LaunchConfiguration",
    "AWS::CodeBuild::Project",
    "AWS::EC2::Instance",
    "AWS::EC2::LaunchTemplate",
    "AWS::ImageBuilder::Component",
    "AWS::Lambda::Function",
    "AWS::SSM::Document",
    "AWS::Serverless::Function",
    "AWS::Serverless::StateMachine",
    "AWS::StepFunctions::StateMachine",
    "Custom::AWS",
})  # fmt: skip
RELEVANT = (
    IDENTITY
    | ORGANIZATION
    | ORG_FORMATION
    | TRAIL
    | ALARM
    | NOTIFY
    | RESOURCE_POLICY
    | CONFIG
    | DETECTIVE
    | SECURITY_HUB
    | SCRIPT
)
BUCKET = "AWS::S3::Bucket"
ACCOUNT = frozenset({
    "AWS::Route53::HostedZone",
    "AWS::Route53::RecordSet",
    "AWS::Route53::RecordSetGroup",
})  # fmt: skip
CREDENTIALS = frozenset({
    "AWS::Batch::JobDefinition",
    "AWS::ECS::TaskDefinition",
    "AWS::SSM::Parameter",
})  # fmt: skip
# What they matter with is relevant itself, or a credential that is written out: seen, and no reason
# to read a template.
BESIDE = ACCOUNT | CREDENTIALS | {BUCKET}
KNOWN = RELEVANT | BESIDE

# A template with one of these may hold resources of another file.
NESTING = frozenset({
    "AWS::CloudFormation::Stack",
    "AWS::CloudFormation::StackSet",
    "AWS::Include",
    "AWS::Serverless::Application",
})  # fmt: skip

_KIND = re.compile(rb"[A-Z][A-Za-z0-9]*::[A-Za-z0-9:]+")
_INCLUDE = b"${file("
_WRITTEN_OUT = (b"AKIA", b"ASIA")


def mentions_relevant(data: bytes) -> bool:
    """Whether the bytes of a template name a type that the vocabulary knows. UTF-8 only."""
    return any(word in data for word in _WRITTEN_OUT) or _mentions(data, RELEVANT)


def is_worth_reading(data: bytes) -> bool:
    """Whether a template may hold anything to judge, itself or through another file. UTF-8 only."""
    if any(word in data for word in (_INCLUDE, *_WRITTEN_OUT)):
        return True
    return _mentions(data, RELEVANT | NESTING)


def _mentions(data: bytes, kinds: frozenset[str]) -> bool:
    return any(found.group().decode() in kinds for found in _KIND.finditer(data))
