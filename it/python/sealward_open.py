#!/usr/bin/env python3
"""Opens all sealed objects under an S3 prefix, or in a folder with NAME.metadata.json beside each NAME, into another folder.

    sealward-open --organization O --project P --kek aws:arn:aws:kms:... --store URL s3://bucket/prefix folder
    sealward-open --organization O --project P --kek vault:https://... --bucket B sealed-folder folder

Says of each object that does not open why, and fails then; replaces nothing. Credentials are found as the SDKs find them, for
the store in SEALWARD_STORE_ACCESS_KEY and SEALWARD_STORE_SECRET_KEY first. For s3:// and aws: install the extra aws (boto3); gcp,
azure and vault are extras of their own.
"""
import argparse
import base64
import json
import os
import pathlib
import re
import sys
import tempfile

import sealward_reader as reader


class Refused(Exception):
    """What keeps an object from being opened though it may be sound."""


# ---- keys (FORMAT.md, 5.4); each gets key id, key version, wrapped secret and context


def aws(key_id, version, wrapped, context):
    import boto3

    kms = boto3.client("kms", region_name=key_id.split(":")[3])
    answer = kms.decrypt(KeyId=key_id, CiphertextBlob=wrapped, EncryptionContext=context)
    if answer["KeyId"] != key_id:
        raise Refused("AWS KMS used another key")
    return answer["Plaintext"]


def gcp(key_id, version, wrapped, context):
    from google.cloud import kms

    endpoint = os.environ.get("CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS", "").removeprefix("https://").rstrip("/")
    client = kms.KeyManagementServiceClient(client_options={"api_endpoint": endpoint} if endpoint else None)
    aad = reader.encode_context(context)
    return client.decrypt(request={"name": key_id, "ciphertext": wrapped, "additional_authenticated_data": aad}).plaintext


def azure(key_id, version, wrapped, context):
    from azure.identity import DefaultAzureCredential
    from azure.keyvault.keys.crypto import CryptographyClient, EncryptionAlgorithm

    # AZURE_AUTHORITY_HOST is believed.
    client = CryptographyClient(key_id + "/" + version, DefaultAzureCredential(disable_instance_discovery=True))
    return reader.release_azure(client.decrypt(EncryptionAlgorithm.rsa_oaep_256, wrapped).plaintext, context)


def vault(key_id, version, wrapped, context):
    import hvac

    address, mount, name = re.fullmatch(r"(https://[^/]+)/(.+)/keys/([^/]+)", key_id).groups()
    client = hvac.Client(url=address, verify=os.environ.get("VAULT_CACERT", True))
    answer = client.secrets.transit.decrypt_data(
        name=name,
        ciphertext="vault:v%s:%s" % (version, base64.b64encode(wrapped).decode()),
        context=base64.b64encode(reader.encode_context(context)).decode(),
        mount_point=mount,
    )
    return reader.release_azure(base64.b64decode(answer["data"]["plaintext"]), context)


PROVIDERS = {"aws": aws, "gcp": gcp, "azure": azure, "vault": vault}


def secret(metadata: dict, place: dict, keks: list) -> bytes:
    """Of keys that their owner has named, and no others: the store wrote the metadata (5.1)."""
    words = metadata.get("sealward-format", "").split(" ")
    _, provider, key_id, version = reader.parse_kek(metadata.get("sealward-kek", ""))
    if provider + ":" + key_id not in keks:
        raise Refused("its metadata names a KEK that you have not named; if it is your own, add --kek '%s:%s'" % (provider, key_id))
    wrapped = reader.unb64(metadata.get("sealward-wrapped", ""), "sealward-wrapped")
    return PROVIDERS[provider](key_id, version, wrapped, reader.wrap_context(place, words[-1]))


# ---- where objects are; each yields key and a function that gives metadata and a stream


def in_store(address: str, endpoint):
    import boto3
    from botocore.config import Config

    bucket, _, prefix = address.removeprefix("s3://").partition("/")
    s3 = boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=os.environ.get("SEALWARD_STORE_ACCESS_KEY"),
        aws_secret_access_key=os.environ.get("SEALWARD_STORE_SECRET_KEY"),
        config=Config(s3={"addressing_style": "path"} if endpoint else {}, response_checksum_validation="when_required"),
    )

    def fetch(key):
        answer = s3.get_object(Bucket=bucket, Key=key)
        return answer["Metadata"], answer["Body"]

    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for entry in page.get("Contents", ()):
            yield entry["Key"], fetch


def in_folder(folder: pathlib.Path):
    def fetch(key):
        described = json.loads((folder / (key + ".metadata.json")).read_text("utf-8"))
        named = described.get("Metadata", described)
        return {reader.lower(n).removeprefix("x-amz-meta-"): v for n, v in named.items()}, open(folder / key, "rb")

    files = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir())
    for key in sorted({name.removesuffix(".metadata.json") for name in files}):  # one without the other fails
        yield key, fetch


# ---- where plaintext goes


def encoded(text: str) -> str:
    return re.sub(r"[%\\\x00-\x1f\x7f-\x9f]", lambda m: "%%%02X" % ord(m[0]), text)


def file_of(folder: pathlib.Path, key: str) -> pathlib.Path:
    """A file in the folder, whatever the key; no two keys have one."""
    odd = {"": "%", ".": "%2E", "..": "%2E%2E"}
    return folder.joinpath(*(odd.get(word) or encoded(word) for word in key.split("/")))


def open_into(file: pathlib.Path, frames) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=".sealward-", suffix=".partial", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            for plain in frames:
                out.write(plain)
        os.link(partial, file)  # never over another
    finally:
        os.remove(partial)


def main() -> int:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--organization", required=True)
    args.add_argument("--project", required=True)
    args.add_argument("--kek", action="append", default=[], metavar="PROVIDER:KEY-ID")
    args.add_argument("--bucket", help="as clients know it; that of s3:// if not given")
    args.add_argument("--store", metavar="URL")
    args.add_argument("sealed")
    args.add_argument("folder", type=pathlib.Path)
    a = args.parse_args()
    for kek in a.kek:
        if kek.partition(":")[0] not in PROVIDERS:
            args.error("'%s' is not PROVIDER:KEY-ID, with one of %s" % (kek, ", ".join(PROVIDERS)))
    if a.store and not re.match(r"https?://[^/]", a.store):
        args.error("'%s' is not http://HOST[:PORT] or https://HOST[:PORT]" % a.store)
    stored = a.sealed.startswith("s3://")
    bucket = a.bucket or (a.sealed[5:].partition("/")[0] if stored else args.error("give --bucket"))
    opened = present = failed = 0
    for key, fetch in in_store(a.sealed, a.store) if stored else in_folder(pathlib.Path(a.sealed)):
        place = {"organization": a.organization, "project": a.project, "bucket": bucket, "key": key}
        file = file_of(a.folder, key)
        if file.exists():
            present += 1
            continue
        try:
            metadata, stream = fetch(key)
            with stream:
                if not any(name.startswith("sealward-") for name in metadata):
                    raise Refused("it was not sealed")
                dek, layout = reader.open_object_key(list(metadata.items()), secret(metadata, place, a.kek), place)
                open_into(file, reader.open_frames(dek, layout, stream))
            opened += 1
        except Exception as e:  # whatever an SDK raises, the next object may open
            failed += 1
            print("%s: %s: %s" % (encoded(key), type(e).__name__, str(e).replace("\n", " ")), file=sys.stderr)
    print("%d opened, %d were there already, %d failed" % (opened, present, failed))
    if not opened + present + failed:
        print("there is no object under " + a.sealed, file=sys.stderr)
    return 0 if opened + present and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
