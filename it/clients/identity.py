"""An issuer of identity tokens (OpenID Connect), by openssl.

usage: identity.py jwks KEY               prints the key set of the private RSA key in a file
       identity.py token KEY SUBJECT      prints a token for the audience sealward, good for ten minutes
"""

import base64
import json
import subprocess
import sys
import time

ISSUER = "https://issuer.clients"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwks(key):
    told = subprocess.run(["openssl", "rsa", "-in", key, "-noout", "-modulus"], capture_output=True, check=True)
    modulus = bytes.fromhex(told.stdout.decode().strip().partition("=")[2])
    return json.dumps({"keys": [{"kty": "RSA", "kid": "clients", "n": encoded(modulus), "e": "AQAB"}]})


def token(key, subject):
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": "sealward", "sub": subject, "iat": now, "exp": now + 600}
    signed = ".".join(encoded(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "clients"}, claims))
    told = subprocess.run(
        ["openssl", "dgst", "-sha256", "-sign", key], input=signed.encode(), capture_output=True, check=True
    )
    return f"{signed}.{encoded(told.stdout)}"


if __name__ == "__main__":
    print({"jwks": jwks, "token": token}[sys.argv[1]](*sys.argv[2:]))
