import pytest
from hypothesis import given
from hypothesis import strategies as st

from rootlint.model.place import spot
from rootlint.model.same import references
from rootlint.model.value import Choice, Known, List, Reference, Text, Unknown, Value, Why
from tests.cloudformation.reading import evaluator, known, show, value

SECTIONS = """
Parameters:
  Name: {Type: String, Default: prod}
  Count: {Type: Number, Default: 3}
  Zip: {Type: String, Default: 0123}
  Emails: {Type: CommaDelimitedList, Default: "a@x.example, b@x.example"}
  Open: {Type: String}
  Opens: {Type: "List<String>"}
  Secret: {Type: String, Default: hunter, NoEcho: true}
  Ami: {Type: "AWS::SSM::Parameter::Value<String>", Default: /ami}
Mappings:
  Regions:
    us-east-1: {Zone: a, Both: same}
    eu-west-1: {Zone: b, Both: same}
"""


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("!Ref Name", "prod"),
        ("{Ref: Name}", "prod"),
        ("!Ref Count", "3"),
        ("!Ref Zip", "0123"),
        ("!Ref Emails", "[a@x.example, b@x.example]"),
        ("!Ref Open", "⟨parameter `Open` has no value⟩"),
        ("!Ref Opens", "⟨parameter `Opens` has no value⟩"),
        ("!Ref Secret", "⟨parameter `Secret` is masked⟩"),
        ("!Ref Ami", "⟨parameter `Ami` is looked up in SSM at deployment⟩"),
        ("!Ref Nobody", "⟨`Nobody` is not declared⟩"),
        ("!Ref AWS::Partition", "aws"),
        ("!Ref AWS::URLSuffix", "amazonaws.com"),
        ("!Ref AWS::Region", "⟨AWS::Region⟩"),
        ("!Ref AWS::AccountId", "⟨AWS::AccountId⟩"),
        ("!Ref AWS::NoValue", "nothing"),
        ("[a, !Ref AWS::NoValue, b]", "[a, b]"),
        ("{a: 1, b: !Ref AWS::NoValue}", "{a: 1}"),
        ("!Sub '${Name}-x'", "prod-x"),
        ("{'Fn::Sub': '${Name}-x'}", "prod-x"),
        ("!Sub '${!Name} ${Open}'", "${Name} ⟨parameter `Open` has no value⟩"),
        ("!Sub ['${a}/${Name}', {a: !Ref Count}]", "3/prod"),
        ("!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'", "arn:aws:iam::⟨AWS::AccountId⟩:root"),
        ("'${aws:username}'", "${aws:username}"),
        ("!Join ['-', [a, !Ref Name, !Ref Count]]", "a-prod-3"),
        ("!Join ['', !Ref Emails]", "a@x.exampleb@x.example"),
        ("!Join [',', !Ref Opens]", "⟨parameter `Opens` has no value⟩"),
        ("{'Fn::Join': ['', [a, b]]}", "ab"),
        ("!Select [1, [a, b]]", "b"),
        ("!Select ['0', !Split [',', 'x,y']]", "x"),
        ("!Select [0, !Split [',', !Ref Open]]", "⟨a part of it: a part of it: parameter `Open` has no value⟩"),
        ("!Split ['-', 'a-b-c']", "[a, b, c]"),
        ("!Split [':', 'arn:aws:iam::1:root']", "[arn, aws, iam, , 1, root]"),
        ("!Split ['-', !Sub 'a-${Open}-c']", "[a, ?]"),
        ("!Split [':', !Sub '${Open}:c']", "[?]"),
        ("!Select [4, !Split [':', !Sub 'arn:aws:iam::${AWS::AccountId}:root']]", "⟨AWS::AccountId⟩"),
        ("!Base64 hello", "aGVsbG8="),
        ("!Base64 {Ref: Open}", "⟨the Base64 of a text that is not known⟩"),
        ("{'Fn::Length': [a, b]}", "2"),
        ("{'Fn::Length': !Ref Emails}", "2"),
        ("{'Fn::ToJsonString': {a: [1, !Ref Open]}}", "json({a: [1, ⟨parameter `Open` has no value⟩]})"),
        ("!GetAZs ''", "[?]"),
        ("!Cidr [10.0.0.0/16, 2, 8]", "[?]"),
        ("!FindInMap [Regions, us-east-1, Zone]", "a"),
        ("!FindInMap [Regions, !Ref AWS::Region, Both]", "same"),
        ("!FindInMap [Regions, !Ref AWS::Region, Zone]", "⟨`Fn::FindInMap` by AWS::Region⟩"),
        ("!FindInMap [Regions, !Sub 'us-east-${Open}', Zone]", "⟨`Fn::FindInMap` by parameter `Open` has no value⟩"),
        ("!FindInMap [Regions, nowhere, Zone, {DefaultValue: c}]", "c"),
        ("!FindInMap [Regions, nowhere, Zone]", "⟨`Fn::FindInMap` finds nothing⟩"),
        ("!ImportValue shared-key", "⟨export `shared-key`⟩"),
        ("{'Fn::ImportValue': !Sub '${Name}-key'}", "⟨export `prod-key`⟩"),
        ("!ImportValue {Ref: Open}", "⟨an export of which the name is not known⟩"),
        ("{'Fn::Transform': {Name: Mine, Parameters: {}}}", "⟨`Fn::Transform` by `Mine`⟩"),
        ("{a: 1, 'Fn::Transform': {Name: 'AWS::Include'}}", "{a: 1, ?}"),
        ("'x{{resolve:ssm:/a:1}}y'", "x⟨`{{resolve:ssm:/a:1}}`⟩y"),
        ("'x-${self:custom.stage}'", "x-⟨`${self:custom.stage}`⟩"),
        ("!Sub '{{resolve:ssm:/${Name}}}'", "⟨`{{resolve:ssm:/prod}}`⟩"),
        ("!Sub '{{resolve:ssm:/${Open}}}'", "⟨`{{resolve:…}}`⟩"),
        ("!Unheard x", "⟨`!Unheard` is not evaluated⟩"),
        ("{'Fn::Unheard': x}", "⟨`Fn::Unheard` is not evaluated⟩"),
        ("!Join [a]", "⟨`Fn::Join` is not called like this⟩"),
        ("!!str 12", "12"),
    ],
)  # fmt: skip
def test_functions(expression: str, shown: str) -> None:
    assert show(value(expression, SECTIONS)) == shown


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-1.5", -1.5),
        ("null", None),
        ("'12'", "12"),
        ("0123", "0123"),
        ("1_000", "1_000"),
        ("1.10", "1.10"),
        ("Yes", "Yes"),
        ("2012-10-17", "2012-10-17"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ],
)
def test_plain_scalars_are_what_json_would_make_of_them(written: str, meant: object) -> None:
    found = value(written)
    assert isinstance(found, Known)
    assert found.value == meant
    assert type(found.value) is type(meant)


