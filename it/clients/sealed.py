#!/usr/bin/env python3
"""Tells whether the store, asked without the gateway, holds any of these files in the clear.

usage: sealed.py BUCKET FILE...   with STORE_ENDPOINT, STORE_ACCESS_KEY and STORE_SECRET_KEY in the environment.
"""

import os
import sys

from botocore.config import Config
from botocore.session import Session


def in_the_clear(bucket, plaintexts):
    """The keys of the bucket's raw objects that hold 32 bytes from the start, middle or end of one of the plaintexts."""
    store = Session().create_client(
        "s3",
        endpoint_url=os.environ["STORE_ENDPOINT"],
        aws_access_key_id=os.environ["STORE_ACCESS_KEY"],
        aws_secret_access_key=os.environ["STORE_SECRET_KEY"],
        region_name="us-east-1",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    probes = {text[at : at + 32] for text in plaintexts for at in (0, len(text) // 2, len(text) - 32)}
    seen, clear = 0, []
    for page in store.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for entry in page.get("Contents", []):
            if entry["Size"] > 0:  # what some stores keep of a folder
                raw = store.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
                seen += 1
                clear += [entry["Key"]] if any(probe in raw for probe in probes) else []
    assert seen, "nothing there to look at"
    return clear


if __name__ == "__main__":
    found = in_the_clear(sys.argv[1], [open(file, "rb").read() for file in sys.argv[2:]])
    print(*found, sep="\n")
    sys.exit(1 if found else 0)
