#!/usr/bin/env python3
"""Runs the format's test vectors against the reader beside it."""
import base64
import io
import json
import pathlib
import sys

import sealward_reader as sealward

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "crypto/src/test/resources/vectors"


def plaintext(length: int) -> bytes:
    return bytes((31 * i + 7) % 251 for i in range(length))


def open_whole(metadata: dict, secret: str, place: dict, sealed: bytes) -> bytes:
    dek, layout = sealward.open_object_key(list(metadata.items()), bytes.fromhex(secret), place)
    return b"".join(sealward.open_frames(dek, layout, io.BytesIO(sealed)))


def check_object(v: dict, place: dict) -> bool:
    plain = open_whole(v["metadata"], v["secret"], place, base64.b64decode(v["sealed"]))
    return plain == plaintext(v["plaintextLength"])


def check_upload(v: dict, place: dict) -> bool:
    store_id, dek = sealward.open_upload_id(v["uploadId"], bytes.fromhex(v["secret"]), place)
    same, _ = sealward.open_object_key(list(v["metadata"].items()), bytes.fromhex(v["secret"]), place)
    receipts = zip(v["partLengths"], v["receipts"])
    return store_id == v["storeUploadId"] and dek == same and all(
        sealward.read_receipt(dek, i, n, r) and not sealward.read_receipt(dek, i, n + 1, r) for i, (n, r) in enumerate(receipts, 1)
    )


def check_extra_name(v: dict, place: dict) -> bool:
    return check_object({**v, "metadata": {**v["metadata"], "sealward-later": "x"}}, place)


def check_forgery(v: dict, place: dict) -> bool:
    try:
        check_object(v, place)
    except sealward.Tampered:
        return True
    return False


def served(v: dict, objects: dict) -> bytes:
    """The slices of a vector; one from -n to 0 is n zeros."""
    sealed = bytearray(b"".join(
        bytes(-a) if a < 0 else base64.b64decode(objects[o]["sealed"])[a:b] for o, a, b in v["sealed"]
    ))
    if "flip" in v:
        sealed[v["flip"][0]] ^= v["flip"][1]
    return bytes(sealed)


def check_range(v: dict, objects: dict, place: dict) -> bool:
    base = objects[v["object"]]
    sealed = served(v, objects) if "sealed" in v else base64.b64decode(base["sealed"])
    first, last = v["range"]
    dek, layout = sealward.open_object_key(list(base["metadata"].items()), bytes.fromhex(base["secret"]), place)
    try:
        plain = sealward.read_range(dek, layout, len(sealed), lambda at, n: sealed[at:at + n], first, last)
    except sealward.SealError as e:
        return type(e).__name__ == v.get("error")
    return "error" not in v and plain == plaintext(min(last + 1, base["plaintextLength"]))[first:]


def check_upload_id(v: dict, objects: dict, place: dict) -> bool:
    try:
        opened = sealward.open_upload_id(v["uploadId"], bytes.fromhex(objects[v["object"]]["secret"]), place)
    except sealward.SealError as e:
        return type(e).__name__ == v["result"]
    return ("none" if opened is None else "opens") == v["result"]


def check_checksum(v: dict, objects: dict, place: dict) -> bool:
    base = objects[v["object"]]
    dek, _ = sealward.open_object_key(list(base["metadata"].items()), bytes.fromhex(base["secret"]), place)
    if "receipt" in v:
        return sealward.read_part_checksum(dek, v["receipt"], v["text"]) == v["checksum"]
    return sealward.read_checksum(dek, v["text"]) == v["checksum"]


def check_wrap(v: dict) -> bool:
    context = sealward.wrap_context(v["place"], v["scope"])
    secret = bytes.fromhex(v["secret"])
    return (
        context == v["context"]
        and sealward.encode_context(context).hex() == v["encoded"]
        and sealward.release_azure(bytes.fromhex(v["azurePlaintext"]), context) == secret
        and sealward.open_local_wrap(bytes.fromhex(v["localKek"]), bytes.fromhex(v["localWrapped"]), context) == secret
    )


def check_damage(v: dict, objects: dict, place: dict) -> bool:
    base = objects[v["object"]]
    sealed = served(v, objects)
    metadata = {k: x for k, x in {**base["metadata"], **v.get("metadata", {})}.items() if x is not None}
    try:
        open_whole(metadata, v.get("secret", base["secret"]), {**place, **v.get("place", {})}, sealed)
    except sealward.SealError as e:
        return type(e).__name__ == v["error"]
    return False


def check_length(v: dict) -> bool:
    plain = v["plaintext"]
    return (
        (sealward.object_length(plain), sealward.object_plain(v["object"])) == (v["object"], plain)
        and (sealward.part_length(1, plain), sealward.part_plain(1, v["part1"])) == (v["part1"], plain)
        and (sealward.part_length(10_000, plain), sealward.part_plain(10_000, v["part10000"])) == (v["part10000"], plain)
    )


def main() -> int:
    files = {name: json.loads((VECTORS / (name + ".json")).read_text("utf-8")) for name in ("objects", "damage", "lengths", "ranges", "uploads", "checksums", "wraps")}
    place = files["objects"]["place"]
    objects = {v["name"]: v for v in files["objects"]["objects"]}
    results = {}
    for name, v in objects.items():
        results[name] = check_object(v, place)
        if "uploadId" in v:
            results[name + " upload id"] = check_upload(v, place)
        results[name + " with a further name"] = check_extra_name(v, place)
    for v in files["objects"]["forgeries"]:
        results[v["name"]] = check_forgery(v, place)
    for v in files["damage"]:
        results[v["name"]] = check_damage(v, objects, place)
    forgeries = {v["name"]: v for v in files["objects"]["forgeries"]}
    for v in files["ranges"]:
        results[v["name"]] = check_range(v, {**objects, **forgeries}, place)
    for v in files["uploads"]:
        results["upload id " + v["name"]] = check_upload_id(v, objects, place)
    for v in files["checksums"]:
        results["checksum " + v["name"]] = check_checksum(v, objects, place)
    for v in files["wraps"]:
        results["wrap " + v["scope"]] = check_wrap(v)
    for v in files["lengths"]["lengths"]:
        results["length %d" % v["plaintext"]] = check_length(v)
    for v in files["lengths"]["impossible"]:
        results["impossible length %d" % v["object"]] = sealward.object_plain(v["object"]) is None
    failed = [name for name, passed in results.items() if not passed]
    for name in failed:
        print("FAILED", name)
    print("%d passed, %d failed" % (len(results) - len(failed), len(failed)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
