"""The resource types that rootlint reads, as plain data: discovery looks for them before anything else loads."""

from __future__ import annotations

import re

IDENTITY = frozenset({
    "aws_iam_access_key",
    "aws_iam_group",
    "aws_iam_group_membership",
    "aws_iam_group_policy",
    "aws_iam_group_policy_attachment",
    "aws_iam_group_policy_attachments_exclusive",
    "aws_iam_policy",
    "aws_iam_policy_attachment",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_iam_role_policy_attachments_exclusive",
    "aws_iam_user",
    "aws_iam_user_group_membership",
    "aws_iam_user_login_profile",
    "aws_iam_user_policy",
    "aws_iam_user_policy_attachment",
    "aws_iam_user_policy_attachments_exclusive",
    "aws_iam_virtual_mfa_device",
    "aws_ssoadmin_customer_managed_policy_attachment",
    "aws_ssoadmin_managed_policy_attachment",
    "aws_ssoadmin_permission_set_inline_policy",
})  # fmt: skip
ORGANIZATION = frozenset({
    "aws_controltower_baseline",
    "aws_controltower_control",
    "aws_controltower_landing_zone",
    "aws_iam_organizations_features",
    "aws_organizations_account",
    "aws_organizations_delegated_administrator",
    "aws_organizations_organization",
    "aws_organizations_organizational_unit",
    "aws_organizations_policy",
    "aws_organizations_policy_attachment",
})  # fmt: skip
TRAIL = frozenset({
    "aws_cloudtrail",
    "aws_cloudtrail_event_data_store",
    "aws_cloudwatch_log_group",
    "aws_cloudwatch_log_metric_filter",
    "aws_cloudwatch_log_subscription_filter",
})  # fmt: skip
ALARM = frozenset({
    "aws_cloudwatch_alarm_mute_rule",
    "aws_cloudwatch_composite_alarm",
    "aws_cloudwatch_metric_alarm",
})  # fmt: skip
NOTIFY = frozenset({
    "aws_chatbot_slack_channel_configuration",
    "aws_chatbot_teams_channel_configuration",
    "aws_cloudwatch_event_archive",
    "aws_cloudwatch_event_bus",
    "aws_cloudwatch_event_bus_policy",
    "aws_cloudwatch_event_permission",
    "aws_cloudwatch_event_rule",
    "aws_cloudwatch_event_target",
    "aws_kms_alias",
    "aws_lambda_function_event_invoke_config",
    "aws_notifications_channel_association",
    "aws_notifications_event_rule",
    "aws_notifications_notification_configuration",
    "aws_sns_topic",
    "aws_sns_topic_policy",
    "aws_sns_topic_subscription",
})  # fmt: skip
RESOURCE_POLICY = frozenset({
    "aws_kms_external_key",
    "aws_kms_key",
    "aws_kms_key_policy",
    "aws_kms_replica_external_key",
    "aws_kms_replica_key",
    "aws_s3_bucket",
    "aws_s3_bucket_policy",
    "aws_sqs_queue",
    "aws_sqs_queue_policy",
})  # fmt: skip
CONFIG = frozenset({
    "aws_config_config_rule",
    "aws_config_conformance_pack",
    "aws_config_delivery_channel",
    "aws_config_organization_conformance_pack",
    "aws_config_organization_managed_rule",
    "aws_config_remediation_configuration",
})  # fmt: skip
DETECTIVE = frozenset({
    "aws_guardduty_detector",
    "aws_guardduty_filter",
})  # fmt: skip
SECURITY_HUB = frozenset({
    "aws_securityhub_automation_rule",
    "aws_securityhub_configuration_policy",
    "aws_securityhub_standards_control",
    "aws_securityhub_standards_control_association",
    "aws_securityhub_standards_subscription",
})  # fmt: skip
SCRIPT = frozenset({
    "aws_codebuild_project",
    "aws_imagebuilder_component",
    "aws_instance",
    "aws_launch_configuration",
    "aws_launch_template",
    "aws_sfn_state_machine",
    "aws_ssm_document",
    "data.external",
})  # fmt: skip
ACCOUNT = frozenset({
    "aws_account_alternate_contact",
    "aws_account_primary_contact",
    "aws_route53_record",
    "aws_route53_zone",
    "aws_route53domains_domain",
    "aws_route53domains_registered_domain",
})  # fmt: skip
CREDENTIALS = frozenset({
    "aws_batch_job_definition",
    "aws_ecs_task_definition",
    "aws_lambda_function",
    "aws_s3_bucket_versioning",
    "aws_ssm_parameter",
    "backend.s3",
    "data.terraform_remote_state",
    "provider.aws",
})  # fmt: skip
# What they matter with is relevant itself, or a credential that is written out: seen, and no reason to read a file.
BESIDE = frozenset({
    "aws_batch_job_definition",
    "aws_ecs_task_definition",
    "aws_lambda_function",
    "aws_lambda_function_event_invoke_config",
    "aws_route53_record",
    "aws_route53_zone",
    "aws_route53domains_domain",
    "aws_route53domains_registered_domain",
    "aws_ssm_parameter",
    "backend.s3",
    "data.terraform_remote_state",
    "provider.aws",
})  # fmt: skip
# The arguments of a provider, and of a backend, that take credentials.
KEYS = ("access_key", "secret_key", "token")
# What matters of these is an argument that most of them do not have.
ONLY_WITH = {
    "aws_batch_job_definition": "container_properties",
    "aws_instance": "user_data",
    "aws_lambda_function": "environment",
    "aws_launch_configuration": "user_data",
    "aws_launch_template": "user_data",
}
KNOWN = (
    IDENTITY
    | ORGANIZATION
    | TRAIL
    | ALARM
    | NOTIFY
    | RESOURCE_POLICY
    | CONFIG
    | DETECTIVE
    | SECURITY_HUB
    | SCRIPT
    | ACCOUNT
    | CREDENTIALS
)
RELEVANT = KNOWN - BESIDE

_KIND = re.compile(rb"aws_[a-z0-9_]+")
_WRITTEN_OUT = (b"AKIA", b"ASIA", b"secret_key")
_DATA_EXTERNAL = re.compile(rb'data[ \t]+"?external|"external"[ \t\r\n]*:')


def mentions_relevant(data: bytes) -> bool:
    """Whether the bytes of a file name something that the vocabulary knows; cheap, never too strict."""
    if b"local-exec" in data or any(word in data for word in _WRITTEN_OUT):
        return True
    if b"external" in data and _DATA_EXTERNAL.search(data):
        return True
    return any(found.group().decode() in RELEVANT for found in _KIND.finditer(data))
