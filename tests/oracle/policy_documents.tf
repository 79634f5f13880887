provider "aws" {
  region                      = "us-east-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "exempt" {
  type = list(object({
    sid     = string
    actions = optional(list(string), ["s3:*"])
  }))
  default = [{ sid = "One" }, { sid = "Two", actions = ["iam:*", "sts:*"] }]
}

locals {
  tests = { Bool = "false", BoolIfExists = "true" }
}

data "aws_iam_policy_document" "plain" {
  statement {
    sid       = "DenyRoot"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:*:iam::*:root"]
    }
    condition {
      test     = "Null"
      variable = "aws:AssumedRoot"
      values   = ["true"]
    }
  }
}

data "aws_iam_policy_document" "empty" {
}

data "aws_iam_policy_document" "nots" {
  version   = "2008-10-17"
  policy_id = "nots"
  statement {
    effect        = "Deny"
    not_actions   = ["iam:GetUser", "iam:EnableMFADevice", "iam:GetUser"]
    not_resources = ["arn:aws:s3:::a"]
    not_principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root"]
    }
  }
}

data "aws_iam_policy_document" "variables" {
  statement {
    actions   = ["iam:*"]
    resources = ["arn:aws:iam::*:user/&{aws:username}", "arn:aws:iam::*:mfa/$${aws:username}"]
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalArn"
      values   = ["arn:aws:iam::&{aws:PrincipalAccount}:root"]
    }
  }
}

data "aws_iam_policy_document" "principals" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:root"]
    }
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::777788889999:root"]
    }
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "anyone" {
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "conditions" {
  statement {
    actions   = ["*"]
    resources = ["*"]
    condition {
      test     = "StringLike"
      variable = "aws:PrincipalArn"
      values   = ["a"]
    }
    condition {
      test     = "StringLike"
      variable = "aws:PrincipalArn"
      values   = ["b", "c"]
    }
    condition {
      test     = "StringLike"
      variable = "aws:SourceArn"
      values   = []
    }
    dynamic "condition" {
      for_each = local.tests
      iterator = each
      content {
        test     = each.key
        variable = "aws:MultiFactorAuthPresent"
        values   = [each.value]
      }
    }
  }
}

data "aws_iam_policy_document" "dynamic" {
  dynamic "statement" {
    for_each = var.exempt
    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = [for n in range(2) : "arn:aws:s3:::${lower(statement.value.sid)}-${n}"]
    }
  }
}

data "aws_iam_policy_document" "sources" {
  source_policy_documents = [
    data.aws_iam_policy_document.dynamic.json,
    data.aws_iam_policy_document.nots.json,
    "",
  ]
  statement {
    sid     = "Two"
    effect  = "Deny"
    actions = ["s3:GetObject"]
  }
  statement {
    actions = ["s3:PutObject"]
  }
}

data "aws_iam_policy_document" "overrides" {
  override_policy_documents = [
    data.aws_iam_policy_document.dynamic.json,
    jsonencode({ Statement = [{ Sid = "One", Effect = "Deny", Action = "*" }] }),
  ]
  statement {
    sid     = "One"
    actions = ["s3:GetObject"]
  }
  statement {
    sid     = "Kept"
    actions = ["s3:GetBucket*"]
  }
}

data "aws_iam_policy_document" "old" {
  version                 = "2008-10-17"
  source_policy_documents = [data.aws_iam_policy_document.plain.json]
}

data "aws_iam_policy_document" "text" {
  source_policy_documents = [<<-JSON
    {
      "Id": "text",
      "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": ["a", "b"]}]
    }
  JSON
  ]
}

