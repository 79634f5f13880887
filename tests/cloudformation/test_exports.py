import pytest

from rootlint.cloudformation.read import Reading, read
from rootlint.model.estate import Estate
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.watch import Subscription, Topic
from rootlint.source import SourceFile, Sources

EXPORTING = """
Resources:
  T: {Type: 'AWS::SNS::Topic'}
Outputs:
  T: {Value: !Ref T, Export: {Name: %s}}
"""
IMPORTING = """
Parameters: {Network: {Type: String%s}}
Resources:
  S:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: {'Fn::ImportValue': %s}}
"""


def linked(export: str, name: str, default: str = "") -> tuple[Truth, Estate, Topic]:
    texts = {"a.yaml": EXPORTING % export, "b.yaml": IMPORTING % (default, name)}
    sources = Sources()
    for path, text in texts.items():
        sources.add(SourceFile(path, text))
    units: list[Unit] = [one for path in texts for one in read(path, Reading(sources))]
    estate = Estate(units)
    (topic,), (subscription,) = estate.every(Topic), estate.every(Subscription)
    return (
        estate.denotes(subscription.topic, topic, by=subscription.resource),
        estate,
        topic,
    )


@pytest.mark.parametrize(
    ("export", "name", "default", "holds"),
    [
        ("net-T", "net-T", "", Truth.YES),
        ("net-T", "!Sub '${Network}-T'", ", Default: net", Truth.YES),
        ("net-T", "!Sub '${Network}-T'", "", Truth.UNKNOWN),
        ("!Sub '${AWS::StackName}-T'", "!Sub '${Network}-T'", "", Truth.UNKNOWN),
        ("!Sub '${AWS::StackName}-T'", "!Sub '${Network}-T'", ", Default: net", Truth.UNKNOWN),
        ("net-T", "other", "", Truth.UNKNOWN),
    ],
)
def test_an_import_of_which_half_the_name_is_known_may_be_the_export(
    export: str, name: str, default: str, holds: Truth
) -> None:
    found, estate, topic = linked(export, name, default)
    assert found is holds
    links = estate.linked(Subscription, "topic", topic)
    assert [link.holds for link in links] == [holds]


def test_what_is_exported_under_half_a_name_may_be_heard_of_elsewhere() -> None:
    _, estate, topic = linked("!Sub '${AWS::StackName}-T'", "!Sub '${Network}-T'")
    assert [hole.detail for hole in estate.hidden(topic.resource)] == [
        "output `T` hands it to others"
    ]
