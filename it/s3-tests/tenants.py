#!/usr/bin/env python3
"""Makes the users that ceph/s3-tests wants, and prints its configuration.

usage: tenants.py gateway LOG      projects of the gateway whose log that is, of a registry that is new
       tenants.py ceph ENDPOINT    users of the Ceph that CEPH_CONF names
"""
import configparser
import json
import re
import subprocess
import sys
import urllib.request

USERS = ("s3 main", "s3 alt", "s3 tenant", "iam", "iam root", "iam alt root")


def projects(log):
    with open(log, encoding="utf-8") as lines:
        text = lines.read()
    token = re.search(r"^token: (\S+)", text, re.M).group(1)
    management = re.search(r"serving management on .*:(\d+)", text).group(1)

    def post(path, body):
        request = urllib.request.Request(
            f"http://127.0.0.1:{management}/v1/organization{path}",
            data=json.dumps(body).encode(),
            headers={"Authorization": "Bearer " + token},
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    made = {}
    for user in USERS:
        project = post("/projects", {"name": user})["id"]
        key = post(f"/projects/{project}/s3_credentials", {"name": user})
        made[user] = (project, key["access_key_id"], key["secret_access_key"])
    return re.search(r"serving S3 on .*:(\d+)", text).group(1), made, "default"


def users(endpoint):
    made = {}
    for user in USERS:
        uid = user.replace(" ", "-")
        tenant = ["--tenant", "testx"] if user == "s3 tenant" else []
        subprocess.run(
            ["radosgw-admin", "user", "create", "--uid", uid, "--display-name", uid, "--email", uid + "@example.com",
             "--access-key", "key-" + uid, "--secret-key", "secret-" + uid, *tenant],
            check=True, stdout=subprocess.DEVNULL)
        made[user] = (uid, "key-" + uid, "secret-" + uid)
    return endpoint.rsplit(":", 1)[1], made, "testkey-1"


def main(kind, where):
    port, made, key = projects(where) if kind == "gateway" else users(where)
    conf = configparser.ConfigParser()
    conf["DEFAULT"] = {"host": "127.0.0.1", "port": port, "is_secure": "False", "ssl_verify": "False"}
    conf["fixtures"] = {
        "bucket prefix": "s3tests-{random}-", "iam name prefix": "s3-tests-", "iam path prefix": "/s3-tests/"}
    for user, (uid, access, secret) in made.items():
        conf[user] = {
            "user_id": uid, "display_name": uid, "email": user.replace(" ", "-") + "@example.com",
            "access_key": access, "secret_key": secret}
    conf["s3 main"].update({"api_name": "default", "kms_keyid": key, "kms_keyid2": key})
    conf["s3 tenant"]["tenant"] = "testx"
    conf.write(sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
