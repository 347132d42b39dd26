#!/usr/bin/env bash
# s5cmd with its default options but for smaller parts.
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
export AWS_ACCESS_KEY_ID=$ACCESS_KEY AWS_SECRET_ACCESS_KEY=$SECRET_KEY AWS_REGION=us-east-1 S3_ENDPOINT_URL=$ENDPOINT
[ -z "$CA" ] || export SSL_CERT_FILE=$CA
has_s5cmd() { command -v s5cmd; }
needs has_s5cmd "no s5cmd here"
s5() { s5cmd "$@"; }
t=s3://$bucket

many() {
  mkdir many && for n in $(seq 1001); do echo "$n" >"many/$n"; done
  s5 cp many/ "$t/many/" >uploads.log && [ "$(s5 ls "$t/many/*" | wc -l)" = 1001 ]
}
same() { s5 cat "$t/$1" | cmp - "$2"; }
renamed() { same renamed "$1" && ! s5 head "$t/$2"; }
overwritten() { s5 cp large "$t/over" && s5 cp small "$t/over" && same over small; }
kept() { s5 cp -n large "$t/over" && same over small; }
sizes() { [ "$(s5 du "$t/tree/*" | awk '{print $1}')" = "$(find tree -type f -printf '%s\n' | awk '{n += $1} END {print n}')" ]; }
folders() { [ "$(s5 ls "$t/" | grep -c DIR)" = 3 ]; }
stream() { s5 pipe "$t/stream" <small && same stream small; }
presigned() { curl -fsS ${CA:+--cacert "$CA"} "$(s5 presign "$t/a b/ü+%")" | cmp - small; }
described() { s5 cp --metadata colour=blue small "$t/described" && s5 head "$t/described" | grep blue; }
gone() { ! s5 ls "$t/*"; }

step "make a bucket" s5 mb "$t"
step "upload" s5 cp small "$t/a b/ü+%"
step "the same bytes" same "a b/ü+%" small
step "upload in parts" s5 cp --part-size 5 large "$t/large"
step "the same bytes" same large large
step "download in ranges" s5 cp --part-size 5 "$t/large" back
step "the same bytes" cmp large back
step "upload of nothing" s5 cp tree/empty "$t/empty"
step "from and to a pipe" stream
step "metadata" described
step "overwrite" overwritten
step "no overwrite" kept
step "copy" s5 cp "$t/a b/ü+%" "$t/copy"
step "rename" s5 mv "$t/copy" "$t/renamed"
step "the same bytes, and the old name gone" renamed small copy
step "rename what has parts" s5 mv "$t/large" "$t/renamed"
step "the same bytes, and the old name gone" renamed large large
step "sync" s5 sync tree/ "$t/tree/"
step "list the sizes sent" sizes
step "sync again, nothing to send" prints_nothing s5 sync tree/ "$t/tree/"
step "sync back" s5 sync "$t/tree/*" returned/
step "the same tree" diff -r tree returned
step "upload over a thousand, and list them" many
step "list folders" folders
step "read a presigned URL" presigned
step "nothing lies in the clear" sealed
step "delete" s5 rm "$t/renamed"
step "delete many" s5 rm "$t/*"
step "nothing is left" gone
step "remove the bucket" s5 rb "$t"
finish
