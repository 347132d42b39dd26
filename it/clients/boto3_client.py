#!/usr/bin/env python3
"""boto3 with its default options. The server is given as in steps.sh; no call may need a retry."""

import os
import sys
import urllib.request
import ssl
import uuid

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ca = os.environ.get("CA") or None
server = dict(
    endpoint_url=os.environ["ENDPOINT"],
    aws_access_key_id=os.environ["ACCESS_KEY"],
    aws_secret_access_key=os.environ["SECRET_KEY"],
    region_name="us-east-1",
    verify=ca,
)
s3 = boto3.client("s3", **server)
# boto3 still presigns with version 2 unless it is told.
presigner = boto3.client("s3", config=Config(signature_version="s3v4"), **server)
retries = []
s3.meta.events.register(
    "after-call.s3.*", lambda parsed, **_: retries.append(parsed["ResponseMetadata"].get("RetryAttempts", 0))
)
bucket = f"clients-{uuid.uuid4()}"
work = os.environ["WORK"]
small, large = os.urandom(1000), os.urandom(17 * 1024 * 1024 + 7)
passed, failed = 0, 0


def step(name, check):
    global passed, failed
    try:
        assert check() is not False, "other than expected"
        assert not any(retries), "a retry was needed"
        passed += 1
        print(f"    ok    {name}")
    except Exception as e:  # a step that fails must not hide the next one
        failed += 1
        answer = e.read().decode() if hasattr(e, "read") else ""
        print(f"    FAIL  {name}\n          {type(e).__name__}: {e} {answer}")
    retries.clear()


def body(**request):
    return s3.get_object(Bucket=bucket, **request)["Body"].read()


def refused(code, call):
    try:
        call()
    except ClientError as e:
        return e.response["Error"]["Code"] == code or e.response["ResponseMetadata"]["HTTPStatusCode"] == code
    return False


def upload_in_parts():
    with open(f"{work}/large", "wb") as file:
        file.write(large)
    s3.upload_file(f"{work}/large", bucket, "large")


def download_in_ranges():
    s3.download_file(bucket, "large", f"{work}/back")
    with open(f"{work}/back", "rb") as file:
        return file.read() == large


def presigned():
    context = ssl.create_default_context(cafile=ca) if ca else None
    put = presigner.generate_presigned_url("put_object", {"Bucket": bucket, "Key": "presigned"})
    # Python would call the body a form, which S3Proxy then tries to read as one.
    upload = urllib.request.Request(put, small, {"Content-Type": "application/octet-stream"}, method="PUT")
    urllib.request.urlopen(upload, context=context).close()
    get = presigner.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "presigned"})
    return urllib.request.urlopen(get, context=context).read() == small


def copy_in_parts():
    s3.copy({"Bucket": bucket, "Key": "large"}, bucket, "large copy")
    return body(Key="large copy") == large


def copy_onto_itself():
    source = {"Bucket": bucket, "Key": "copy"}
    s3.copy_object(CopySource=source, Bucket=bucket, Key="copy", Metadata={"a": "b"}, MetadataDirective="REPLACE")
    return s3.head_object(Bucket=bucket, Key="copy")["Metadata"] == {"a": "b"} and body(Key="copy") == small


def same_etag():
    listed = {o["Key"]: o["ETag"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]}
    return all(
        etag == s3.head_object(Bucket=bucket, Key=key)["ETag"] == s3.get_object(Bucket=bucket, Key=key)["ETag"]
        for key, etag in listed.items()
    )


def empty_the_bucket():
    keys = [{"Key": o["Key"]} for o in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    return "Errors" not in s3.delete_objects(Bucket=bucket, Delete={"Objects": keys})


step("make a bucket", lambda: s3.create_bucket(Bucket=bucket))
step("upload", lambda: s3.put_object(Bucket=bucket, Key="a b/ü+%", Body=small, Metadata={"colour": "blue"}))
for algorithm in ["CRC32", "SHA1", "SHA256"]:
    step(
        f"upload with {algorithm}",
        lambda: s3.put_object(Bucket=bucket, Key=algorithm, Body=small, ChecksumAlgorithm=algorithm),
    )
step("upload of nothing", lambda: s3.put_object(Bucket=bucket, Key="empty", Body=b""))
step("upload in parts", upload_in_parts)
step("download", lambda: body(Key="a b/ü+%") == small)
step("download of nothing", lambda: body(Key="empty") == b"")
step("download in ranges", download_in_ranges)
step("read a range", lambda: body(Key="large", Range="bytes=65530-135529") == large[65530:135530])
step("read the end", lambda: body(Key="large", Range="bytes=-100000") == large[-100000:])
step("metadata", lambda: s3.head_object(Bucket=bucket, Key="a b/ü+%")["Metadata"] == {"colour": "blue"})
step("one ETag everywhere", same_etag)
step(
    "list the sizes sent",
    lambda: sum(o["Size"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]) == len(large) + 4 * len(small),
)
step("presigned URLs", presigned)
odd = {"Bucket": bucket, "Key": "a b/ü+%"}
step("copy", lambda: s3.copy_object(CopySource=odd, Bucket=bucket, Key="copy"))
step("the same bytes", lambda: body(Key="copy") == small)
step("metadata", lambda: s3.head_object(Bucket=bucket, Key="copy")["Metadata"] == {"colour": "blue"})
step("no copy onto itself", lambda: refused("InvalidRequest", lambda: s3.copy_object(CopySource=odd, **odd)))
step("other metadata", copy_onto_itself)
step("copy in parts", copy_in_parts)
etag = s3.head_object(Bucket=bucket, Key="CRC32")["ETag"]
step("read if it matches", lambda: body(Key="CRC32", IfMatch=etag) == small)
step("no read if it does not", lambda: refused(412, lambda: body(Key="CRC32", IfMatch='"other"')))
step("no read if it is known", lambda: refused(304, lambda: body(Key="CRC32", IfNoneMatch=etag)))
step("what is not there", lambda: refused("NoSuchKey", lambda: body(Key="none")))
step("delete", empty_the_bucket)
step("remove the bucket", lambda: s3.delete_bucket(Bucket=bucket))
print(f"  {passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
