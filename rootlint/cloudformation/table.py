"""The intrinsic functions that are evaluated, by name."""

from __future__ import annotations

from types import MappingProxyType

from rootlint.cloudformation.branching import find_in_map, if_, include_file, transform
from rootlint.cloudformation.call import Function
from rootlint.cloudformation.references import get_att, import_value, ref
from rootlint.cloudformation.strings import (
    base64,
    cidr,
    get_azs,
    join,
    length,
    select,
    split_text,
    to_json_string,
)
from rootlint.cloudformation.substitution import sub

FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType({
    "Fn::Base64": base64,
    "Fn::Cidr": cidr,
    "Fn::FindInMap": find_in_map,
    "Fn::GetAZs": get_azs,
    "Fn::GetAtt": get_att,
    "Fn::If": if_,
    "Fn::ImportValue": import_value,
    "Fn::Include": include_file,
    "Fn::Join": join,
    "Fn::Length": length,
    "Fn::Select": select,
    "Fn::Split": split_text,
    "Fn::Sub": sub,
    "Fn::ToJsonString": to_json_string,
    "Fn::Transform": transform,
    "Ref": ref,
})  # fmt: skip
