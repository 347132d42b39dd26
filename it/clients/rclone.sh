#!/usr/bin/env bash
# rclone with its default options, and once with smaller parts.
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
export RCLONE_CONFIG=$WORK/none RCLONE_CONFIG_T_TYPE=s3 RCLONE_CONFIG_T_PROVIDER=Other RCLONE_CONFIG_T_ENDPOINT=$ENDPOINT
export RCLONE_CONFIG_T_ACCESS_KEY_ID=$ACCESS_KEY RCLONE_CONFIG_T_SECRET_ACCESS_KEY=$SECRET_KEY
export RCLONE_CONFIG_T_REGION=us-east-1 RCLONE_LOW_LEVEL_RETRIES=1 RCLONE_RETRIES=1
[ -z "$CA" ] || export RCLONE_CA_CERT=$CA
: >none

sizes() {
  [ "$(rclone size --json "t:$bucket/tree" | sed -E 's/.*"bytes":([0-9]+).*/\1/')" = \
    "$(find tree -type f -printf '%s\n' | awk '{n += $1} END {print n}')" ]
}
range() { rclone cat --offset 65530 --count 70000 "t:$bucket/large" | cmp - range; }
same() { rclone copyto "t:$bucket/$1" back && cmp large back; }
unchanged() { rclone sync -v "$@" tree "t:$bucket/tree" 2>&1 | tee unchanged.log && ! grep -qE 'Copied|Updated' unchanged.log; }

step "make a bucket" rclone mkdir "t:$bucket"
step "upload" rclone copyto small "t:$bucket/small"
step "upload a large file" rclone copyto large "t:$bucket/large"
step "upload in parts" rclone copyto --s3-upload-cutoff 5M --s3-chunk-size 5M large "t:$bucket/parts"
step "from a pipe" sh -c "rclone rcat t:$bucket/pipe <large"
for key in large parts pipe; do
  step "download" rclone copyto "t:$bucket/$key" back
  step "the same bytes" cmp large back
done
step "read a range" range
step "copy at the server" rclone copyto "t:$bucket/large" "t:$bucket/copy"
step "copy at the server in parts" rclone copyto --s3-copy-cutoff 5M --s3-chunk-size 5M "t:$bucket/parts" "t:$bucket/copy in parts"
step "rename" rclone moveto "t:$bucket/copy" "t:$bucket/renamed"
for key in renamed "copy in parts"; do step "the same bytes" same "$key"; done
step "sync" rclone sync tree "t:$bucket/tree"
step "list the sizes sent" sizes
step "sync again, nothing to send" unchanged
step "sync again by checksum, nothing to send" unchanged --checksum
step "check" rclone check tree "t:$bucket/tree"
step "check every byte" rclone check --download tree "t:$bucket/tree"
step "delete" rclone delete "t:$bucket"
step "nothing is left" prints_nothing rclone lsf "t:$bucket"
step "remove the bucket" rclone rmdir "t:$bucket"
finish
