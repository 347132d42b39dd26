#!/usr/bin/env bash
# A mount by s3fs with its default options.
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
echo "$ACCESS_KEY:$SECRET_KEY" >passwd
chmod 600 passwd
[ -z "$CA" ] || export CURL_CA_BUNDLE=$CA
mkdir mount
export AWS_ACCESS_KEY_ID=$ACCESS_KEY AWS_SECRET_ACCESS_KEY=$SECRET_KEY AWS_DEFAULT_REGION=us-east-1
[ -z "$CA" ] || export AWS_CA_BUNDLE=$CA
make_bucket() { aws --endpoint-url "$ENDPOINT" s3 mb "s3://$bucket"; }
remove_bucket() { aws --endpoint-url "$ENDPOINT" s3 rb "s3://$bucket"; }
mounts() {
  s3fs "$bucket" mount -o passwd_file=passwd,url="$ENDPOINT",use_path_request_style && mountpoint mount
}
unmount() { fusermount -u mount; }
trap 'mountpoint -q mount && fusermount -uz mount' EXIT
may_mount() { command -v s3fs && [ -r /dev/fuse ] && unshare -m true; }

renamed() { mv "mount/$1" "mount/renamed" && cmp "$2" mount/renamed && [ ! -e "mount/$1" ]; }
seek() { cmp range <(dd if=mount/large bs=1 skip=65530 count=70000 iflag=skip_bytes,count_bytes status=none); }
append() { cat small >>mount/small && cat small small | cmp - mount/small; }
shorten() { truncate -s 500 mount/small && head -c 500 small | cmp - mount/small; }
middle() { for file in mount/large large; do printf changed | dd of=$file bs=1 seek=6000000 conv=notrunc status=none || return; done; }
again() { unmount && mounts && cmp large mount/renamed; }
attributes() { chmod 640 mount/small && touch -d '2020-02-02 UTC' mount/small && [ "$(stat -c '%a %Y' mount/small)" = "640 1580601600" ]; }
folder() { mkdir mount/folder && cp small mount/folder && mv mount/folder mount/moved && cmp small mount/moved/small && [ ! -e mount/folder ]; }
gone() { rm -r mount/* && [ -z "$(ls -A mount)" ]; }

needs may_mount "no s3fs here, or nothing may be mounted"
step "make a bucket" make_bucket
step "mount" mounts
mountpoint -q mount || finish || exit
step "upload" cp small mount/small
step "the same bytes" cmp small mount/small
step "upload in parts" cp large mount/large
step "the same bytes" cmp large mount/large
step "seek and read" seek
step "copy a tree" cp -r tree mount/
step "the same tree" diff -r tree mount/tree
step "nothing lies in the clear" sealed
step "append" append
step "shorten" shorten
step "write in the middle" middle
step "the same bytes" cmp large mount/large
step "mode and time" attributes
step "rename" renamed large large
step "the same after another mount" again
step "rename a folder" folder
step "overwrite" cp small mount/renamed
step "the same bytes" cmp small mount/renamed
step "delete" gone
step "unmount" unmount
step "remove the bucket" remove_bucket
finish
