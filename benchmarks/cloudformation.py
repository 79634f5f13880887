"""Time rootlint on generated CloudFormation templates, beside cfn-lint and checkov on the same tree.

    python benchmarks/cloudformation.py [--checkov PROGRAM] [--cfn-lint PROGRAM] [--files 10000]

Peers are given a hundredth of the files, since they would take hours for all, and are compared by
the CPU time for each file. The templates are the same in every run.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.peers import BASELINE, ROOTLINT, cpu_seconds

# About every tenth resource of public templates is of a kind that rootlint reads.
RELEVANT = """\
  # What is published here reaches the people on duty: see the runbook of the platform team.
  Topic{n}:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Sub "${{AWS::StackName}}-alarms-{n}"
  Mail{n}:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref Topic{n}
      Protocol: email
      Endpoint: !Ref Email
  Role{n}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              Service: lambda.amazonaws.com
            Action: sts:AssumeRole
"""
OTHER = """\
  # The objects of this bucket are read by the reporting jobs of the platform team; they are kept
  # for as long as the retention policy of the company asks for, and then deleted.
  Bucket{n}:
    Type: AWS::S3::Bucket
    Condition: IsProduction
    Properties:
      BucketName: !Join ["-", [!Ref "AWS::StackName", "data", "{n}"]]
      VersioningConfiguration:
        Status: Enabled
      Tags:
        - Key: owner
          Value: !Ref Owner
        - Key: number
          Value: "{n}"
"""
HEAD = """\
AWSTemplateFormatVersion: "2010-09-09"
Description: >-
  Buckets for the reports of one stage, the roles of the jobs that write them, and the topics on
  which these jobs say that something went wrong. Deployed by the pipeline of the platform team,
  once for each stage, in the account of that stage.
Parameters:
  Email:
    Type: String
    Description: Where to write to when a job fails; the address has to be confirmed by its owner.
  Owner:
    Type: String
    Default: platform
  Stage:
    Type: String
    Default: dev
Conditions:
  IsProduction: !Equals [!Ref Stage, prod]
Resources:
"""
TOPIC = "  Topic{n}:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: t{n}\n"


class Size(NamedTuple):
    """What was run over: files, bytes."""

    files: int
    octets: int


def template(rng: random.Random) -> str:
    """A template of about 4.6 kB."""
    resources = (
        (RELEVANT if rng.random() < 0.1 else OTHER).format(n=number) for number in range(8)
    )
    return HEAD + "".join(resources)


def tree(folder: Path, files: int) -> Size:
    rng = random.Random(files)
    octets = 0
    for number in range(files):
        target = folder / f"stack_{number % 100}" / f"template_{number}.yaml"
        target.parent.mkdir(exist_ok=True)
        octets += target.write_bytes(template(rng).encode())
    return Size(files, octets)


def many_resources(folder: Path, resources: int) -> Size:
    """One template that is all topics: the dearest kind, since a check asks after each of them."""
    text = "Resources:\n" + "".join(TOPIC.format(n=number) for number in range(resources))
    return Size(1, (folder / "template.yaml").write_bytes(text.encode()))


def measured(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """CPU and wall seconds."""
    began = time.perf_counter()
    used = cpu_seconds(command, folder)
    return used, time.perf_counter() - began


def show(title: str, command: Sequence[str], folder: Path, size: Size) -> float:
    """Print a line; the CPU seconds for each file."""
    used, wall = measured(command, folder)
    each = used / size.files
    print(
        f"{title:28} {size.files:6} files {size.octets / 1e6:6.1f} MB "
        f"{used:7.2f} s CPU {wall:7.2f} s wall {each * 1000:9.3f} ms a file"
    )
    return each


def peers(checkov: str | None, cfn_lint: str | None) -> Iterator[tuple[str, Sequence[str]]]:
    if checkov:
        yield (
            "checkov",
            (checkov, "-d", ".", "--quiet", "--compact", "--framework", "cloudformation"),
        )
    if cfn_lint:
        yield "cfn-lint", (cfn_lint, "**/*.yaml")


def main() -> None:
    ask = argparse.ArgumentParser(description="Time rootlint on CloudFormation templates.")
    ask.add_argument("--checkov", default=shutil.which("checkov"))
    ask.add_argument("--cfn-lint", default=shutil.which("cfn-lint"))
    ask.add_argument("--files", type=int, default=10_000)
    ask.add_argument("--resources", type=int, default=60_000)
    chosen = ask.parse_args()
    os.environ["NO_COLOR"] = "1"
    with tempfile.TemporaryDirectory() as work:
        folders = {name: Path(work, name) for name in ("whole", "tenth", "part", "large", "five")}
        for folder in folders.values():
            folder.mkdir()
        whole = show("rootlint", ROOTLINT, folders["whole"], tree(folders["whole"], chosen.files))
        tenth = show(
            "rootlint, a tenth",
            ROOTLINT,
            folders["tenth"],
            tree(folders["tenth"], chosen.files // 10),
        )
        print(f"  10 x the files take {10 * whole / tenth:.1f} x the time (budget 11)")
        part = tree(folders["part"], max(1, chosen.files // 100))
        own = show("rootlint, a hundredth", ROOTLINT, folders["part"], part)
        for name, command in peers(chosen.checkov, chosen.cfn_lint):
            each = show(name, command, folders["part"], part)
            print(f"  {each / own:.1f} x rootlint")
        large = many_resources(folders["large"], chosen.resources)
        show(f"{chosen.resources} resources", ROOTLINT, folders["large"], large)
        (folders["five"] / "t.yaml").write_text(f"Resources:\n{TOPIC.format(n=1)}")
        base, _ = measured(BASELINE, folders["five"])
        five, _ = measured(ROOTLINT, folders["five"])
        print(f"five lines: {five * 1000:.0f} ms, {five / base:.1f} x import click (budget 6)")


if __name__ == "__main__":
    main()
