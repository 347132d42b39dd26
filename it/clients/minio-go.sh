#!/usr/bin/env bash
# MinIO's SDK for Go with its default options.
. "$(dirname "${BASH_SOURCE[0]}")/go.sh" minio-go
