#!/usr/bin/env python3
"""What Terraform, consoles and SDKs ask and set of buckets and objects, each with boto3 and with the AWS command line.

The server is given as in steps.sh; STORE names the store behind it. What a store other than Ceph does not implement is
told and counts as held, if it says so in S3's words.
"""

import datetime
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
import ssl
import uuid

import boto3
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
environment = dict(
    os.environ,
    AWS_ACCESS_KEY_ID=server["aws_access_key_id"],
    AWS_SECRET_ACCESS_KEY=server["aws_secret_access_key"],
    AWS_DEFAULT_REGION="us-east-1",
    AWS_ENDPOINT_URL=server["endpoint_url"],
    AWS_MAX_ATTEMPTS="1",
    AWS_CONFIG_FILE=os.environ["WORK"] + "/none",
    AWS_SHARED_CREDENTIALS_FILE=os.environ["WORK"] + "/none",
    **({"AWS_CA_BUNDLE": ca} if ca else {}),
)
bucket = f"clients-{uuid.uuid4()}"
locked = f"{bucket}-l"
key = "a b/ü+%"
part = 5 * 1024 * 1024
lacks = os.environ.get("STORE", "ceph") != "ceph"
later = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
passed, failed = 0, 0


def step(name, check):
    global passed, failed
    try:
        outcome = check()
        assert outcome is not False, "other than expected"
        passed += 1
        print(f"    ok    {name}" + (f" ({outcome})" if isinstance(outcome, str) else ""))
    except Exception as e:  # a step that fails must not hide the next one
        failed += 1
        print(f"    FAIL  {name}\n          {type(e).__name__}: {e}")


