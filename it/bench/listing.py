#!/usr/bin/env python3
"""Compares a listing of 1,000 sealed objects through the packaged gateway with the store's own of the same bucket.

usage: listing.py STORE [ROUNDS]   STORE: the address of a store, its credential in STORE_ACCESS_KEY and STORE_SECRET_KEY
Both are asked in turns, each on a connection of its own. Told are medians, and the processor time of the gateway. Needs boto3.
"""

import concurrent.futures
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import boto3
from botocore.config import Config

KEYS = 1000
WARMING = 3000  # requests of one key, until the gateway's path is compiled
SEALWARD = Path(__file__).resolve().parents[2] / "gateway" / "bin" / "sealward"
CONFIG = """
s3: {{host: 127.0.0.1, port: 0}}
store: {{endpoint: "{}", access-key: "{}", secret-key: "{}"}}
kek: {{keystore: keystore.bcfks, password: listing-bench}}
projects: [{{organization: org-bench, project: proj_bench, key-mode: bucket-key,
  credentials: [{{access-key: bench, secret-key: bench-secret}}]}}]
"""


def client(endpoint, access_key, secret_key):
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        region_name="us-east-1",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}, max_pool_connections=16),
    )


def serve(folder, store):
    """The gateway, and where it listens."""
    environment = dict(os.environ, SEALWARD_KEYSTORE_PASSWORD="listing-bench")
    keystore = ["keystore", "create", "--keystore", folder / "keystore.bcfks", "default"]
    subprocess.run([SEALWARD, *keystore], env=environment, check=True, stdout=subprocess.DEVNULL)
    (folder / "sealward.yaml").write_text(CONFIG.format(*store))
    gateway = subprocess.Popen(
        [SEALWARD, "serve", "--config", folder / "sealward.yaml"], stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True
    )
    log = ""
    for line in gateway.stdout:
        log += line
        if found := re.search(r"serving S3 on .*:(\d+)$", line):
            threading.Thread(target=gateway.stdout.read, daemon=True).start()  # or a full pipe stops it
            return gateway, f"http://127.0.0.1:{found[1]}"
    sys.exit(log)


class Lister:
    """One connection that asks for the same page again and again."""

    def __init__(self, s3, bucket, keys=KEYS):
        url = urlsplit(s3.generate_presigned_url("list_objects_v2", Params={"Bucket": bucket, "MaxKeys": keys}))
        self.keys = keys
        connection = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
        self.connection = connection(url.netloc)
        self.target = f"{url.path}?{url.query}"

    def ask(self):
        """Seconds until the whole answer has come."""
        begun = time.perf_counter()
        self.connection.request("GET", self.target)
        answer = self.connection.getresponse().read()
        took = time.perf_counter() - begun
        assert answer.count(b"<Key>") == self.keys, answer[:500]
        return took


def processor_seconds(process):
    """Of all its threads. The fields are those of proc_pid_stat(5)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(endpoint, rounds="300"):
    store = endpoint, os.environ["STORE_ACCESS_KEY"], os.environ["STORE_SECRET_KEY"]
    with tempfile.TemporaryDirectory() as folder:
        gateway, address = serve(Path(folder), store)
        try:
            report(gateway, client(*store), client(address, "bench", "bench-secret"), int(rounds))
        finally:
            gateway.terminate()
            gateway.wait()


def report(gateway, direct, through, rounds):
    bucket = f"bench-{uuid.uuid4()}"
    through.create_bucket(Bucket=bucket)
    keys = [f"folder/of some/{n:05d} object" for n in range(KEYS)]
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda key: through.put_object(Bucket=bucket, Key=key, Body=b"x" * 1000), keys))
    store, sealed = Lister(direct, bucket), Lister(through, bucket)
    small = Lister(through, bucket, 1)
    for _ in range(WARMING):
        small.ask()
    for _ in range(rounds // 3):  # both sides warm up
        store.ask(), sealed.ask()
    before = processor_seconds(gateway)
    pairs = [(store.ask(), sealed.ask()) for _ in range(rounds)]
    spent = (processor_seconds(gateway) - before) / rounds
    for batch in (keys[:500], keys[500:]):
        through.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in batch]})
    through.delete_bucket(Bucket=bucket)
    own, with_gateway = (statistics.median(side) for side in zip(*pairs))
    print(
        json.dumps(
            {
                "keys": KEYS,
                "rounds": rounds,
                "store_ms": round(own * 1e3, 2),
                "gateway_ms": round(with_gateway * 1e3, 2),
                "added": round(with_gateway / own - 1, 3),
                "gateway_processor_ms": round(spent * 1e3, 2),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
