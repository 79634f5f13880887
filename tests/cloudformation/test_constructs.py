"""The construct of a CDK program is told beside the finding, never in its message."""

from rootlint.model.identity import AccessKey
from tests.cloudformation.reading import only

TEMPLATE = """
Resources:
  BotKey8A5C:
    Type: AWS::IAM::AccessKey
    Properties: {UserName: root}
    Metadata: {aws:cdk:path: %s}
"""


def labels(path: str) -> list[tuple[str, str]]:
    text = TEMPLATE % path
    calls = only(text, AccessKey).resource.calls
    return [(label.text, text[label.span.start : label.span.end]) for label in calls]


def test_a_construct_is_named_with_its_place() -> None:
    assert labels("Stage/Stack/Bot") == [
        ("made by the construct `Stage/Stack/Bot`", "Stage/Stack/Bot")
    ]


def test_the_resource_that_a_construct_is_made_of_goes_without_saying() -> None:
    assert labels("Stack/Bot/Resource")[0][0] == "made by the construct `Stack/Bot`"
    assert labels("Stack/Bot/Default")[0][0] == "made by the construct `Stack/Bot`"


def test_other_metadata_names_no_construct() -> None:
    assert labels("''") == []
    assert labels("[a]") == []
