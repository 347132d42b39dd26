# A KMS key and the role through which Sealward may encrypt and decrypt with it for @owner_id@, and nothing else.
# To revoke: set is_enabled to false, or disable the key in the console. Nobody can read the data until it is enabled again.

terraform {
  required_version = ">= 1.3"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 7.0"
    }
  }
}

variable "role_name" {
  type        = string
  default     = "@name@"
  description = "Name of the role that Sealward assumes."
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "SealwardMayAssume"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["@aws_principal@"]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = ["@owner_id@"]
    }
  }
}

resource "aws_iam_role" "sealward" {
  name                 = var.role_name
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "AccountAdministersKey"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:@aws_partition@:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }
  statement {
    sid       = "RoleUsesKey"
    actions   = ["kms:Encrypt", "kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.sealward.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:@context_name@"
      values   = ["@owner_id@"]
    }
  }
}

resource "aws_kms_key" "kek" {
  description             = "Sealward @owner_id@"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy                  = data.aws_iam_policy_document.key.json

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "role" {
  statement {
    sid       = "EncryptAndDecryptForThisTenantOnly"
    actions   = ["kms:Encrypt", "kms:Decrypt"]
    resources = [aws_kms_key.kek.arn]
    condition {
      test     = "StringEquals"
      variable = "kms:EncryptionContext:@context_name@"
      values   = ["@owner_id@"]
    }
  }
}

resource "aws_iam_role_policy" "sealward" {
  name   = "sealward-encrypt-decrypt"
  role   = aws_iam_role.sealward.id
  policy = data.aws_iam_policy_document.role.json
}

output "registration" {
  description = "Body for POST /v1/organization/external_keys."
  value = jsonencode({
    type        = "aws"
    name        = "AWS KMS"
    role_arn    = aws_iam_role.sealward.arn
    kms_arn     = aws_kms_key.kek.arn
    external_id = "@owner_id@"
  })
}