class Refused(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def with_boto3(operation, request):
    try:
        return getattr(s3, operation)(**request)
    except ClientError as e:
        raise Refused(e.response["Error"]["Code"]) from e


def with_cli(operation, request):
    name = operation.replace("_", "-")
    ran = subprocess.run(
        ["aws", "s3api", name, "--cli-input-json", json.dumps(request), "--output", "json"],
        env=environment,
        capture_output=True,
        text=True,
    )
    if ran.returncode:
        code = ran.stderr.partition("An error occurred (")[2].partition(")")[0]
        raise Refused(code or ran.stderr.strip())
    return json.loads(ran.stdout or "{}")


def holds(wanted, told):
    """Whether all that is wanted is told; what else is told may differ."""
    if isinstance(wanted, dict):
        return all(name in told and holds(value, told[name]) for name, value in wanted.items())
    if isinstance(wanted, list):
        return len(wanted) == len(told) and all(map(holds, wanted, told))
    return wanted == told


def ask(operation, wanted=None, refused=None, forwarded=False, **request):
    """Asks the same with both clients; `refused` is the code of S3's error."""
    request = {"Bucket": bucket} | request
    for client in (with_boto3, with_cli):

        def check(client=client):
            try:
                told = client(operation, request)
            except Refused as e:
                if forwarded and lacks and e.code in ("NotImplemented", "MethodNotAllowed", "501"):
                    return "the store has none"
                if e.code == refused:
                    return True
                raise
            assert refused is None, f"not refused: {told}"
            return wanted is None or holds(wanted, told) or print(told) or False

        step(f"{operation} {client.__name__[5:]}{' refused' if refused else ''}", check)


def store(operation, **rest):
    ask(operation, forwarded=True, **rest)


s3.create_bucket(Bucket=bucket, ObjectOwnership="BucketOwnerEnforced", ObjectLockEnabledForBucket=False)
s3.put_object(Bucket=bucket, Key=key, Body=b"content", ServerSideEncryption="aws:kms")
owner = s3.list_buckets()["Owner"]["ID"]

# Answered: what is so of every bucket.
full = {"Grants": [{"Grantee": {"Type": "CanonicalUser", "ID": owner}, "Permission": "FULL_CONTROL"}], "Owner": {"ID": owner}}
public = {"Grants": [{"Grantee": {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"}, "Permission": "READ"}], "Owner": {"ID": owner}}
for acl, at in (("bucket_acl", {}), ("object_acl", {"Key": key})):
    ask(f"get_{acl}", wanted={"Owner": {"ID": owner}, "Grants": full["Grants"]}, **at)
    ask(f"put_{acl}", ACL="private", **at)
    ask(f"put_{acl}", AccessControlPolicy=full, **at)
    ask(f"put_{acl}", refused="AccessControlListNotSupported", ACL="public-read", **at)
    ask(f"put_{acl}", refused="AccessControlListNotSupported", AccessControlPolicy=public, **at)
    ask(f"put_{acl}", refused="AccessControlListNotSupported", GrantRead=f"id={owner}", **at)
ask("get_bucket_ownership_controls", wanted={"OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}})
ask("put_bucket_ownership_controls", OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
ask("put_bucket_ownership_controls", refused="InvalidArgument", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]})
ask("delete_bucket_ownership_controls")
default = lambda **how: {"Rules": [{"ApplyServerSideEncryptionByDefault": how}]}
ask("get_bucket_encryption", wanted={"ServerSideEncryptionConfiguration": default(SSEAlgorithm="aws:kms")})
ask("put_bucket_encryption", ServerSideEncryptionConfiguration=default(SSEAlgorithm="AES256"))
ask("put_bucket_encryption", ServerSideEncryptionConfiguration=default(SSEAlgorithm="aws:kms"))
ask("put_bucket_encryption", refused="InvalidArgument", ServerSideEncryptionConfiguration=default(SSEAlgorithm="aws:kms", KMSMasterKeyID="another"))
ask("delete_bucket_encryption")
ask("get_bucket_policy", refused="NoSuchBucketPolicy")
ask("get_bucket_policy_status", refused="NoSuchBucketPolicy")
ask("delete_bucket_policy")
ask("get_bucket_website", refused="NoSuchWebsiteConfiguration")
ask("delete_bucket_website")
ask("put_bucket_website", refused="NotImplemented", WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}})
ask("get_bucket_replication", refused="ReplicationConfigurationNotFoundError")
ask("delete_bucket_replication")
ask("get_bucket_logging")
ask("put_bucket_logging", BucketLoggingStatus={})
ask("put_bucket_logging", refused="NotImplemented", BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": bucket, "TargetPrefix": "log/"}})
ask("get_bucket_notification_configuration")
ask("put_bucket_notification_configuration", NotificationConfiguration={})
ask("get_bucket_request_payment", wanted={"Payer": "BucketOwner"})
ask("put_bucket_request_payment", RequestPaymentConfiguration={"Payer": "BucketOwner"})
ask("put_bucket_request_payment", refused="NotImplemented", RequestPaymentConfiguration={"Payer": "Requester"})
ask("get_bucket_accelerate_configuration", wanted={"Status": "Suspended"})
ask("put_bucket_accelerate_configuration", refused="NotImplemented", AccelerateConfiguration={"Status": "Enabled"})
for kind in ("analytics", "intelligent_tiering", "inventory", "metrics"):
    ask(f"list_bucket_{kind}_configurations", wanted={"IsTruncated": False})
    ask(f"get_bucket_{kind}_configuration", refused="NoSuchConfiguration", Id="a")
    ask(f"delete_bucket_{kind}_configuration", refused="NoSuchConfiguration", Id="a")
ask("get_bucket_location")
ask("head_bucket", ExpectedBucketOwner=owner)
ask("list_objects_v2", refused="AccessDenied", ExpectedBucketOwner="111122223333")

# Answered: attributes, with plaintext sizes.
wanted = ["ETag", "ObjectSize", "StorageClass", "ObjectParts"]
ask("get_object_attributes", wanted={"ObjectSize": 7, "StorageClass": "STANDARD"}, Key=key, ObjectAttributes=wanted)
upload = s3.create_multipart_upload(Bucket=bucket, Key="parts")["UploadId"]
sizes = [part, part + 1, 3]
parts = [
    {"PartNumber": n, "ETag": s3.upload_part(Bucket=bucket, Key="parts", UploadId=upload, PartNumber=n, Body=b"x" * size)["ETag"]}
    for n, size in enumerate(sizes, 1)
]
s3.complete_multipart_upload(Bucket=bucket, Key="parts", UploadId=upload, MultipartUpload={"Parts": parts})
ask(
    "get_object_attributes",
    wanted={"ObjectSize": sum(sizes), "ObjectParts": {"TotalPartsCount": 3, "IsTruncated": True, "Parts": [{"PartNumber": 2, "Size": sizes[1]}]}},
    Key="parts",
    ObjectAttributes=wanted,
    MaxParts=1,
    PartNumberMarker=1,
)

# Forwarded: tags.
tags = {"TagSet": [{"Key": "colour", "Value": "blue + a/b"}]}
store("get_bucket_tagging", refused="NoSuchTagSet")
store("put_bucket_tagging", Tagging=tags)
store("get_bucket_tagging", wanted=tags)
store("delete_bucket_tagging")
store("put_object_tagging", Key=key, Tagging=tags)
store("get_object_tagging", wanted=tags, Key=key)
store("delete_object_tagging", Key=key)
store("put_object", Key="tagged", Tagging="a=b&c=d")
store("get_object_tagging", wanted={"TagSet": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}]}, Key="tagged")

# Forwarded: lifecycle, with sizes as they were written.
rules = {
    "Rules": [
        {
            "ID": "old",
            "Status": "Enabled",
            "Filter": {"Prefix": "logs/"},
            "Expiration": {"Days": 3},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 2},
        }
    ]
}
store("get_bucket_lifecycle_configuration", refused="NoSuchLifecycleConfiguration")
store("put_bucket_lifecycle_configuration", LifecycleConfiguration=rules)
store("get_bucket_lifecycle_configuration", wanted=rules)
store("delete_bucket_lifecycle")

# Forwarded: CORS, and the preflight that the gateway answers.
cors = {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://app.example"], "AllowedHeaders": ["*"], "MaxAgeSeconds": 30}]}
store("get_bucket_cors", refused="NoSuchCORSConfiguration")
store("put_bucket_cors", CORSConfiguration=cors)
store("get_bucket_cors", wanted=cors)


def preflight(origin):
    request = urllib.request.Request(
        f"{server['endpoint_url']}/{bucket}/key",
        headers={"Origin": origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "x-amz-date"},
        method="OPTIONS",
    )
    try:
        with urllib.request.urlopen(request, context=ssl.create_default_context(cafile=ca) if ca else None) as told:
            return told.headers["Access-Control-Allow-Origin"]
    except urllib.error.HTTPError as e:
        return e.code


if not lacks:
    step("a preflight that is allowed", lambda: preflight("https://app.example") == "https://app.example")
step("a preflight that is not", lambda: preflight("https://other.example") == 403)
store("delete_bucket_cors")

# Forwarded: the public access block.
block = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}
store("put_public_access_block", PublicAccessBlockConfiguration=block)
store("get_public_access_block", wanted={"PublicAccessBlockConfiguration": block})
store("delete_public_access_block")

# Forwarded: versions.
store("put_bucket_versioning", VersioningConfiguration={"Status": "Enabled"})
store("get_bucket_versioning", wanted={"Status": "Enabled"})
if not lacks:
    version = s3.put_object(Bucket=bucket, Key=key, Body=b"newer")["VersionId"]
    marker = s3.delete_object(Bucket=bucket, Key=key)
    step("a delete marker", lambda: marker["DeleteMarker"])
    step("the version below it", lambda: s3.get_object(Bucket=bucket, Key=key, VersionId=version)["Body"].read() == b"newer")
    ask("get_object_attributes", refused="NoSuchKey", Key=key, ObjectAttributes=wanted)
    ask("get_object_attributes", wanted={"ObjectSize": 5, "VersionId": version}, Key=key, VersionId=version, ObjectAttributes=wanted)
    ask("get_object_acl", refused="NoSuchKey", Key=key)
    listed = s3.list_object_versions(Bucket=bucket, Prefix=key)
    step("versions in plaintext sizes", lambda: sorted(v["Size"] for v in listed["Versions"]) == [5, 7])
    s3.delete_object(Bucket=bucket, Key=key, VersionId=marker["VersionId"])
    step("the version that was deleted over", lambda: s3.head_object(Bucket=bucket, Key=key)["VersionId"] == version)

# Forwarded: locks.
if not lacks:
    s3.create_bucket(Bucket=locked, ObjectLockEnabledForBucket=True)
    rule = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}
    ask("put_object_lock_configuration", Bucket=locked, ObjectLockConfiguration=rule)
    ask("get_object_lock_configuration", wanted={"ObjectLockConfiguration": rule}, Bucket=locked)
    kept = s3.put_object(Bucket=locked, Key=key, Body=b"kept", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=later)
    ask("head_object", wanted={"ObjectLockMode": "GOVERNANCE", "ContentLength": 4}, Bucket=locked, Key=key)
    ask("get_object_retention", wanted={"Retention": {"Mode": "GOVERNANCE"}}, Bucket=locked, Key=key)
    ask("put_object_retention", Bucket=locked, Key=key, Retention={"Mode": "GOVERNANCE", "RetainUntilDate": later}, BypassGovernanceRetention=True)
    ask("put_object_legal_hold", Bucket=locked, Key=key, LegalHold={"Status": "ON"})
    ask("get_object_legal_hold", wanted={"LegalHold": {"Status": "ON"}}, Bucket=locked, Key=key)
    at = {"Bucket": locked, "Key": key, "VersionId": kept["VersionId"]}
    ask("delete_object", refused="AccessDenied", BypassGovernanceRetention=True, **at)
    ask("put_object_legal_hold", LegalHold={"Status": "OFF"}, **at)
    ask("delete_object", refused="AccessDenied", **at)
    step("delete under a lock, with leave", lambda: s3.delete_object(BypassGovernanceRetention=True, **at) and True)
    s3.delete_bucket(Bucket=locked)

# Refused, in S3's words.
ask("put_bucket_policy", refused="MalformedPolicy", Policy="{}")
ask("put_object", refused="InvalidArgument", Key=key, ServerSideEncryption="aws:kms", SSEKMSKeyId="another")
ask("put_object", refused="AccessControlListNotSupported", Key=key, ACL="public-read")

for listed in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
    for each in listed.get("Versions", []) + listed.get("DeleteMarkers", []):
        s3.delete_object(Bucket=bucket, Key=each["Key"], VersionId=each["VersionId"])
step("remove the bucket", lambda: s3.delete_bucket(Bucket=bucket) and True)
print(f"  {passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
