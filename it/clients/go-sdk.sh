#!/usr/bin/env bash
# The AWS SDK for Go, version 2, with its default options.
. "$(dirname "${BASH_SOURCE[0]}")/go.sh" go-sdk