def test_a_default_says_so_and_stands_where_it_is_written() -> None:
    text = "Parameters: {P: {Type: String, Default: here}}\nResources: {R: {Type: 'A::B'}}\n"
    found = evaluator(text).parameters.value("P")
    assert isinstance(found, Known)
    assert found.note == "by default of parameter `P`"
    assert text[found.span.start : found.span.end] == "here"


def test_a_given_value_beats_the_default() -> None:
    assert show(value("!Ref Name", SECTIONS, {"Name": known("dev")})) == "dev"
    assert show(value("!Ref Emails", SECTIONS, {"Emails": known("c,d")})) == "[c, d]"


def test_a_masked_value_is_never_told() -> None:
    assert "hunter" not in repr(value("!Sub 'x${Secret}'", SECTIONS, {"Secret": known("hunter")}))


def test_region_and_partition_where_they_are_given() -> None:
    expression = "!Sub '${AWS::Region} ${AWS::Partition} ${AWS::URLSuffix}'"
    assert (
        show(value(expression, region="cn-north-1", partition="aws-cn"))
        == "cn-north-1 aws-cn amazonaws.com.cn"
    )


def test_the_name_of_the_stack_where_it_is_given() -> None:
    assert show(value("!Sub '${AWS::StackName}-topic'", stack="watch")) == "watch-topic"


@pytest.mark.parametrize(
    ("name", "shape"),
    [("AWS::Region", "region"), ("AWS::AccountId", "account"), ("AWS::StackName", "name")],
)
def test_shapes_of_pseudo_parameters(name: str, shape: str) -> None:
    found = value(f"!Ref {name}")
    assert isinstance(found, Unknown)
    assert (found.why, found.shape) == (Why.PSEUDO, shape)


def test_an_import_refers_to_the_export() -> None:
    found = value("!ImportValue shared")
    assert isinstance(found, Unknown)
    assert found.refers == Reference("", "export", "shared")


def resources(kind: str, properties: str, expression: str) -> Value | None:
    sections = f"Mappings: {{}}\nResources:\n  X:\n    Type: {kind}\n    Properties: {properties}\n"
    text = f"{sections}  R:\n    Type: A::B\n    Properties: {{It: {expression}}}\n"
    worker = evaluator(text)
    node = worker.resources["R"].node
    found = worker.evaluate(node)
    return found.get("Properties").get("It")  # type: ignore[union-attr]  # both are maps


