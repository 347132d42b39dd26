"""Restarts two gateways behind HAProxy in turn, under load. usage: rolling.py LAUNCHER FOLDER ENDPOINT ACCESS SECRET [--quick]"""

import hashlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import boto3
from botocore.config import Config

LAUNCHER, FOLDER, ENDPOINT, ACCESS, SECRET = sys.argv[1:6]
QUICK = "--quick" in sys.argv[6:]
DELAY, INTER = ("2s", "500ms") if QUICK else ("8s", "2s")  # the defaults of the gateway and of HAProxy
CLIENTS = 4  # of each kind
BODY = os.urandom(100_000)
folder = pathlib.Path(FOLDER)
environment = {**os.environ, "SEALWARD_KEYSTORE_PASSWORD": "rolling"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Node:
    def __init__(self, name):
        self.name, self.s3, self.management = name, free_port(), free_port()
        self.config = folder / f"{name}.yaml"
        self.config.write_text(
            json.dumps(  # which is YAML
                {
                    "s3": {"host": "127.0.0.1", "port": self.s3},
                    "store": {"endpoint": ENDPOINT, "access-key": ACCESS, "secret-key": SECRET},
                    "kek": {"keystore": "keystore.bcfks", "password": "${ENV:SEALWARD_KEYSTORE_PASSWORD}"},
                    "projects": [
                        {
                            "organization": "org-rolling",
                            "project": "proj_rolling",
                            "credentials": [{"access-key": "rolling", "secret-key": "rolling-secret"}],
                        }
                    ],
                    "drain-delay": DELAY,
                    "management": {"host": "127.0.0.1", "port": self.management},
                }
            )
        )
        self.process = None

    def start(self):
        with open(folder / f"{self.name}.log", "a") as log:
            command = [LAUNCHER, "serve", "--config", str(self.config)]
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        await_that(lambda: self.ready(), f"{self.name} is ready")

    def ready(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.management}/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        """Returns how long it took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        return time.monotonic() - begun


def await_that(condition, what):
    for _ in range(1800):
        if condition():
            return
        time.sleep(0.1)
    for log in folder.glob("*.log"):
        print(log.name, log.read_text()[-2000:])
    raise SystemExit(f"never: {what}")


def haproxy(nodes, port, control):
    servers = "\n".join(
        f"  server {node.name} 127.0.0.1:{node.s3} check port {node.management} inter {INTER}" for node in nodes
    )
    config = folder / "haproxy.cfg"
    config.write_text(
        f"""global
  stats socket {control}
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend s3
  bind 127.0.0.1:{port}
  default_backend nodes
backend nodes
  option httpchk GET /readyz
{servers}
"""
    )
    return subprocess.Popen(["haproxy", "-f", str(config)])


def is_up(control, node):
    with socket.socket(socket.AF_UNIX) as stats:
        stats.connect(str(control))
        stats.sendall(b"show stat\n")
        text = b"".join(iter(lambda: stats.recv(65536), b"")).decode()
    return any(line.startswith(f"nodes,{node.name},") and ",UP," in line for line in text.splitlines())


class Client(threading.Thread):
    def __init__(self, port, number, retries):
        super().__init__(daemon=True)
        self.key, self.requests, self.errors, self.over = f"client-{number}-{retries}", 0, [], threading.Event()
        config = Config(signature_version="s3v4", s3={"addressing_style": "path"}, retries=retries)
        self.s3 = boto3.session.Session().client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{port}",
            region_name="us-east-1",
            aws_access_key_id="rolling",
            aws_secret_access_key="rolling-secret",
            config=config,
        )

    def run(self):
        while not self.over.is_set():
            self.attempt(lambda: self.s3.put_object(Bucket="rolling", Key=self.key, Body=BODY))
            self.attempt(self.read)
            self.attempt(lambda: self.s3.head_object(Bucket="rolling", Key=self.key))
            self.attempt(lambda: self.s3.list_objects_v2(Bucket="rolling", MaxKeys=10))

    def read(self):
        try:
            content = self.s3.get_object(Bucket="rolling", Key=self.key)["Body"].read()
        except self.s3.exceptions.NoSuchKey:
            return  # the first PUT failed
        if hashlib.sha256(content).digest() != hashlib.sha256(BODY).digest():
            raise AssertionError("other bytes than were written")

    def attempt(self, request):
        self.requests += 1
        try:
            request()
        except Exception as failure:  # of whatever kind, it is counted
            self.errors.append(f"{type(failure).__name__}: {failure}")


def main():
    create = [LAUNCHER, "keystore", "create", "--keystore", str(folder / "keystore.bcfks"), "default"]
    subprocess.run(create, env=environment, check=True, stdout=subprocess.DEVNULL)
    nodes = [Node("one"), Node("two")]
    port, control = free_port(), folder / "haproxy.sock"
    balancer = None
    try:
        for node in nodes:
            node.start()
        balancer = haproxy(nodes, port, control)
        await_that(control.exists, "HAProxy runs")
        kinds = {"default retries": {}, "no retries": {"total_max_attempts": 1}}
        clients = {kind: [Client(port, i, retries) for i in range(CLIENTS)] for kind, retries in kinds.items()}
        clients["default retries"][0].s3.create_bucket(Bucket="rolling")
        for client in sum(clients.values(), []):
            client.start()
        time.sleep(2)
        for node in nodes:
            took = node.stop()
            node.start()
            await_that(lambda node=node: is_up(control, node), f"HAProxy takes {node.name} for up")
            print(f"{node.name}: stopped in {took:.1f} s, and back")
        time.sleep(2)
        failed = 0
        for kind, group in clients.items():
            for client in group:
                client.over.set()
                client.join(60)
            errors = sum((client.errors for client in group), [])
            print(f"{kind}: {sum(client.requests for client in group)} requests, {len(errors)} failed")
            for error in sorted(set(errors))[:5]:
                print(f"  {error}")
            failed += bool(errors) and kind == "default retries"
        print(f"{1 - failed} passed, {failed} failed")
        return failed
    finally:
        for process in [balancer] + [node.process for node in nodes]:
            if process:
                process.kill()
                process.wait()


if __name__ == "__main__":
    sys.exit(main())
