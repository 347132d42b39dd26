#!/usr/bin/env python3
"""boto3 and the AWS command line with an identity token and no key, as pods and CI jobs have it; for the gateway only.

The server is given as in steps.sh, the issuer's key in ISSUER_KEY, the role in ROLE.
"""

import os
import subprocess

import boto3
from botocore.exceptions import ClientError

import identity
from trial import bucket, ca, endpoint, finish, refused, sealed, small, step, work


def environment(subject):
    """What a workload finds in its environment, and nothing else of AWS."""
    file = os.path.join(work, subject)
    with open(file, "w") as written:
        written.write(identity.token(os.environ["ISSUER_KEY"], subject))
    return dict(
        {name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
        AWS_WEB_IDENTITY_TOKEN_FILE=file,
        AWS_ROLE_ARN=os.environ["ROLE"],
        AWS_ENDPOINT_URL=endpoint,
        AWS_REGION="us-east-1",
        AWS_DEFAULT_REGION="us-east-1",  # which boto3 reads
        AWS_CONFIG_FILE=work + "/none",
        AWS_SHARED_CREDENTIALS_FILE=work + "/none",
        AWS_EC2_METADATA_DISABLED="true",
        **({"AWS_CA_BUNDLE": ca} if ca else {}),
    )


def client(subject, service):
    found = environment(subject)
    os.environ.clear()
    os.environ.update(found)
    return boto3.session.Session().client(service)


def cli(*command):
    return subprocess.run(["aws", *command], capture_output=True, check=True, env=environment("clients")).stdout


step("take on the role", lambda: ":assumed-role/" in client("clients", "sts").get_caller_identity()["Arn"])
s3 = client("clients", "s3")
step("make a bucket", lambda: s3.create_bucket(Bucket=bucket) and True)
step("write", lambda: s3.put_object(Bucket=bucket, Key="a", Body=small) and True)
step("read", lambda: s3.get_object(Bucket=bucket, Key="a")["Body"].read() == small)
step("the store holds it sealed", sealed)
step("read with aws cli", lambda: cli("s3", "cp", f"s3://{bucket}/a", "-") == small)
step("somebody who is not trusted", lambda: refused(ClientError, client("stranger", "s3").list_buckets))
step("remove all", lambda: s3.delete_object(Bucket=bucket, Key="a") and s3.delete_bucket(Bucket=bucket) and True)
finish()
