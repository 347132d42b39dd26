#!/usr/bin/env bash
# restic: thousands of small requests, ranges, and an end-to-end check of every byte.
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"
export AWS_ACCESS_KEY_ID=$ACCESS_KEY AWS_SECRET_ACCESS_KEY=$SECRET_KEY AWS_DEFAULT_REGION=us-east-1
export RESTIC_REPOSITORY=s3:$ENDPOINT/$bucket RESTIC_PASSWORD=restic RESTIC_CACHE_DIR=$WORK/cache
r() { restic ${CA:+--cacert "$CA"} "$@"; }
unchanged() { r backup large tree | tee unchanged.log && grep -qE 'Added to the repo(sitory)?: 0 B|Files: +0 new, +0 changed' unchanged.log; }

step "make a repository" r init
step "back up" r backup large tree
step "back up again, nothing to send" unchanged
step "check every byte" r check --read-data
step "restore" r restore latest --target restored
step "the same tree" diff -r tree restored/tree
step "the same file" cmp large restored/large
step "forget" r forget --keep-last 1 --prune
step "check again" r check
finish
