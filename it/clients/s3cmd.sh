#!/usr/bin/env bash
# s3cmd with its default options.
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
host=${ENDPOINT#*://}
cat >s3cfg <<CFG
[default]
access_key = $ACCESS_KEY
secret_key = $SECRET_KEY
host_base = $host
host_bucket = $host
use_https = $([ -n "$CA" ] && echo True || echo False)
ca_certs_file = $CA
max_retries = 1
CFG
s3() { s3cmd -c s3cfg --no-progress "$@"; }
sizes() {
  [ "$(s3 ls -r "s3://$bucket/tree/" | awk '{n += $3} END {print n}')" = \
    "$(find tree -type f -printf '%s\n' | awk '{n += $1} END {print n}')" ]
}
renamed() { s3 get --force "s3://$bucket/renamed" back && cmp "$1" back && ! s3 info "s3://$bucket/$2"; }
unchanged() { s3 sync tree/ "s3://$bucket/tree/" | tee unchanged.log && ! grep -q upload: unchanged.log; }

step "make a bucket" s3 mb "s3://$bucket"
step "upload" s3 put small "s3://$bucket/small"
step "upload in parts" s3 put large "s3://$bucket/large"
step "download" s3 get --force "s3://$bucket/small" back
step "the same bytes" cmp small back
step "download" s3 get --force "s3://$bucket/large" back
step "the same bytes" cmp large back
head -c 1000000 large >back
step "download the rest" s3 get --continue "s3://$bucket/large" back
step "the same bytes" cmp large back
step "copy" s3 cp "s3://$bucket/large" "s3://$bucket/copy"
step "rename" s3 mv "s3://$bucket/copy" "s3://$bucket/renamed"
step "the same bytes, and the old name gone" renamed large copy
step "change metadata" s3 modify --add-header=x-amz-meta-colour:blue "s3://$bucket/renamed"
step "the same bytes" renamed large copy
step "sync" s3 sync tree/ "s3://$bucket/tree/"
step "list the sizes sent" sizes
step "sync again, nothing to send" unchanged
mkdir returned
step "sync back" s3 sync "s3://$bucket/tree/" returned/
step "the same tree" diff -r tree returned
step "delete" s3 del -r -f "s3://$bucket"
step "nothing is left" prints_nothing s3 ls "s3://$bucket"
step "remove the bucket" s3 rb "s3://$bucket"
finish
