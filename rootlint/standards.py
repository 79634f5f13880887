"""The requirements of standards that checks serve, by what they are about.

CIS AWS Foundations Benchmark 1.2 to 7.0, Security Hub, AWS Config, Control Tower, Well-Architected,
NIST 800-53 r5, ISO 27001:2022 Annex A, SOC 2, PCI DSS 4.0, MITRE ATT&CK.
"""

from __future__ import annotations

from typing import NamedTuple


class Control(NamedTuple):
    """A requirement of a standard: `Control("CIS 7.0", "5.3")`."""

    standard: str
    id: str


# No access key for the root user.
NO_ROOT_KEY = (
    Control("CIS 1.2", "1.12"),
    Control("CIS 1.4-4.0", "1.4"),
    Control("CIS 5.0", "1.3"),
    Control("CIS 6.0", "2.3"),
    Control("CIS 7.0", "2.4"),
    Control("Security Hub", "IAM.4"),
    Control("AWS Config", "IAM_ROOT_ACCESS_KEY_CHECK"),
    Control("Control Tower", "AWS-GR_RESTRICT_ROOT_USER_ACCESS_KEYS"),
    Control("Well-Architected", "SEC01-BP02"),
    Control("NIST 800-53", "AC-6(2)"),
    Control("ISO 27001", "A.8.2"),
    Control("PCI DSS 4.0", "8.2.2"),
    Control("MITRE ATT&CK", "T1098.001"),
)
# The root user signs in with MFA, with a device of its own.
ROOT_MFA = (
    Control("CIS 1.2", "1.14"),
    Control("CIS 1.4-4.0", "1.6"),
    Control("CIS 5.0", "1.5"),
    Control("CIS 6.0", "2.5"),
    Control("CIS 7.0", "2.6"),
    Control("Security Hub", "IAM.6"),
    Control("Well-Architected", "SEC01-BP02"),
    Control("MITRE ATT&CK", "T1556.006"),
)
# People sign in with MFA.
MFA = (
    Control("CIS 1.2", "1.2"),
    Control("CIS 1.4-4.0", "1.10"),
    Control("CIS 5.0", "1.9"),
    Control("CIS 6.0", "2.9"),
    Control("CIS 7.0", "2.10"),
    Control("Security Hub", "IAM.5"),
    Control("Security Hub", "IAM.19"),
    Control("Well-Architected", "SEC02-BP01"),
    Control("NIST 800-53", "IA-2(1)"),
    Control("ISO 27001", "A.8.5"),
    Control("PCI DSS 4.0", "8.4.2"),
    Control("MITRE ATT&CK", "T1556.006"),
)
# Somebody hears of what the root user does.
ROOT_ALARM = (
    Control("CIS 1.2", "3.3"),
    Control("CIS 1.4-5.0", "4.3"),
    Control("CIS 6.0", "5.3"),
    Control("CIS 7.0", "5.3"),
    Control("Security Hub", "CloudWatch.1"),
    Control("Well-Architected", "SEC04-BP04"),
    Control("NIST 800-53", "SI-4(5)"),
    Control("ISO 27001", "A.8.16"),
    Control("SOC 2", "CC7.2"),
    Control("PCI DSS 4.0", "10.4.1"),
    Control("MITRE ATT&CK", "T1078.004"),
)
# Root access to member accounts is central, and short.
CENTRAL_ROOT = (
    Control("CIS 7.0", "2.1.1"),
    Control("Well-Architected", "SEC01-BP02"),
    Control("Well-Architected", "SEC03-BP02"),
    Control("NIST 800-53", "AC-6(5)"),
    Control("MITRE ATT&CK", "T1548.005"),
)
# Nothing is left that only the root user can mend.
ROOT_TASKS = (
    Control("CIS 1.4-4.0", "1.7"),
    Control("CIS 5.0", "1.6"),
    Control("CIS 6.0", "2.6"),
    Control("CIS 7.0", "2.7"),
    Control("Well-Architected", "SEC01-BP02"),
    Control("MITRE ATT&CK", "T1531"),
)
# Policies of the organization restrict the root user.
ROOT_GUARDRAIL = (
    Control("CIS 6.0", "2.6"),
    Control("CIS 7.0", "2.1.2"),
    Control("CIS 7.0", "2.7"),
    Control("Control Tower", "AWS-GR_RESTRICT_ROOT_USER"),
    Control("Well-Architected", "SEC01-BP02"),
    Control("NIST 800-53", "AC-6"),
    Control("ISO 27001", "A.5.15"),
    Control("SOC 2", "CC6.3"),
    Control("MITRE ATT&CK", "T1078.004"),
)
# Findings about the root user are looked at.
ROOT_FINDINGS = (
    Control("Security Hub", "GuardDuty.1"),
    Control("Well-Architected", "SEC04-BP04"),
    Control("NIST 800-53", "SI-4(5)"),
    Control("ISO 27001", "A.8.16"),
    Control("SOC 2", "CC7.2"),
)
# A trail records what root does, in all Regions and accounts.
TRAIL = (
    Control("CIS 1.2", "2.1"),
    Control("CIS 1.4-4.0", "3.1"),
    Control("CIS 5.0", "3.1"),
    Control("CIS 6.0", "4.1"),
    Control("CIS 7.0", "4.1"),
    Control("Security Hub", "CloudTrail.1"),
    Control("AWS Config", "MULTI_REGION_CLOUD_TRAIL_ENABLED"),
    Control("Well-Architected", "SEC04-BP01"),
    Control("NIST 800-53", "AU-12"),
    Control("ISO 27001", "A.8.15"),
    Control("SOC 2", "CC7.2"),
    Control("PCI DSS 4.0", "10.2.1"),
    Control("MITRE ATT&CK", "T1562.008"),
)
