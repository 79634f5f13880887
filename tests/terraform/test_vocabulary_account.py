"""Contacts, domains, values in the clear, and MFA Delete."""

import pytest

from rootlint.model.account import Contact, DnsRecord, Domain, Zone
from rootlint.model.credentials import ClearText, Keeper, Versioning
from rootlint.model.truth import Truth
from rootlint.terraform.vocabulary.kinds import mentions_relevant
from tests.terraform.reading import declared, unit, written


def clear(text: str) -> list[tuple[Keeper, object, object]]:
    found = declared(unit(text), ClearText)
    return [(each.keeper, written(each.name), written(each.value)) for each in found]


def test_contacts_of_an_account() -> None:
    found = unit(
        'resource "aws_account_alternate_contact" "s" {\n  alternate_contact_type = "SECURITY"\n'
        '  account_id = "444455556666"\n  email_address = "s@corp.example"\n  phone_number = "+1555"\n}\n'
        'resource "aws_account_primary_contact" "p" {\n  phone_number = "+1556"\n}\n'
    )
    said = [
        tuple(map(written, (each.type, each.account, each.email, each.phone)))
        for each in declared(found, Contact)
    ]
    assert said == [
        ("SECURITY", "444455556666", "s@corp.example", "+1555"),
        ("PRIMARY", None, None, "+1556"),
    ]


def test_the_domains_that_mail_depends_on() -> None:
    found = unit(
        'resource "aws_route53domains_registered_domain" "d" {\n  domain_name = "corp.example"\n}\n'
        'resource "aws_route53_zone" "z" {\n  name = "corp.example"\n}\n'
        'resource "aws_route53_record" "mx" {\n  zone_id = aws_route53_zone.z.zone_id\n'
        '  name = "corp.example"\n  type = "MX"\n}\n'
    )
    (domain,), (zone,), (record,) = (
        declared(found, Domain),
        declared(found, Zone),
        declared(found, DnsRecord),
    )
    assert written(domain.name) == written(zone.name) == written(record.name) == "corp.example"
    assert written(record.type) == "MX"
    assert getattr(record.zone, "refers", None) == (".", "aws_route53_zone.z", "zone_id")


@pytest.mark.parametrize(
    ("body", "switched", "mfa"),
    [
        (('"aws_s3_bucket_versioning" "v" {\n  mfa = "s 1"\n  versioning_configuration {\n'
         '    mfa_delete = "Enabled"\n  }\n}'), "Enabled", "s 1"),
        (('"aws_s3_bucket_versioning" "v" {\n  versioning_configuration {\n'
         '    status = "Enabled"\n  }\n}'), None, None),
        ('"aws_s3_bucket" "b" {\n  versioning {\n    mfa_delete = true\n  }\n}', "Enabled", None),
        ('"aws_s3_bucket" "b" {\n  versioning {\n    mfa_delete = false\n  }\n}', "Disabled", None),
    ],
)  # fmt: skip
def test_mfa_delete_of_a_bucket(body: str, switched: object, mfa: object) -> None:
    (found,) = declared(unit(f"resource {body}\n"), Versioning)
    assert (written(found.mfa_delete), written(found.mfa)) == (switched, mfa)


def test_a_bucket_that_says_nothing_of_it_has_no_versioning() -> None:
    assert declared(unit('resource "aws_s3_bucket" "b" {\n}\n'), Versioning) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('provider "aws" {\n  alias = "x"\n  access_key = var.k\n}\nvariable "k" {\n  default = "a"\n}',
         [(Keeper.PROVIDER, "access_key", "a")]),
        ('terraform {\n  backend "s3" {\n    secret_key = "b"\n  }\n}', [(Keeper.BACKEND, "secret_key", "b")]),
        ('terraform {\n  backend "http" {\n    token = "b"\n  }\n}', []),
        ('data "terraform_remote_state" "r" {\n  backend = "s3"\n  config = {\n    token = "c"\n  }\n}',
         [(Keeper.BACKEND, "token", "c")]),
        ('resource "aws_lambda_function" "f" {\n  environment {\n    variables = {\n      K = "d"\n    }\n  }\n}',
         [(Keeper.ENVIRONMENT, "K", "d")]),
        (('resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{\n'
         '    environment = [{ name = "K", value = "e" }]\n  }])\n}'), [(Keeper.ENVIRONMENT, "K", "e")]),
        (('resource "aws_batch_job_definition" "j" {\n  container_properties = '
         '"{\\"environment\\":[{\\"name\\":\\"K\\",\\"value\\":\\"f\\"}]}"\n}'), [(Keeper.ENVIRONMENT, "K", "f")]),
        (('resource "aws_codebuild_project" "p" {\n  environment {\n    environment_variable {\n'
         '      name = "K"\n      value = "g"\n    }\n    environment_variable {\n      name = "S"\n'
         '      value = "path"\n      type = "PARAMETER_STORE"\n    }\n  }\n}'),
         [(Keeper.ENVIRONMENT, "K", "g")]),
        ('resource "aws_ssm_parameter" "p" {\n  name = "K"\n  value = "h"\n}', [(Keeper.PARAMETER, "K", "h")]),
    ],
)  # fmt: skip
def test_values_in_the_clear(text: str, said: object) -> None:
    assert clear(text + "\n") == said


def test_a_provider_of_a_module_that_is_off_is_off() -> None:
    off = {
        "main.tf": 'module "m" {\n  source = "./m"\n  count = 0\n}\n',
        "m/main.tf": 'provider "aws" {\n  token = "a"\n}\n',
    }
    (found,) = declared(unit(off), ClearText)
    assert found.resource.exists is Truth.NO


def test_what_only_lies_beside_is_no_reason_to_read_a_file() -> None:
    assert not mentions_relevant(b'resource "aws_lambda_function" "f" {}')
    assert not mentions_relevant(b'resource "aws_route53_record" "r" {}')
    assert mentions_relevant(b'default = "AKIA"')
    assert mentions_relevant(b'resource "aws_account_primary_contact" "c" {}')