@pytest.mark.parametrize(
    ("kind", "properties", "expression", "shown", "attribute"),
    [
        ("AWS::Logs::LogGroup", "{LogGroupName: trail}", "!Ref X", "trail", ""),
        ("AWS::Logs::LogGroup", "{}", "!Ref X", "⟨name of `X`⟩", ""),
        ("AWS::Logs::LogGroup", "{LogGroupName: !Ref AWS::StackName}", "!Ref X", "⟨AWS::StackName⟩", ""),
        ("AWS::IAM::User", "{UserName: root}", "!Ref X", "root", ""),
        ("AWS::IAM::User", "{UserName: !Sub 'a-${AWS::Region}'}", "!Ref X", "a-⟨AWS::Region⟩", ""),
        ("AWS::IAM::Role", "{RoleName: r}", "!GetAtt X.Arn", "arn:aws:iam::⟨AWS::AccountId⟩:role/r", "Arn"),
        ("AWS::IAM::Role", "{RoleName: r, Path: /p/}", "!GetAtt [X, Arn]", "arn:aws:iam::⟨AWS::AccountId⟩:role/p/r", "Arn"),
        ("AWS::IAM::Role", "{}", "{'Fn::GetAtt': [X, Arn]}", "arn:aws:iam::⟨AWS::AccountId⟩:role/⟨name of `X`⟩", "Arn"),
        ("AWS::IAM::User", "{UserName: u}", "!GetAtt X.Arn", "arn:aws:iam::⟨AWS::AccountId⟩:user/u", "Arn"),
        ("AWS::IAM::ManagedPolicy", "{ManagedPolicyName: p}", "!Ref X", "arn:aws:iam::⟨AWS::AccountId⟩:policy/p", ""),
        ("AWS::SNS::Topic", "{TopicName: t}", "!Ref X", "arn:aws:sns:⟨AWS::Region⟩:⟨AWS::AccountId⟩:t", ""),
        ("AWS::SNS::Topic", "{TopicName: t}", "!GetAtt X.TopicName", "t", "TopicName"),
        ("AWS::Logs::LogGroup", "{LogGroupName: g}", "!GetAtt X.Arn", "arn:aws:logs:⟨AWS::Region⟩:⟨AWS::AccountId⟩:log-group:g:*", "Arn"),
        ("AWS::S3::Bucket", "{BucketName: b}", "!GetAtt X.Arn", "arn:aws:s3:::b", "Arn"),
        ("AWS::EC2::Instance", "{}", "!GetAtt X.PrivateIp", "⟨`X.PrivateIp`⟩", "PrivateIp"),
        ("AWS::EC2::Instance", "{}", "!Ref X", "⟨`X`⟩", ""),
    ],
)  # fmt: skip
def test_what_a_resource_gives(
    kind: str, properties: str, expression: str, shown: str, attribute: str
) -> None:
    found = resources(kind, properties, expression)
    assert show(found) == shown
    assert found is not None
    assert not isinstance(found, Choice)
    assert found.refers == Reference("t.yaml", "X", attribute)


def test_a_reference_within_a_text_is_kept() -> None:
    found = resources("AWS::SNS::Topic", "{}", "!Sub 'x-${X}-y'")
    assert list(references(found)) == [Reference("t.yaml", "X", "")]


def test_a_reference_alone_in_a_text_is_the_reference() -> None:
    found = resources("AWS::Logs::LogGroup", "{LogGroupName: g}", "!Sub '${X}'")
    assert isinstance(found, Known)
    assert found.refers == Reference("t.yaml", "X", "")


def test_a_name_out_of_an_arn() -> None:
    expression = "!Select [6, !Split [':', !GetAtt X.Arn]]"
    assert show(resources("AWS::Logs::LogGroup", "{LogGroupName: g}", expression)) == "g"


@pytest.mark.parametrize("name", ["!Ref X", "!Sub '${X}-x'"])
def test_what_hangs_on_itself_ends(name: str) -> None:
    found = resources("AWS::Logs::LogGroup", f"{{LogGroupName: {name}}}", "!Ref X")
    assert "⟨`X` hangs on itself⟩" in show(found)


def test_depth_is_bounded() -> None:
    deep = "!Join ['', [" * 45 + "a" + "]]" * 45
    assert show(value(deep)) == "⟨too deep to be worked out⟩"


def test_growth_is_bounded() -> None:
    name = "Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '${T%d.TopicName}${T%d.TopicName}'}"
    chain = "".join(f"  T{n}: {{{name % (n + 1, n + 1)}}}\n" for n in range(25))
    worker = evaluator(
        f"Resources:\n{chain}  T25: {{Type: AWS::SNS::Topic, Properties: {{TopicName: xy}}}}\n"
    )
    found = worker.evaluate(worker.resources["T0"].node)
    assert "a string that grows too long" in show(found)


