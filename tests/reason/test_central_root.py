from typing import Any

import pytest

from rootlint.model.organization import Organization, RootFeatures
from rootlint.model.truth import Truth
from rootlint.reason.central_root import lacking_feature, lacks_trust
from tests.reason.making import resource, unknown, value

BOTH = ["RootCredentialsManagement", "RootSessions"]


@pytest.mark.parametrize(
    ("features", "truth", "what"),
    [
        (BOTH, Truth.NO, ""),
        (BOTH[:1], Truth.YES, "RootSessions"),
        (BOTH[1:], Truth.YES, "RootCredentialsManagement"),
        ([BOTH[0], unknown()], Truth.UNKNOWN, "RootSessions"),
        (unknown(), Truth.UNKNOWN, "RootCredentialsManagement"),
    ],
)
def test_both_features_are_needed(features: Any, truth: Truth, what: str) -> None:
    found = lacking_feature(RootFeatures(resource("features"), value(features)))
    assert (found.truth, found.what) == (truth, what)


@pytest.mark.parametrize(
    ("services", "truth"),
    [
        (["iam.amazonaws.com"], Truth.NO),
        (["cloudtrail.amazonaws.com"], Truth.YES),
        ([], Truth.YES),
        (unknown(), Truth.UNKNOWN),
    ],
)
def test_iam_has_to_be_trusted(services: Any, truth: Truth) -> None:
    organization = Organization(resource("organization"), trusted_services=value(services))
    assert lacks_trust(organization).truth is truth
