# What the provider refuses to make a document of, each for a reason of its own.

locals {
  sources = {
    object    = { Statement = { Effect = "Deny", Action = "*" } }
    texts     = { Statement = ["x"] }
    effect    = { Statement = [{ Effect = true }] }
    principal = { Statement = [{ Principal = 5 }] }
    nobody    = { Statement = [{ NotPrincipal = null }] }
    many      = { Statement = [{ Principal = ["a"] }] }
    kind      = { Statement = [{ Principal = { AWS = 5 } }] }
    condition = { Statement = [{ Condition = "x" }] }
    operator  = { Statement = [{ Condition = { Bool = "x" } }] }
    sid       = { Statement = [{ Sid = 1 }] }
    version   = { Version = 2012, Statement = [] }
    id        = { Id = {}, Statement = [] }
    twice     = { Statement = [{ Sid = "a" }, { Sid = "a" }] }
  }
}

data "aws_iam_policy_document" "source" {
  for_each                = local.sources
  source_policy_documents = [jsonencode(each.value)]
}

data "aws_iam_policy_document" "override" {
  override_policy_documents = [jsonencode(local.sources.object)]
}

data "aws_iam_policy_document" "own" {
  statement {
    sid = "a"
  }
  statement {
    sid = "a"
  }
}

data "aws_iam_policy_document" "resources" {
  version = "2008-10-17"
  statement {
    resources = ["*", "&{aws:username}"]
  }
}

data "aws_iam_policy_document" "values" {
  version = "2008-10-17"
  statement {
    condition {
      test     = "StringLike"
      variable = "x"
      values   = ["&{aws:username}"]
    }
  }
}

data "aws_iam_policy_document" "identifiers" {
  version = "2008-10-17"
  statement {
    not_principals {
      type        = "AWS"
      identifiers = ["&{aws:username}"]
    }
  }
}

output "documents" {
  value = {
    identifiers = data.aws_iam_policy_document.identifiers.json
    override    = data.aws_iam_policy_document.override.json
    own         = data.aws_iam_policy_document.own.json
    resources   = data.aws_iam_policy_document.resources.json
    values      = data.aws_iam_policy_document.values.json
  }
}

output "sources" {
  value = { for name, document in data.aws_iam_policy_document.source : name => document.json }
}
