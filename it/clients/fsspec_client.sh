#!/usr/bin/env bash
# s3fs of fsspec demands another botocore than the AWS command line, and has a place of its own.
here=$(dirname "${BASH_SOURCE[0]}")
[ -x "$TOOLS/fsspec/bin/python" ] ||
  { python3 -m venv "$TOOLS/fsspec" && "$TOOLS/fsspec/bin/pip" -q install --disable-pip-version-check s3fs; } || exit 1
exec "$TOOLS/fsspec/bin/python" "$here/fsspec_client.py"
