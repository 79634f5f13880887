"""What is heard of a trail is the same whether every watch of the estate is asked or those that matter."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rootlint.cloudformation.read import Reading, read
from rootlint.model.estate import Estate
from rootlint.model.truth import Truth
from rootlint.model.unit import Unit
from rootlint.model.watch import LogGroup, Trail
from rootlint.reason.chain import beside, hides, nears, seen, watches, without_star
from rootlint.reason.events import RootEvent, must_alarm
from rootlint.reason.heard import heard
from rootlint.reason.neighbours import neighbours
from rootlint.reason.reach import Link, Reach, best, joined, unless_hidden
from rootlint.reason.trail import records
from rootlint.reason.watch import Watch
from rootlint.source import SourceFile, Sources

HEAD = "Parameters: {{Any: {{Type: String}}}}\nResources:\n"
PARTS = {
    "topic": "  Topic: {{Type: AWS::SNS::Topic, Properties: {{TopicName: {name}}}}}\n",
    "mail": "  Mail: {{Type: AWS::SNS::Subscription, Properties: {{TopicArn: {arn}, Protocol: email, Endpoint: a@b.c}}}}\n",
    "logs": "  Logs: {{Type: AWS::Logs::LogGroup, Properties: {{LogGroupName: {group}}}}}\n",
    "trail": "  Trail: {{Type: AWS::CloudTrail::Trail, Properties: {{IsLogging: true, S3BucketName: b, IsMultiRegionTrail: true, CloudWatchLogsLogGroupArn: {logs}}}}}\n",
    "filter": "  Filter: {{Type: AWS::Logs::MetricFilter, Properties: {{LogGroupName: {read}, FilterPattern: '{{ $.userIdentity.type = \"Root\" }}', MetricTransformations: [{{MetricName: M, MetricNamespace: N, MetricValue: '1'}}]}}}}\n",
    "alarm": "  Alarm: {{Type: AWS::CloudWatch::Alarm, Properties: {{MetricName: M, Namespace: N, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{arn}]}}}}\n",
    "rule": "  Rule: {{Type: AWS::Events::Rule, Properties: {{EventPattern: {pattern}, Targets: [{{Id: a, Arn: {arn}}}]}}}}\n",
    "silent": "  Silent: {{Type: AWS::Events::Rule, Properties: {{EventPattern: {{detail: {{userIdentity: {{type: [Root]}}}}}}}}}}\n",
}  # fmt: skip
PATTERNS = (
    "{detail: {userIdentity: {type: [Root]}}}",
    "{detail: {eventName: [ConsoleLogin]}}",
    "{source: [aws.ec2]}",
    "!Ref Any",
)
FILLED = st.fixed_dictionaries({
    "name": st.sampled_from(["alerts", "other", "!Ref Any"]),
    "arn": st.sampled_from(["!Ref Topic", "!Ref Any", "!Sub 'arn:aws:sns:us-east-1:1:alerts'"]),
    "group": st.sampled_from(["trail", "!Ref Any"]),
    "logs": st.sampled_from(["!GetAtt Logs.Arn", "!Ref Any", "arn:aws:logs:us-east-1:1:log-group:trail:*"]),
    "read": st.sampled_from(["!Ref Logs", "!Ref Any", "trail"]),
    "pattern": st.sampled_from(PATTERNS),
})  # fmt: skip
TEMPLATES = st.tuples(st.sets(st.sampled_from(sorted(PARTS)), min_size=1), FILLED)


def estate(templates: list[tuple[set[str], dict[str, str]]]) -> Estate:
    sources = Sources()
    units: list[Unit] = []
    for number, (parts, filled) in enumerate(templates):
        text = (HEAD + "".join(PARTS[name] for name in sorted(parts))).format(**filled)
        sources.add(SourceFile(f"{number}.yaml", text))
        units += read(f"{number}.yaml", Reading(sources))
    return Estate(units)


def plainly(found: Estate, trail: Trail) -> tuple[tuple[RootEvent, Reach], ...]:
    """The same by asking each watch of the estate."""
    near: list[tuple[Watch, Reach]] = []
    for watch in in_order(found, trail):
        feed = nears(found, trail, watch)
        if feed.truth is not Truth.NO:
            near.append((watch, feed))
        if feed.truth is Truth.YES and all(watch.heard(x) is Truth.YES for x in watch.events):
            near = [(watch, feed)]
            break
    answers = []
    for event in must_alarm("aws"):
        nobody = Reach(Truth.NO, Link.PATTERN, trail, "nothing looks at the event")
        recorded = records(trail, event)
        start = Reach(recorded.truth, Link.FEED, trail, recorded.reason, recorded.because)
        paths = [joined(feed, seen(watch, event), watch.reach) for watch, feed in near]
        whole = unless_hidden(best(paths, nobody), hides(found, trail))
        answers.append((event, joined(start, whole)))
    return tuple(answers)


def in_order(found: Estate, trail: Trail) -> list[Watch]:
    group = without_star(trail.log_group)
    groups = found.target(group, LogGroup, trail.resource) if group is not None else ()
    own = [
        watch
        for link in groups
        for watch in watches(found)
        if any(x.holds is Truth.YES and x.thing is link.thing for x in watch.groups)
    ]
    return [*own, *(watch for watch in watches(found) if watch not in own)]


@settings(max_examples=60, deadline=None)
@given(st.lists(TEMPLATES, min_size=1, max_size=4))
def test_those_that_matter_say_what_all_say(
    templates: list[tuple[set[str], dict[str, str]]],
) -> None:
    found = estate(templates)
    for trail in found.every(Trail):
        assert heard(found, trail) == plainly(found, trail)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEMPLATES, min_size=1, max_size=4))
def test_whoever_is_beside_a_watch_for_certain_is_its_neighbour(
    templates: list[tuple[set[str], dict[str, str]]],
) -> None:
    found = estate(templates)
    for watch in watches(found):
        near = {id(other) for other in neighbours(found, watch)}
        sure = (x for x in watches(found) if beside(found, watch, x) is Truth.YES)
        assert all(id(other) in near for other in sure)
