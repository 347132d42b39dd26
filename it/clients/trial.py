"""What the newer Python clients share. The server is given as in steps.sh."""

import os
import sys
import uuid

from sealed import in_the_clear

endpoint, access_key, secret_key = (os.environ[name] for name in ("ENDPOINT", "ACCESS_KEY", "SECRET_KEY"))
scheme, host = endpoint.split("://")
ca = os.environ.get("CA") or None
work = os.environ["WORK"]
bucket = f"clients-{uuid.uuid4()}"
small, large = os.urandom(1000), os.urandom(11 * 1024 * 1024 + 7)
odd = "a b/ü+%20%"
passed, failed = 0, 0


def step(name, check):
    """Runs a check, which holds unless it answers False or raises."""
    global passed, failed
    try:
        assert check() is not False, "other than expected"
        passed += 1
        print(f"    ok    {name}", flush=True)
    except Exception as e:  # a step that fails must not hide the next one
        failed += 1
        print(f"    FAIL  {name}\n          {type(e).__name__}: {e}", flush=True)


def refused(kind, call):
    try:
        call()
    except kind:
        return True
    return False


def sealed(*more):
    """No object of the bucket holds, at the store, what was sent."""
    return os.environ.get("DIRECT") or not in_the_clear(bucket, [small, large, *more])


def finish():
    print(f"  {passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)
