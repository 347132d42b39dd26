#!/usr/bin/env python3
"""Tries sealward-open over a store and a KMS that moto plays: what opens, what must not, and where it may write."""
import base64
import logging
import os
import pathlib
import subprocess
import sys
import tempfile

import boto3
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from moto.server import ThreadedMotoServer

import sealward_reader as reader

KEYS = ["a/b", "../../escaped", "/absolute", "a/b/c"]


def seal(kms, arn: str, place: dict, plain: bytes) -> tuple:
    """One PutObject of less than a frame (FORMAT.md, 2 to 5)."""
    w, dek, salt16, salt = (os.urandom(n) for n in (32, 32, 16, 12))
    kek = ["extkey_a", "aws", arn, ""]
    bound = reader.binding("object", place, "", "single", "object", kek)
    wrapped = kms.encrypt(KeyId=arn, Plaintext=w, EncryptionContext=reader.wrap_context(place, "object"))["CiphertextBlob"]
    sealed = salt16 + AESGCM(reader.hkdf(w, salt16, b"sealward v1 dek" + reader.sha256(bound))).encrypt(bytes(12), dek, None)
    attempt = AESGCM(reader.hkdf(dek, salt, b"sealward v1 part" + (1).to_bytes(4, "big")))

    def frame(flags, index, content):
        head = bytes([1, 1, flags, 0]) + (1).to_bytes(4, "big") + index.to_bytes(4, "big") + len(plain).to_bytes(8, "big") + salt
        return head + attempt.encrypt(bytes(8) + index.to_bytes(4, "big"), content, head)

    b64 = lambda raw: base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    metadata = {
        "sealward-format": "v1 single object",
        "sealward-kek": "extkey_a aws %s -" % arn,
        "sealward-wrapped": b64(wrapped),
        "sealward-dek": b64(sealed),
        "sealward-commit": b64(reader.commitment(dek, bound)),
    }
    return metadata, frame(0, 0, plain) + frame(1, 1, b"")


def main() -> int:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="us-east-1",
                      AWS_ENDPOINT_URL="http://%s:%d" % (host, port))
    kms, s3 = boto3.client("kms"), boto3.client("s3")
    arn = kms.create_key()["KeyMetadata"]["Arn"]
    s3.create_bucket(Bucket="store")
    for key in KEYS + ["damaged"]:
        place = {"organization": "org-a", "project": "proj_b", "bucket": "bucket", "key": key}
        metadata, body = seal(kms, arn, place, key.encode())
        body = body[:40] + bytes([body[40] ^ 1]) + body[41:] if key == "damaged" else body
        s3.put_object(Bucket="store", Key=key, Body=body, Metadata=metadata)
    s3.put_object(Bucket="store", Key="forged", Body=b"never sealed")
    with tempfile.TemporaryDirectory() as outer:
        target = pathlib.Path(outer, "target")

        def run(kek):
            return subprocess.run(
                ["sealward-open", "--organization=org-a", "--project=proj_b", "--kek=" + kek, "--bucket=bucket", "s3://store/", target],
                capture_output=True, text=True)

        strange, first, again = run("aws:arn:aws:kms:us-east-1:1:key/other"), run("aws:" + arn), run("aws:" + arn)
        files = {str(f.relative_to(outer)): f.read_bytes() for f in pathlib.Path(outer).rglob("*") if f.is_file()}
        checks = {
            "a key that was not named is not asked": strange.stdout.startswith("0 opened") and "add --kek" in strange.stderr,
            "all that is sound opens": first.stdout == "3 opened, 0 were there already, 3 failed\n" and first.returncode == 1,
            "what fails is named": sorted(line.split(":")[0] for line in first.stderr.splitlines()) == ["a/b/c", "damaged", "forged"],
            "nothing is replaced": again.stdout.startswith("0 opened, 3 were there already"),
            "nothing is written elsewhere": files == {
                "target/a/b": b"a/b", "target/%2E%2E/%2E%2E/escaped": b"../../escaped",
                "target/%/absolute": b"/absolute"},
        }
        for name, holds in checks.items():
            if not holds:
                print("FAILED", name, strange, first, again, files)
    server.stop()
    print("%d passed, %d failed" % (sum(checks.values()), len(checks) - sum(checks.values())))
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
