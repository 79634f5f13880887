from rootlint.reason.events import as_user, by_root, event, events, in_account, must_alarm, noise


def test_all_records_are_read() -> None:
    assert [found.id for found in events()] == [f"E{number:02}" for number in range(1, 33)]


def test_a_root_key_is_shown_before_a_sign_in() -> None:
    assert [found.id for found in must_alarm()][:2] == ["E06", "E01"]


def test_tier_one_is_what_must_alarm_in_the_commercial_partition() -> None:
    numbers = {found.id for found in must_alarm()}
    expected = "E01 E02 E03 E04 E06 E07 E09 E10 E12 E13 E14 E15 E16 E17 E18 E27"
    assert numbers == set(expected.split())


def test_govcloud_has_no_root_console() -> None:
    assert must_alarm("aws-us-gov")[0].id == "E31"
    sources = {found.eventbridge.source for found in must_alarm("aws-us-gov")}
    assert "aws.signin" not in sources


def test_events_of_another_partition_carry_its_arn() -> None:
    for found in must_alarm("aws-cn"):
        assert found.record["userIdentity"]["arn"].startswith("arn:aws-cn:iam::")
        assert found.region == "cn-north-1"


def test_noise_is_what_must_not_page() -> None:
    assert [found.id for found in noise()] == ["E20", "E21", "E22", "E23", "E32"]


def test_the_caller_of_root_events_is_root() -> None:
    assert all(found.record["userIdentity"]["type"] == "Root" for found in by_root())


def test_an_event_moves_to_another_account() -> None:
    moved = in_account(event("E06"), "222233334444")
    assert moved.record["userIdentity"]["arn"] == "arn:aws:iam::222233334444:root"
    assert event("E06").record["userIdentity"]["arn"] == "arn:aws:iam::111122223333:root"


def test_a_user_in_the_session_of_root_keeps_the_rest_of_the_identity() -> None:
    identity = as_user(event("E06"), keep=True)["userIdentity"]
    assert identity["type"] == "IAMUser"
    assert "sessionContext" in identity
    assert "sessionContext" not in as_user(event("E06"), keep=False)["userIdentity"]
