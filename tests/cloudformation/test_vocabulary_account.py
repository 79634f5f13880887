from rootlint.model.account import DnsRecord, Zone
from rootlint.model.read import text
from tests.cloudformation.reading import unit

TEMPLATE = """
Resources:
  Zone:
    Type: AWS::Route53::HostedZone
    Properties: {Name: corp.example.}
  Mail:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: corp.example., Name: corp.example., Type: MX}
  More:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: Z1
      RecordSets:
        - {Name: a.corp.example., Type: A}
        - {Name: b.corp.example., Type: MX, HostedZoneId: Z2}
"""


def test_zones_and_who_takes_their_mail() -> None:
    things = unit(TEMPLATE).declares
    assert [text(thing.name) for thing in things if isinstance(thing, Zone)] == ["corp.example."]
    records = [thing for thing in things if isinstance(thing, DnsRecord)]
    assert [(text(x.zone), text(x.name), text(x.type)) for x in records] == [
        ("corp.example.", "corp.example.", "MX"),
        ("Z1", "a.corp.example.", "A"),
        ("Z2", "b.corp.example.", "MX"),
    ]
