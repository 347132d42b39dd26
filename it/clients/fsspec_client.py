#!/usr/bin/env python3
"""fsspec's s3fs, on aiobotocore, with its default options but for smaller parts."""

import ssl
import urllib.request

import s3fs

from trial import *

if ca:
    os.environ["AWS_CA_BUNDLE"] = ca
s3 = s3fs.S3FileSystem(key=access_key, secret=secret_key, endpoint_url=endpoint, default_block_size=5 * 1024 * 1024)
# It still presigns with version 2 unless it is told.
presigner = s3fs.S3FileSystem(
    key=access_key, secret=secret_key, endpoint_url=endpoint, config_kwargs={"signature_version": "s3v4"}
)


def at(key):
    return f"{bucket}/{key}"


def write(key, content, mode="wb", **more):
    with s3.open(at(key), mode, **more) as file:
        file.write(content)


def seek():
    with s3.open(at("large")) as file:
        file.seek(65530)
        first = file.read(70000)
        file.seek(-100000, 2)
        return first == large[65530:135530] and file.read() == large[-100000:]


def presigned(key):
    context = ssl.create_default_context(cafile=ca) if ca else None
    return urllib.request.urlopen(presigner.url(at(key)), context=context).read()


def many():
    s3.pipe({at(f"many/{n}"): b"x" for n in range(1001)})
    s3.invalidate_cache()
    return len(s3.ls(at("many"), detail=False)) == 1001


def is_gone(key):
    s3.invalidate_cache()
    return not s3.exists(at(key))


step("make a bucket", lambda: s3.call_s3("create_bucket", Bucket=bucket))  # mkdir believes S3Proxy that it is there already
step("upload", lambda: s3.pipe_file(at(odd), small))
step("the same bytes", lambda: s3.cat_file(at(odd)) == small)
step("upload in parts", lambda: write("large", large))
step("the same bytes", lambda: s3.cat_file(at("large")) == large)
step("upload of nothing", lambda: s3.touch(at("empty")) or s3.cat_file(at("empty")) == b"")
step("control characters", lambda: s3.pipe_file(at("c/\x01\n\x1f"), small) or s3.cat_file(at("c/\x01\n\x1f")) == small)
step("list them", lambda: s3.ls(at("c"), detail=False) == [at("c/\x01\n\x1f")])
step("delete them", lambda: s3.rm_file(at("c/\x01\n\x1f")))  # in a list of deletions XML 1.0 cannot hold them
step("seek and read", seek)
step("read a range", lambda: s3.cat_file(at("large"), start=-10, end=None) == large[-10:])
step("metadata", lambda: s3.setxattr(at(odd), colour="blue") or s3.getxattr(at(odd), "colour") == "blue")
step("overwrite", lambda: write("appended", large) or write("appended", small) or s3.cat_file(at("appended")) == small)
step("append", lambda: write("appended", small, "ab") or s3.cat_file(at("appended")) == small + small)
step("append to parts", lambda: write("copy", large) or write("copy", small, "ab") or s3.cat_file(at("copy")) == large + small)
step("copy", lambda: s3.copy(at(odd), at("copy")) or s3.cat_file(at("copy")) == small)
step("rename", lambda: s3.mv(at("copy"), at("renamed")) or (s3.cat_file(at("renamed")) == small and is_gone("copy")))
step("create what is new", lambda: s3.pipe_file(at("new"), small, mode="create"))
step("no create of what is there", lambda: refused(OSError, lambda: s3.pipe_file(at("new"), b"x", mode="create")))
step("read a presigned URL", lambda: presigned(odd) == small)
step("list over a thousand", many)
step("find", lambda: at("large") in s3.find(bucket) and s3.du(at("large")) == len(large))
step("nothing lies in the clear", sealed)
step("delete", lambda: s3.rm_file(at(odd)) or is_gone(odd))
step("delete many", lambda: s3.rm(at("many"), recursive=True) or is_gone("many/7"))
step("empty the bucket and remove it", lambda: s3.rm(bucket, recursive=True))
finish()
