import json
from typing import Any

from rootlint.cloudformation.cloud_assembly import Assemblies

MANIFEST: dict[str, Any] = {
    "version": "36.0.0",
    "artifacts": {
        "Watch": {
            "type": "aws:cloudformation:stack",
            "environment": "aws://111122223333/eu-west-1",
            "properties": {"templateFile": "Watch.template.json"},
        },
        "Anywhere": {
            "type": "aws:cloudformation:stack",
            "environment": "aws://unknown-account/unknown-region",
            "properties": {"templateFile": "Anywhere.template.json"},
        },
        "assembly-Prod": {
            "type": "cdk:cloud-assembly",
            "properties": {"directoryName": "assembly-Prod"},
        },
        "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}},
    },
}


def found(manifest: object, path: str = "cdk.out/manifest.json") -> Assemblies:
    return Assemblies({path: json.dumps(manifest).encode()})


def test_the_stacks_of_an_assembly_know_their_region() -> None:
    assemblies = found(MANIFEST)
    assert assemblies.region("cdk.out/Watch.template.json") == "eu-west-1"
    assert assemblies.region("cdk.out/Anywhere.template.json") is None
    assert assemblies.region("other.yaml") is None


def test_what_is_no_stack_of_an_assembly_is_an_asset() -> None:
    assemblies = found(MANIFEST)
    assert not assemblies.is_asset("cdk.out/Watch.template.json")
    assert assemblies.is_asset("cdk.out/WatchNested8A5C.nested.template.json")
    assert assemblies.is_asset("cdk.out/asset.0a1b/template.yaml")
    assert not assemblies.is_asset("cdk.output/template.yaml")
    assert not assemblies.is_asset("template.yaml")


def test_an_assembly_within_another_has_its_own_manifest() -> None:
    inner = {"artifacts": {"Prod": MANIFEST["artifacts"]["Watch"]}}
    both = Assemblies(
        {
            "cdk.out/manifest.json": json.dumps(MANIFEST).encode(),
            "cdk.out/assembly-Prod/manifest.json": json.dumps(inner).encode(),
        }
    )
    assert both.region("cdk.out/assembly-Prod/Watch.template.json") == "eu-west-1"
    assert both.is_asset("cdk.out/assembly-Prod/asset.1/template.json")


def test_in_the_folder_itself() -> None:
    here = found(MANIFEST, "manifest.json")
    assert not here.is_asset("Watch.template.json")
    assert here.is_asset("asset.1/template.json")


def test_a_manifest_that_cannot_be_read_hides_nothing() -> None:
    odd: tuple[Any, ...] = ([], {"artifacts": []})
    for manifest in odd:
        assert not found(manifest).is_asset("other/template.yaml")
    assert not Assemblies({"a/manifest.json": b"["}).is_asset("a/t.yaml")
    assert not Assemblies({"a/manifest.json": b"[" * 100_000}).is_asset("a/t.yaml")
