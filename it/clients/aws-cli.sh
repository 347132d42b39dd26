#!/usr/bin/env bash
# The AWS command line with its default options.
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
export AWS_ACCESS_KEY_ID=$ACCESS_KEY AWS_SECRET_ACCESS_KEY=$SECRET_KEY AWS_DEFAULT_REGION=us-east-1
# The command line still presigns with version 2 unless it is told.
printf '[default]\ns3 =\n  signature_version = s3v4\n' >config
export AWS_CONFIG_FILE=$WORK/config AWS_SHARED_CREDENTIALS_FILE=$WORK/none AWS_ENDPOINT_URL=$ENDPOINT AWS_MAX_ATTEMPTS=1
[ -z "$CA" ] || export AWS_CA_BUNDLE=$CA

sizes() {
  [ "$(aws s3api list-objects-v2 --bucket "$bucket" --query "sum(Contents[].Size)" --output text)" = \
    "$(find small large tree -type f -printf '%s\n' | awk '{n += $1} END {print n}')" ]
}
range() { aws s3api get-object --bucket "$bucket" --key large --range bytes=65530-135529 part && cmp part range; }
stream() { aws s3 cp - "s3://$bucket/stream" <small && aws s3 cp "s3://$bucket/stream" - | cmp - small; }
presigned() { curl -fsS ${CA:+--cacert "$CA"} "$(aws s3 presign "s3://$bucket/small")" | cmp - small; }
renamed() { aws s3 cp "s3://$bucket/renamed" back && cmp "$1" back && ! aws s3api head-object --bucket "$bucket" --key "$2"; }
same_tree() { aws s3 sync "s3://$bucket/copied" copied && diff -r tree copied; }
gone() { ! aws s3api head-object --bucket "$bucket" --key small; }
sealed_etag() { # an object whose ETag looks like an MD5 is taken for one
  ! aws s3api head-object --bucket "$bucket" --key small --query ETag --output text | grep -qE '^"?[0-9a-f]{32}"?$'
}

step "make a bucket" aws s3 mb "s3://$bucket"
step "upload" aws s3 cp small "s3://$bucket/small"
step "upload in parts" aws s3 cp large "s3://$bucket/large"
step "download" aws s3 cp "s3://$bucket/small" back
step "the same bytes" cmp small back
step "download in ranges" aws s3 cp "s3://$bucket/large" back
step "the same bytes" cmp large back
step "read a range" range
step "sync" aws s3 sync tree "s3://$bucket/tree"
step "list the sizes sent" sizes
step "sync again, nothing to send" prints_nothing aws s3 sync tree "s3://$bucket/tree"
step "sync back" aws s3 sync "s3://$bucket/tree" returned
step "the same tree" diff -r tree returned
step "from and to a pipe" stream
step "read a presigned URL" presigned
step "copy" aws s3 cp "s3://$bucket/small" "s3://$bucket/copy"
step "rename" aws s3 mv "s3://$bucket/copy" "s3://$bucket/renamed"
step "the same bytes, and the old name gone" renamed small copy
step "copy in parts" aws s3 cp "s3://$bucket/large" "s3://$bucket/copy"
step "rename in parts" aws s3 mv "s3://$bucket/copy" "s3://$bucket/renamed"
step "the same bytes, and the old name gone" renamed large copy
step "copy a tree" aws s3 sync "s3://$bucket/tree" "s3://$bucket/copied"
step "the same tree" same_tree
[ -n "${DIRECT:-}" ] || step "no ETag that looks like an MD5" sealed_etag
step "delete" aws s3 rm --recursive "s3://$bucket"
step "nothing is left" gone
step "remove the bucket" aws s3 rb "s3://$bucket"
finish