data "aws_iam_policy_document" "minified" {
  statement {
    sid       = ""
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "prin_multi_single" {
  statement {
    actions   = ["a:B"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["zz", "aa"]
    }
    principals {
      type        = "Service"
      identifiers = ["s.amazonaws.com", "b.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "star_aws_two" {
  statement {
    actions = ["a:B"]
    principals {
      type        = "AWS"
      identifiers = ["*", "arn:aws:iam::111122223333:root"]
    }
  }
}

data "aws_iam_policy_document" "star_type_two" {
  statement {
    actions = ["a:B"]
    principals {
      type        = "*"
      identifiers = ["*", "x"]
    }
  }
}

data "aws_iam_policy_document" "star_type_other" {
  statement {
    actions = ["a:B"]
    principals {
      type        = "*"
      identifiers = ["x"]
    }
  }
}

data "aws_iam_policy_document" "star_twice" {
  statement {
    actions = ["a:B"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "prin_one_then_more" {
  statement {
    principals {
      type        = "AWS"
      identifiers = ["a"]
    }
    principals {
      type        = "AWS"
      identifiers = ["b"]
    }
    principals {
      type        = "AWS"
      identifiers = ["c", "d"]
    }
  }
}

data "aws_iam_policy_document" "prin_more_then_one" {
  statement {
    principals {
      type        = "AWS"
      identifiers = ["c", "d"]
    }
    principals {
      type        = "AWS"
      identifiers = ["b"]
    }
  }
}

data "aws_iam_policy_document" "prin_dup" {
  statement {
    principals {
      type        = "AWS"
      identifiers = ["c", "d", "c"]
    }
    principals {
      type        = "AWS"
      identifiers = ["d"]
    }
  }
}

data "aws_iam_policy_document" "prin_empty" {
  statement {
    actions = ["a:B"]
    principals {
      type        = "AWS"
      identifiers = []
    }
  }
}

data "aws_iam_policy_document" "prin_empty2" {
  statement {
    actions = ["a:B"]
    principals {
      type        = "AWS"
      identifiers = []
    }
    principals {
      type        = "AWS"
      identifiers = ["q"]
    }
  }
}

data "aws_iam_policy_document" "notprin_star" {
  statement {
    effect = "Deny"
    not_principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

data "aws_iam_policy_document" "prin_var" {
  statement {
    principals {
      type        = "AWS"
      identifiers = ["arn:&{aws:x}"]
    }
    not_principals {
      type        = "Federated"
      identifiers = ["&{x}", "b"]
    }
  }
}

data "aws_iam_policy_document" "var_sid" {
  policy_id = "p&{x}"
  statement {
    sid           = "a"
    actions       = ["a:&{x}"]
    not_resources = ["r&{y}"]
    condition {
      test     = "StringEquals"
      variable = "aws:RequestTag/&{k}"
      values   = ["&{v}", "$${w}"]
    }
  }
}

data "aws_iam_policy_document" "var_notactions" {
  statement {
    not_actions = ["a:&{x}", "b"]
    resources   = ["r&{y}", "&{z"]
  }
}

data "aws_iam_policy_document" "cond_merge_one" {
  statement {
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["z"]
    }
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["a"]
    }
    condition {
      test     = "StringEquals"
      variable = "k2"
      values   = ["a"]
    }
  }
}

data "aws_iam_policy_document" "cond_merge_many" {
  statement {
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["z", "y"]
    }
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["a"]
    }
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["c", "b"]
    }
  }
}

data "aws_iam_policy_document" "cond_dup" {
  statement {
    condition {
      test     = "StringEquals"
      variable = "k"
      values   = ["z", "z", "a"]
    }
  }
}

data "aws_iam_policy_document" "cond_order" {
  statement {
    condition {
      test     = "StringLike"
      variable = "zz"
      values   = ["z"]
    }
    condition {
      test     = "ArnLike"
      variable = "aa"
      values   = ["z"]
    }
    condition {
      test     = "StringLike"
      variable = "bb"
      values   = ["z"]
    }
  }
}

data "aws_iam_policy_document" "cond_case" {
  statement {
    condition {
      test     = "StringLike"
      variable = "aws:SourceArn"
      values   = ["z"]
    }
    condition {
      test     = "StringLike"
      variable = "aws:sourcearn"
      values   = ["y"]
    }
  }
}

data "aws_iam_policy_document" "cond_empty" {
  statement {
    condition {
      test     = "StringLike"
      variable = "k"
      values   = []
    }
  }
}

data "aws_iam_policy_document" "cond_empty_merge" {
  statement {
    condition {
      test     = "StringLike"
      variable = "k"
      values   = []
    }
    condition {
      test     = "StringLike"
      variable = "k"
      values   = ["a"]
    }
  }
}

data "aws_iam_policy_document" "cond_empty_merge2" {
  statement {
    condition {
      test     = "StringLike"
      variable = "k"
      values   = ["a"]
    }
    condition {
      test     = "StringLike"
      variable = "k"
      values   = []
    }
  }
}

data "aws_iam_policy_document" "actions_order" {
  statement {
    actions   = ["a:B", "z:C", "b:D", "b:D"]
    resources = ["b", "a"]
  }
}

data "aws_iam_policy_document" "empty_lists" {
  statement {
    actions     = []
    not_actions = []
    resources   = []
    effect      = null
    sid         = null
  }
}

data "aws_iam_policy_document" "null_lists" {
  version                   = null
  policy_id                 = null
  source_policy_documents   = null
  override_policy_documents = null
  statement {
    actions   = null
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "escapes" {
  statement {
    actions   = ["<a>&b"]
    resources = ["\u2028", "\"q\\", "\t", "é😀", "\u007f"]
  }
}

data "aws_iam_policy_document" "v2008" {
  version = "2008-10-17"
  statement {
    actions = ["a:B"]
  }
}

data "aws_iam_policy_document" "empty_statement" {
  statement {
  }
}

data "aws_iam_policy_document" "two_no_sid" {
  statement {
    actions = ["a"]
  }
  statement {
    actions = ["b"]
  }
}

data "aws_iam_policy_document" "both_act" {
  statement {
    actions       = ["a"]
    not_actions   = ["b"]
    resources     = ["c"]
    not_resources = ["d"]
  }
}

data "aws_iam_policy_document" "src_json" {
  source_policy_documents = [data.aws_iam_policy_document.prin_dup.json, data.aws_iam_policy_document.var_sid.json]
  statement {
    actions = ["q"]
  }
}

data "aws_iam_policy_document" "src_own_sid" {
  source_policy_documents = [data.aws_iam_policy_document.var_sid.json]
  statement {
    sid     = "a"
    actions = ["q"]
  }
}

data "aws_iam_policy_document" "src_ovr" {
  source_policy_documents   = [data.aws_iam_policy_document.var_sid.json]
  override_policy_documents = [jsonencode({ Statement = [{ Sid = "a", Effect = "Deny", Action = "x" }, { Sid = "n", Effect = "Deny", Action = "x" }, { Effect = "Allow", Action = ["p", "o"] }] })]
  statement {
    sid     = "b"
    actions = ["q"]
  }
}

data "aws_iam_policy_document" "ovr_two" {
  override_policy_documents = [jsonencode({ Statement = [{ Sid = "a", Effect = "Deny", Action = "x" }] }), jsonencode({ Statement = [{ Sid = "a", Effect = "Allow", Action = "y" }], Version = "2008-10-17", Id = "late" })]
  statement {
    sid     = "a"
    actions = ["q"]
  }
}

data "aws_iam_policy_document" "src_version08" {
  source_policy_documents = [jsonencode({ Version = "2008-10-17", Id = "s", Statement = [{ Effect = "Allow", Action = "a" }] })]
}

data "aws_iam_policy_document" "src_noversion" {
  version                 = "2008-10-17"
  source_policy_documents = [jsonencode({ Statement = [{ Effect = "Allow", Action = "a" }] })]
}

data "aws_iam_policy_document" "src_single" {
  source_policy_documents = [jsonencode({ Statement = [{ Effect = "Allow", Action = "a", Resource = "*", Principal = "*", Condition = { Bool = { "aws:x" = true } } }] })]
}

data "aws_iam_policy_document" "src_forms" {
  source_policy_documents = [jsonencode({ Statement = [{ Effect = "Allow", Action = ["a"], Resource = ["*"], Principal = { AWS = "*" }, Condition = { StringEquals = { k = ["b", "a"], j = "q" } } }, { Effect = "Deny", NotPrincipal = { AWS = ["b", "a"], Service = "s" }, NotAction = "b", NotResource = ["z", "y"] }] })]
}

data "aws_iam_policy_document" "src_amp" {
  source_policy_documents = [jsonencode({ Statement = [{ Effect = "Allow", Action = "a&{x}", Resource = "*" }] })]
}

data "aws_iam_policy_document" "src_star_prin" {
  source_policy_documents = [jsonencode({ Statement = [{ Effect = "Allow", Action = "a", Principal = { "*" = "*" } }] }), jsonencode({ Statement = [{ Effect = "Allow", Action = "a", Principal = { "AWS" = ["*"] } }] })]
}

data "aws_iam_policy_document" "src_empty_statement" {
  source_policy_documents = [data.aws_iam_policy_document.empty_doc.json]
  statement {
    sid = "x"
  }
}

data "aws_iam_policy_document" "empty_doc" {

}

data "aws_iam_policy_document" "src_id" {
  policy_id                 = "own"
  source_policy_documents   = [jsonencode({ Id = "src", Statement = [{ Effect = "Allow", Action = "a" }] })]
  override_policy_documents = [jsonencode({ Statement = [] })]
}

data "aws_iam_policy_document" "ovr_id" {
  policy_id                 = "own"
  override_policy_documents = [jsonencode({ Id = "ov", Version = "2008-10-17", Statement = [{ Effect = "Allow", Action = "a" }] })]
}

data "aws_iam_policy_document" "src_extra" {
  source_policy_documents = [jsonencode({ Foo = "x", Statement = [{ Effect = "Allow", Action = "a", Bar = "y" }] })]
}

data "aws_iam_policy_document" "src_lower" {
  source_policy_documents = [jsonencode({ statement = [{ effect = "Allow", action = "a", SID = "q" }] })]
}

data "aws_iam_policy_document" "min_src" {
  source_policy_documents = [data.aws_iam_policy_document.src_forms.minified_json]
}

data "aws_iam_policy_document" "dyn" {
  dynamic "statement" {
    for_each = { b = ["x"], a = ["y", "z"] }
    iterator = it
    content {
      sid     = "S${it.key}"
      actions = it.value
      dynamic "principals" {
        for_each = it.value
        content {
          type        = "AWS"
          identifiers = [principals.value, it.key]
        }
      }
      dynamic "condition" {
        for_each = { for v in it.value : v => length(it.value) }
        iterator = c
        content {
          test     = "StringEquals"
          variable = c.key
          values   = [c.value, it.key]
        }
      }
    }
  }
  statement {
    sid = "last"
  }
}

data "aws_iam_policy_document" "dyn_first" {
  statement {
    sid = "first"
  }
  dynamic "statement" {
    for_each = toset(["z", "a"])
    content {
      sid = statement.key
    }
  }
  statement {
    sid = "last"
  }
}

data "aws_iam_policy_document" "bools" {
  statement {
    actions = ["a"]
    condition {
      test     = "Bool"
      variable = "aws:x"
      values   = [true, 1.50, "false"]
    }
  }
}

data "aws_iam_policy_document" "set_values" {
  statement {
    actions   = toset(["b", "a"])
    resources = tolist(["y", "x"])
    condition {
      test     = "Bool"
      variable = "aws:x"
      values   = toset(["b", "a"])
    }
  }
}

data "aws_iam_policy_document" "uni_sid" {
  statement {
    sid     = "a&{b}"
    actions = ["a"]
  }
}

data "aws_iam_policy_document" "uni_type" {
  statement {
    actions = ["a"]
    condition {
      test     = "x&{b}"
      variable = "k"
      values   = ["v"]
    }
  }
}

data "aws_iam_policy_document" "taken" {
  for_each = {
    nothing     = { Statement = null }
    number      = { Statement = [{ Action = 5 }] }
    odd_types   = { Statement = [{ Action = ["a", 5], Resource = { b = 1, a = 2 } }] }
    nulls       = { Version = null, Statement = [{ Sid = null, Effect = null, Action = null, Condition = null }] }
    no_key      = { Statement = [{ Condition = { Bool = null } }] }
    no_value    = { Statement = [{ Condition = { Bool = { a = null } } }] }
    bare        = { Statement = [{ Condition = { NumericLessThan = { a = 5 } } }] }
    bare_beside = { Statement = [{ Condition = { NumericLessThan = { a = 5, b = "x" } } }] }
    hollow      = { Statement = [{ Principal = {}, Condition = {}, Action = [] }] }
    no_keys     = { Statement = [{ Condition = { Bool = {} } }] }
    one_text    = { Statement = [{ Principal = "x" }] }
    unsorted    = { Statement = [{ Action = ["b", "c", "a"], Principal = { AWS = ["a", "c", "a"] } }] }
    stars       = { Statement = [{ Principal = { "*" = ["*", "*"] } }, { Principal = { "*" = ["*"] } }] }
  }
  source_policy_documents = [jsonencode(each.value)]
}

output "taken" {
  value = { for name, document in data.aws_iam_policy_document.taken : name => document.json }
}

output "documents" {
  value = {
    actions_order       = data.aws_iam_policy_document.actions_order.json
    anyone              = data.aws_iam_policy_document.anyone.json
    bools               = data.aws_iam_policy_document.bools.json
    both_act            = data.aws_iam_policy_document.both_act.json
    cond_case           = data.aws_iam_policy_document.cond_case.json
    cond_dup            = data.aws_iam_policy_document.cond_dup.json
    cond_empty          = data.aws_iam_policy_document.cond_empty.json
    cond_empty_merge    = data.aws_iam_policy_document.cond_empty_merge.json
    cond_empty_merge2   = data.aws_iam_policy_document.cond_empty_merge2.json
    cond_merge_many     = data.aws_iam_policy_document.cond_merge_many.json
    cond_merge_one      = data.aws_iam_policy_document.cond_merge_one.json
    cond_order          = data.aws_iam_policy_document.cond_order.json
    conditions          = data.aws_iam_policy_document.conditions.json
    dyn                 = data.aws_iam_policy_document.dyn.json
    dyn_first           = data.aws_iam_policy_document.dyn_first.json
    dynamic             = data.aws_iam_policy_document.dynamic.json
    empty               = data.aws_iam_policy_document.empty.json
    empty_doc           = data.aws_iam_policy_document.empty_doc.json
    empty_lists         = data.aws_iam_policy_document.empty_lists.json
    empty_statement     = data.aws_iam_policy_document.empty_statement.json
    escapes             = data.aws_iam_policy_document.escapes.minified_json
    min_src             = data.aws_iam_policy_document.min_src.minified_json
    minified            = data.aws_iam_policy_document.minified.minified_json
    notprin_star        = data.aws_iam_policy_document.notprin_star.json
    nots                = data.aws_iam_policy_document.nots.json
    null_lists          = data.aws_iam_policy_document.null_lists.json
    old                 = data.aws_iam_policy_document.old.json
    overrides           = data.aws_iam_policy_document.overrides.json
    ovr_id              = data.aws_iam_policy_document.ovr_id.json
    ovr_two             = data.aws_iam_policy_document.ovr_two.json
    plain               = data.aws_iam_policy_document.plain.json
    prin_dup            = data.aws_iam_policy_document.prin_dup.json
    prin_empty          = data.aws_iam_policy_document.prin_empty.json
    prin_empty2         = data.aws_iam_policy_document.prin_empty2.json
    prin_more_then_one  = data.aws_iam_policy_document.prin_more_then_one.json
    prin_multi_single   = data.aws_iam_policy_document.prin_multi_single.json
    prin_one_then_more  = data.aws_iam_policy_document.prin_one_then_more.json
    prin_var            = data.aws_iam_policy_document.prin_var.json
    principals          = data.aws_iam_policy_document.principals.json
    set_values          = data.aws_iam_policy_document.set_values.json
    sources             = data.aws_iam_policy_document.sources.json
    src_amp             = data.aws_iam_policy_document.src_amp.json
    src_empty_statement = data.aws_iam_policy_document.src_empty_statement.json
    src_extra           = data.aws_iam_policy_document.src_extra.json
    src_forms           = data.aws_iam_policy_document.src_forms.json
    src_id              = data.aws_iam_policy_document.src_id.json
    src_json            = data.aws_iam_policy_document.src_json.json
    src_lower           = data.aws_iam_policy_document.src_lower.json
    src_noversion       = data.aws_iam_policy_document.src_noversion.json
    src_ovr             = data.aws_iam_policy_document.src_ovr.json
    src_own_sid         = data.aws_iam_policy_document.src_own_sid.json
    src_single          = data.aws_iam_policy_document.src_single.json
    src_star_prin       = data.aws_iam_policy_document.src_star_prin.json
    src_version08       = data.aws_iam_policy_document.src_version08.json
    star_aws_two        = data.aws_iam_policy_document.star_aws_two.json
    star_twice          = data.aws_iam_policy_document.star_twice.json
    star_type_other     = data.aws_iam_policy_document.star_type_other.json
    star_type_two       = data.aws_iam_policy_document.star_type_two.json
    text                = data.aws_iam_policy_document.text.json
    two_no_sid          = data.aws_iam_policy_document.two_no_sid.json
    uni_sid             = data.aws_iam_policy_document.uni_sid.json
    uni_type            = data.aws_iam_policy_document.uni_type.json
    v2008               = data.aws_iam_policy_document.v2008.json
    var_notactions      = data.aws_iam_policy_document.var_notactions.json
    var_sid             = data.aws_iam_policy_document.var_sid.json
    variables           = data.aws_iam_policy_document.variables.json
  }
}
