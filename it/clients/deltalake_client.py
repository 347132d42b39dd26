#!/usr/bin/env python3
"""Delta Lake's tables, on Rust's object_store, with default options: each commit is a conditional PUT."""

import threading

import boto3
import pyarrow
from deltalake import DeltaTable, write_deltalake

from trial import *

if ca:
    os.environ["SSL_CERT_FILE"] = ca
options = {
    "AWS_ENDPOINT_URL": endpoint,
    "AWS_ACCESS_KEY_ID": access_key,
    "AWS_SECRET_ACCESS_KEY": secret_key,
    "AWS_REGION": "us-east-1",
    **({} if ca else {"AWS_ALLOW_HTTP": "true"}),
}
uri = f"s3://{bucket}/a b/ü+%/table"
s3 = boto3.client(
    "s3",
    endpoint_url=endpoint,
    aws_access_key_id=access_key,
    aws_secret_access_key=secret_key,
    region_name="us-east-1",
    verify=ca,
)


def rows(first, count):
    return pyarrow.table({"id": range(first, first + count), "blob": [os.urandom(500) for _ in range(count)]})


def write(data, **more):
    write_deltalake(uri, data, storage_options=options, **more)


def table(**more):
    return DeltaTable(uri, storage_options=options, **more)


def ids(**more):
    return sorted(table(**more).to_pyarrow_table()["id"].to_pylist())


def at_once():
    """Each of these commits wants the same next version, and all but one must notice it."""
    before = table().version()
    writers = [threading.Thread(target=write, args=(rows(100_000 + n, 1),), kwargs={"mode": "append"}) for n in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return table().version() == before + 6 and [n for n in ids() if n >= 100_000] == list(range(100_000, 100_006))


def empty():
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": e["Key"]} for e in page.get("Contents", [])]})


big = rows(1000, 24_000)
step("make a bucket", lambda: s3.create_bucket(Bucket=bucket))
step("create", lambda: write(rows(0, 1000)))
step("read", lambda: ids() == list(range(1000)))
step("append in parts", lambda: write(big, mode="append"))
step("the same rows", lambda: ids() == list(range(25_000)))
step("the same bytes", lambda: table().to_pyarrow_table(filters=[("id", ">=", 1000)]).sort_by("id").equals(big))
step("delete rows", lambda: table().delete("id >= 10"))
step("what is left", lambda: ids() == list(range(10)))
step("the version before", lambda: ids(version=0) == list(range(1000)))
step("writers at once", at_once)
step("checkpoint", lambda: table().create_checkpoint())
step("compact", lambda: table().optimize.compact())
step("overwrite", lambda: write(rows(0, 5), mode="overwrite"))
step("what is there", lambda: ids() == list(range(5)))
step(
    "nothing lies in the clear",
    lambda: sealed(b'"commitInfo":{"timestamp":' + b" " * 32, b"PAR1" * 8, big["blob"][0].as_py(), big["blob"][23_999].as_py()),
)
step("delete what is no longer used", lambda: len(table().vacuum(0, dry_run=False, enforce_retention_duration=False)) > 0)
step("empty the bucket", empty)
step("remove the bucket", lambda: s3.delete_bucket(Bucket=bucket))
finish()
