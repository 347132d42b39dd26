#!/bin/sh
# Creates a KMS key and the role through which Sealward may encrypt and decrypt with it for @owner_id@, and nothing else.
# Needs the AWS CLI with administrator credentials of the account that is to own the key.
# It may be run again: what is there already stays as it is, with whatever you have added to it.
#
# To revoke: aws kms disable-key --key-id "$KMS_ARN". Nobody can read the data until the key is enabled again.
set -eu
# What the tools say is for the reader; the only output is the body of the registration.
exec 3>&1 1>&2

: "${AWS_REGION:?set AWS_REGION to the region the key is to live in}"
ROLE_NAME="${ROLE_NAME:-@name@}"
KEY_ALIAS="${KEY_ALIAS:-alias/@name@}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ACCOUNT_ID=$(aws sts get-caller-identity --query Account --output text)

cat > "$work/trust-policy.json" <<'JSON'
@file:aws-trust-policy.json@
JSON
ROLE_ARN=$(aws iam get-role --role-name "$ROLE_NAME" --query Role.Arn --output text 2>/dev/null) ||
  ROLE_ARN=$(aws iam create-role --role-name "$ROLE_NAME" --max-session-duration 3600 \
    --assume-role-policy-document "file://$work/trust-policy.json" --query Role.Arn --output text)

if ! KMS_ARN=$(aws kms describe-key --region "$AWS_REGION" --key-id "$KEY_ALIAS" --query KeyMetadata.Arn --output text 2>/dev/null); then
  KMS_ARN=$(aws kms create-key --region "$AWS_REGION" --key-usage ENCRYPT_DECRYPT --key-spec SYMMETRIC_DEFAULT \
    --description "Sealward @owner_id@" --query KeyMetadata.Arn --output text)
  aws kms create-alias --region "$AWS_REGION" --alias-name "$KEY_ALIAS" --target-key-id "$KMS_ARN"
fi
aws kms enable-key-rotation --region "$AWS_REGION" --key-id "$KMS_ARN"

cat > "$work/role-policy.json" <<JSON
@file:aws-role-policy.json@
JSON
aws iam get-role-policy --role-name "$ROLE_NAME" --policy-name sealward-encrypt-decrypt >/dev/null 2>&1 ||
  aws iam put-role-policy --role-name "$ROLE_NAME" --policy-name sealward-encrypt-decrypt \
    --policy-document "file://$work/role-policy.json"

cat > "$work/key-policy.json" <<JSON
@file:aws-key-policy.json@
JSON
aws kms get-key-policy --region "$AWS_REGION" --key-id "$KMS_ARN" --policy-name default --output text > "$work/policy-there"
if ! grep -qF "\"$ROLE_ARN\"" "$work/policy-there"; then
  tries=0
  # A new role is known to KMS some seconds after it is made.
  until aws kms put-key-policy --region "$AWS_REGION" --key-id "$KMS_ARN" --policy-name default \
    --policy "file://$work/key-policy.json"; do
    tries=$((tries + 1))
    [ "$tries" -lt 12 ] || exit 1
    sleep 5
  done
fi

echo "Register the key: POST /v1/organization/external_keys with"
cat >&3 <<JSON
{"type": "aws", "name": "AWS KMS", "role_arn": "$ROLE_ARN", "kms_arn": "$KMS_ARN", "external_id": "@owner_id@"}
JSON
