#!/usr/bin/env python3
"""The MinIO SDK for Python with its default options."""

import io
import ssl
import urllib.request
from datetime import timedelta

from minio import Minio
from minio.commonconfig import REPLACE, ComposeSource, CopySource
from minio.deleteobjects import DeleteObject
from minio.error import S3Error

from trial import *

if ca:
    os.environ["SSL_CERT_FILE"] = ca
s3 = Minio(host, access_key=access_key, secret_key=secret_key, secure=scheme == "https")
part = 5 * 1024 * 1024


def write(key, content, **more):
    return s3.put_object(bucket, key, io.BytesIO(content), len(content), **more)


def read(key, **more):
    answer = s3.get_object(bucket, key, **more)
    try:
        return answer.read()
    finally:
        answer.close()
        answer.release_conn()


def fetch(url, **more):
    context = ssl.create_default_context(cafile=ca) if ca else None
    return urllib.request.urlopen(urllib.request.Request(url, **more), context=context).read()


def presigned():
    put = s3.presigned_put_object(bucket, "presigned ü", timedelta(minutes=5))
    fetch(put, data=small, headers={"Content-Type": "application/octet-stream"}, method="PUT")
    return fetch(s3.presigned_get_object(bucket, "presigned ü")) == small


def metadata(key):
    given = s3.stat_object(bucket, key).metadata
    return given["x-amz-meta-colour"]


def copy_with_other_metadata():
    source = CopySource(bucket, "described")
    s3.copy_object(bucket, "described 2", source, metadata={"colour": "red"}, metadata_directive=REPLACE)
    return metadata("described 2") == "red" and read("described 2") == small


def compose():
    s3.compose_object(bucket, "composed", [ComposeSource(bucket, "large"), ComposeSource(bucket, odd)])
    return read("composed") == large + small


def many():
    for n in range(30):
        write(f"many/{n // 10}/{n}", b"x")
    folders = {e.object_name for e in s3.list_objects(bucket, prefix="many/")}
    return folders == {"many/0/", "many/1/", "many/2/"} and len(keys("many/")) == 30


def keys(prefix=None):
    return [e.object_name for e in s3.list_objects(bucket, prefix=prefix, recursive=True)]


def remove(names):
    return not list(s3.remove_objects(bucket, [DeleteObject(name) for name in names])) and not set(names) & set(keys())


step("make a bucket", lambda: s3.make_bucket(bucket))
step("it is there", lambda: s3.bucket_exists(bucket))
step("upload", lambda: write(odd, small))
step("the same bytes", lambda: read(odd) == small)
step("upload in parts", lambda: write("large", large, part_size=part))
step("the same bytes", lambda: read("large") == large)
step("upload of unknown length", lambda: s3.put_object(bucket, "stream", io.BytesIO(large), -1, part_size=part))
step("the same bytes", lambda: read("stream") == large)
step("upload of nothing", lambda: write("empty", b""))
step("nothing comes back", lambda: read("empty") == b"")
step("a folder", lambda: write("folder/", b"") and s3.stat_object(bucket, "folder/").size == 0)
step("sizes", lambda: s3.stat_object(bucket, "large").size == len(large))
step("read a range", lambda: read("large", offset=65530, length=70000) == large[65530:135530])
step("metadata", lambda: write("described", small, metadata={"colour": "blue"}) and metadata("described") == "blue")
step("overwrite", lambda: write("described", small, metadata={"colour": "green"}) and metadata("described") == "green")
step("copy", lambda: s3.copy_object(bucket, "copy", CopySource(bucket, odd)) and read("copy") == small)
step("copy with other metadata", copy_with_other_metadata)
step("compose", compose)
step("presigned URLs", presigned)
step("list", many)
step("control characters", lambda: write("c/\x01\n\x1f", small) and read("c/\x01\n\x1f") == small)
step("list them", lambda: keys("c/") == ["c/\x01\n\x1f"])
step("delete them", lambda: s3.remove_object(bucket, "c/\x01\n\x1f") or keys("c/") == [])
step("what is not there", lambda: refused(S3Error, lambda: read("none")))
step("nothing lies in the clear", sealed)
step("delete", lambda: s3.remove_object(bucket, odd) or odd not in keys())
step("delete many", lambda: remove(keys("many/")))
step("empty the bucket", lambda: remove(keys()))
step("remove the bucket", lambda: s3.remove_bucket(bucket))
finish()
