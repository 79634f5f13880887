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

output "documents" {
  value = {
    anyone     = data.aws_iam_policy_document.anyone.json
    conditions = data.aws_iam_policy_document.conditions.json
    dynamic    = data.aws_iam_policy_document.dynamic.json
    empty      = data.aws_iam_policy_document.empty.json
    minified   = data.aws_iam_policy_document.minified.minified_json
    nots       = data.aws_iam_policy_document.nots.json
    old        = data.aws_iam_policy_document.old.json
    overrides  = data.aws_iam_policy_document.overrides.json
    plain      = data.aws_iam_policy_document.plain.json
    principals = data.aws_iam_policy_document.principals.json
    sources    = data.aws_iam_policy_document.sources.json
    text       = data.aws_iam_policy_document.text.json
    variables  = data.aws_iam_policy_document.variables.json
  }
}