def test_every_part_of_a_text_knows_its_place() -> None:
    text = 'Resources:\n  R:\n    Type: A::B\n    It: !Sub |\n      {\n        "a": "${AWS::Region}"\n      }\n'
    worker = evaluator(text)
    found = worker.evaluate(worker.resources["R"].node).get("It")  # type: ignore[union-attr]  # a map
    assert isinstance(found, Text)
    flat = "".join(part if isinstance(part, str) else "*" for part in found.parts)
    for wanted in ('"a"', "}", "{"):
        start = flat.index(wanted)
        place = spot(found, start, start + len(wanted))
        assert text[place.start : place.end] == wanted
    place = spot(found, flat.index("*"), flat.index("*") + 1)
    assert text[place.start : place.end] == "${AWS::Region}"


def test_parts_of_a_joined_text_know_their_places() -> None:
    found = value("!Join ['', ['{\"Effect\": ', '\"Deny\"}']]")
    assert isinstance(found, Known)
    place = spot(found, 11, 17)
    assert place.end - place.start == 6


def test_a_key_that_is_written_twice_has_two_values() -> None:
    assert show(value("{a: 1, a: 2}")) == (
        "{a: 2 when the last one counts | 1 when the one in place 1 counts}"
    )


def test_a_loop_over_known_names_is_written_out() -> None:
    text = (
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Topics:\n    - Name\n    - [a, b]\n"
        "    - Topic${Name}:\n        Type: AWS::SNS::Topic\n        Properties: {TopicName: !Sub 't-${Name}'}\n"
    )
    worker = evaluator(text)
    names = [show(worker.evaluate(copy.node, copy.scope)) for copy in worker.resources.values()]
    assert list(worker.resources) == ["Topica", "Topicb"]
    assert [name[-4:-2] for name in names] == ["-a", "-b"]


@pytest.mark.parametrize("collection", ["!Ref Open", "[a, !Ref Open]", "text"])
def test_a_loop_over_unknown_names_hides_entries(collection: str) -> None:
    found = value(f"{{'Fn::ForEach::X': [N, {collection}, {{'${{N}}': 1}}], a: 1}}", SECTIONS)
    assert show(found) == "{a: 1, ?}"


def test_a_loop_over_too_many_names_hides_entries() -> None:
    names = ", ".join(map(str, range(10_001)))
    assert show(value(f"{{'Fn::ForEach::X': [N, [{names}], {{'a${{N}}': 1}}]}}")) == "{?}"


def test_a_list_that_is_split_at_a_hole_may_go_on() -> None:
    found = value("!Split ['-', !Sub 'a-${Open}']", SECTIONS)
    assert isinstance(found, List)
    assert found.rest is not None
    assert found.rest.why is Why.PARAMETER


EXPRESSIONS: st.SearchStrategy[str] = st.deferred(
    lambda: (
        st.sampled_from(["a", "'x,y'", "!Ref P", "!Ref Q", "!Ref AWS::Region", "!Ref AWS::NoValue"])
        | st.lists(EXPRESSIONS, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.tuples(EXPRESSIONS, EXPRESSIONS).map(lambda two: f"!Join ['-', [{two[0]}, {two[1]}]]")
        | st.tuples(EXPRESSIONS, EXPRESSIONS).map(lambda two: f"!If [C, {two[0]}, {two[1]}]")
        | st.tuples(EXPRESSIONS, EXPRESSIONS).map(lambda two: f"!If [D, {two[0]}, {two[1]}]")
        | EXPRESSIONS.map(lambda inner: f"!Split [',', {inner}]")
        | EXPRESSIONS.map(lambda inner: f"!Select [0, {inner}]")
        | EXPRESSIONS.map(lambda inner: f"!Sub ['${{v}}.${{P}}', {{v: {inner}}}]")
    )
)
TWO = """
Parameters: {P: {Type: String}, Q: {Type: String, AllowedValues: [a, b]}}
Conditions: {C: !Equals [!Ref P, a], D: !And [!Condition C, !Equals [!Ref Q, b]]}
"""


def agrees(before: Value | None, after: Value | None) -> bool:
    """Whether what was known is still so: a settled value stays, of alternatives one is left."""
    if isinstance(before, Choice):
        return any(agrees(option, after) for _, option in before.options)
    return not settled(before) or show(before) == show(after)


def settled(found: Value | None) -> bool:
    match found:
        case None | Known():
            return True
        case List():
            return found.rest is None and all(map(settled, found.items))
        case _:
            return False


@given(EXPRESSIONS, st.sampled_from(["a", "b", "c,d", ""]), st.sampled_from(["a", "b"]))
def test_a_value_for_a_parameter_never_changes_what_was_known(
    expression: str, p: str, q: str
) -> None:
    before = value(expression, TWO)
    after = value(expression, TWO, {"P": known(p), "Q": known(q)})
    assert agrees(before, after)
