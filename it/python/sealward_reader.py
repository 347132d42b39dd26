#!/usr/bin/env python3
"""Opens Sealward objects, written from crypto/FORMAT.md alone. Needs the `cryptography` package.

    sealward_reader.py --metadata meta.json --secret-hex W --organization O --project P --bucket B --key K sealed plain

meta.json is the object's user metadata, W the 32 bytes that the tenant's KMS unwrapped from `sealward-wrapped`.
"""
import argparse
import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import struct
import sys
from typing import BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

F, H, P = 65_536, 48, 5 << 20
D = P - H
M = 1 << 46
MAX_PARTS = 10_000
DATA, END, SEAL, SEAL_UNEQUAL, SEAL_LOOSE, SEAL_LOOSE_UNEQUAL = 0, 1, 3, 7, 11, 15
SEAL_BIT, UNEQUAL_BIT, LOOSE_BIT = 2, 4, 8
LAYOUTS = ("empty", "single", "parts", "aligned")


class SealError(Exception):
    """Refused; the class name is the error's name in FORMAT.md."""


class Malformed(SealError):
    pass


class UnknownVersion(SealError):
    pass


class WrongKey(SealError):
    pass


class Tampered(SealError):
    pass


class Truncated(SealError):
    pass


# ---- lengths (section 6)


def frame_count(plain: int) -> int:
    return -(-plain // F)


def object_length(plain: int) -> int:
    return plain + H * (frame_count(plain) + 1)


def ends_twice(part: int, plain: int) -> bool:
    return plain == D and part < MAX_PARTS


def part_length(part: int, plain: int) -> int:
    ends = plain < P or part == MAX_PARTS
    return plain + H * frame_count(plain) + (0 if not ends else 2 * H if ends_twice(part, plain) else H)


def object_plain(sealed: int):
    if sealed == 0:
        return 0
    return _data_plain(sealed - H)


def _data_plain(x: int):
    plain = x - H * -(-x // (F + H))
    return plain if 0 <= plain <= M and plain + H * frame_count(plain) == x else None


def part_plain(part: int, sealed: int):
    for end in (0, H, 2 * H):
        plain = _data_plain(sealed - end)
        if plain is not None and part_length(part, plain) == sealed:
            return plain
    return None


# ---- keys and metadata (sections 2 and 5)


def hkdf(ikm: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt or None, info).derive(ikm)


def unb64(text: str, name: str) -> bytes:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Malformed(name) from None
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise Malformed(name)
    return raw


def _escape(text: str) -> str:
    plain = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/@"
    return "".join(chr(b) if b in plain else "%%%02X" % b for b in text.encode())


def _word(text: str) -> str:
    return "-" if not text else "%2D" if text == "-" else _escape(text)


def _unescape(word: str) -> str:
    if word == "-":
        return ""
    if not re.fullmatch(r"(?:[A-Za-z0-9._~:/@-]|%[0-9A-F]{2})*", word):
        raise Malformed("sealward-kek")
    try:
        return re.sub(rb"%(..)", lambda m: bytes([int(m[1], 16)]), word.encode()).decode()
    except UnicodeDecodeError:
        raise Malformed("sealward-kek") from None


def parse_kek(text: str) -> list:
    words = text.split(" ")
    if len(words) != 4:
        raise Malformed("sealward-kek")
    kek = [_unescape(w) for w in words]
    if [_word(w) for w in kek] != words:
        raise Malformed("sealward-kek")
    return kek


def binding(purpose: str, place: dict, upload_id: str, layout: str, scope: str, kek: list) -> bytes:
    fields = [purpose, place["organization"], place["project"], place["bucket"], place["key"], upload_id, layout, scope]
    return b"\x01\x01" + b"".join(struct.pack(">I", len(b)) + b for b in (f.encode() for f in fields + kek))


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def commitment(dek: bytes, bound: bytes) -> bytes:
    return hkdf(dek, b"", b"sealward v1 commit" + sha256(bound))


def open_dek(secret: bytes, sealed: bytes, commit: bytes, bound: bytes) -> bytes:
    try:
        dek = AESGCM(hkdf(secret, sealed[:16], b"sealward v1 dek" + sha256(bound))).decrypt(bytes(12), sealed[16:], None)
    except InvalidTag:
        raise WrongKey("the sealed DEK does not open") from None
    if not hmac.compare_digest(commitment(dek, bound), commit):
        raise WrongKey("another DEK was committed to")
    return dek


def lower(name: str) -> str:
    """Of ASCII letters alone."""
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in name)


def open_object_key(entries: list, secret: bytes, place: dict):
    """Sections 5 and 5.1: the DEK and the layout, or None for an object that is not sealed. Entries are pairs."""
    metadata = [(lower(name), value) for name, value in entries]
    if not any(name.startswith("sealward-") for name, _ in metadata):
        return None

    def field(name):
        values = [value for n, value in metadata if n == name]
        if len(values) != 1:
            raise Malformed(name + " is there %d times" % len(values))
        return values[0]

    words = field("sealward-format").split(" ")
    if re.fullmatch(r"v[1-9][0-9]*", words[0]) and words[0] != "v1":
        raise UnknownVersion(words[0])
    if len(words) != 3 or words[0] != "v1" or words[1] not in LAYOUTS or words[2] not in ("object", "bucket"):
        raise Malformed("sealward-format")
    kek = parse_kek(field("sealward-kek"))
    wrapped = unb64(field("sealward-wrapped"), "sealward-wrapped")
    sealed = unb64(field("sealward-dek"), "sealward-dek")
    commit = unb64(field("sealward-commit"), "sealward-commit")
    if not 1 <= len(wrapped) <= 1024 or len(sealed) != 64 or len(commit) != 32:
        raise Malformed("a metadata field has a wrong length")
    return open_dek(secret, sealed, commit, binding("object", place, "", words[1], words[2], kek)), words[1]


def open_upload_id(upload_id: str, secret: bytes, place: dict):
    """Section 5.2: the store's upload id and the DEK, or None if the id is not of this format."""
    if not upload_id.startswith("sealward1."):
        return None
    try:
        raw = unb64(upload_id[len("sealward1."):], "upload id")
        fields, at = [], 0
        for fixed in (None, None, 64, 32, None, None, None):
            if fixed is None:
                (fixed,) = struct.unpack_from(">h", raw, at)
                if fixed < 0:
                    return None
                at += 2
            fields.append(raw[at:at + fixed])
            at += fixed
        if at != len(raw):
            return None
        layout, scope, sealed, commit, wrapped, store_id, kek = fields
        if layout not in (b"parts", b"aligned") or scope not in (b"object", b"bucket") or not 1 <= len(wrapped) <= 1024:
            return None
        bound = binding("upload", place, store_id.decode(), layout.decode(), scope.decode(), parse_kek(kek.decode()))
    except (Malformed, struct.error, UnicodeDecodeError):
        return None
    return store_id.decode(), open_dek(secret, sealed, commit, bound)


def read_receipt(dek: bytes, part: int, length: int, text: str):
    """Section 5.3: the attempt salt, or None."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{32}", text):
        return None
    raw = base64.urlsafe_b64decode(text)
    tag = hkdf(dek, raw[:12], b"sealward v1 receipt" + struct.pack(">IQ", part, length))[:12]
    return raw[:12] if hmac.compare_digest(tag, raw[12:]) else None


def _checksum_key(dek: bytes, salt: bytes, bound: bytes) -> bytes:
    return hkdf(dek, salt, b"sealward v1 checksum" + bound)


def read_checksum(dek: bytes, field: str):
    """Section 5.3: the checksum of an object, or None."""
    try:
        raw = unb64(field, "sealward-checksum")
        text = AESGCM(_checksum_key(dek, raw[:16], b"")).decrypt(bytes(12), raw[16:], None) if len(raw) >= 32 else None
    except (Malformed, InvalidTag):
        return None
    return text.decode("ascii") if text is not None and len(text) <= 100 else None


def read_part_checksum(dek: bytes, receipt: str, told: str):
    """Section 5.3: the checksum of the part that a receipt is of, or None."""
    try:
        raw = unb64(told, "part checksum")
    except Malformed:
        return None
    tag = _checksum_key(dek, b"", receipt.encode() + raw[12:])[:12]
    return raw[12:].decode("ascii") if len(raw) >= 12 and hmac.compare_digest(tag, raw[:12]) else None


# ---- frames (section 3)


class Header(NamedTuple):
    raw: bytes
    flags: int
    part: int
    index: int
    length: int
    salt: bytes

    @property
    def plain(self) -> int:
        return min(F, self.length - self.index * F) if self.flags == DATA else 0


def parse_header(raw: bytes) -> Header:
    version, suite, flags, reserved, part, index, length, salt = struct.unpack(">BBBBIIQ12s", raw)
    if (version, suite) != (1, 1):
        raise UnknownVersion("frame version %d, suite %d" % (version, suite))
    if flags not in (DATA, END, SEAL, SEAL_UNEQUAL, SEAL_LOOSE, SEAL_LOOSE_UNEQUAL) or reserved:
        raise Malformed("flags or reserved byte")
    sealing = bool(flags & SEAL_BIT)
    if not (2 if sealing else 1) <= part <= MAX_PARTS or length > M:
        raise Malformed("part number or length")
    n = frame_count(length)
    if not (index < n if flags == DATA else index == 0 if sealing else index == n or (index == n + 1 and ends_twice(part, length))):
        raise Malformed("frame index")
    return Header(raw, flags, part, index, length, salt)


class Order:
    """Section 4.3, for a whole object."""

    def __init__(self, layout: str, dek: bytes):
        self.layout = layout
        self.dek = dek
        self.attempts = b""
        self.parts = []  # lengths
        self.salt = b""
        self.index = 0  # of the next frame in the part
        self.terminators = 0
        self.ended = layout == "empty"

    def accept(self, h: Header) -> None:
        sealing = bool(h.flags & SEAL_BIT)
        if not sealing and not (self.parts and h.part == len(self.parts)) and sum(self.parts) + h.length > M:
            raise Malformed("the object is too long")
        if self.ended:
            raise Tampered("a frame after the end")
        if sealing:
            self._seal(h)
        elif self.parts and h.part == len(self.parts):
            if (h.length, h.salt, h.index) != (self.parts[-1], self.salt, self.index):
                raise Tampered("another attempt, or a frame out of turn")
            self._advance(h)
        else:
            self._begin(h)

    def _complete(self) -> bool:
        return not self.terminators and (not self.parts or self.index >= frame_count(self.parts[-1]))

    def _begin(self, h: Header) -> None:
        if not self._complete() or h.part != len(self.parts) + 1 or h.index != 0:
            raise Tampered("a part out of turn")
        if self.parts and self.layout == "single":
            raise Tampered("a second part")
        if self.layout == "aligned" and h.length == D:
            raise Tampered("no aligned part has D bytes")
        if self.parts and self.layout == "aligned":
            first = self.parts[0]
            if first % F or any(p != first for p in self.parts) or h.length > first:
                raise Tampered("parts are not aligned")
        self.parts.append(h.length)
        self.attempts += struct.pack(">Q", h.length) + h.salt
        self.salt, self.index = h.salt, 0
        self._advance(h)

    def _advance(self, h: Header) -> None:
        self.index += 1
        if h.flags == END:
            self.terminators += 1
            self.ended = self.terminators == (2 if ends_twice(h.part, h.length) and self.layout != "single" else 1)

    def _seal(self, h: Header) -> None:
        unequal = any(p != self.parts[0] for p in self.parts[:-1])
        if (
            not self.parts
            or self.layout == "single"
            or (self.layout == "aligned" and h.flags & LOOSE_BIT)
            or not self._complete()
            or h.part != len(self.parts) + 1
            or h.length != sum(self.parts)
            or bool(h.flags & UNEQUAL_BIT) != unequal
            or self.parts[-1] == D
            or (not h.flags & LOOSE_BIT and h.salt != seal_salt(self.dek, self.parts, self.attempts))
        ):
            raise Tampered("the seal part does not fit")
        self.ended = True


def seal_lengths(dek: bytes, lengths: list) -> bytes:
    return hkdf(dek, b"", b"sealward v1 lengths" + sha256(struct.pack(">%dQ" % len(lengths), *lengths)))[:6]


def seal_salt(dek: bytes, lengths: list, attempts: bytes) -> bytes:
    return seal_lengths(dek, lengths) + hkdf(dek, b"", b"sealward v1 seal" + sha256(attempts))[:6]


def attempt_cipher(dek: bytes, h: Header) -> AESGCM:
    return AESGCM(hkdf(dek, h.salt, b"sealward v1 part" + struct.pack(">I", h.part)))


def decrypt(cipher: AESGCM, h: Header, body: bytes) -> bytes:
    if len(body) < h.plain + 16:
        raise Truncated("inside a frame")
    try:
        return cipher.decrypt(bytes(8) + struct.pack(">I", h.index), body[:h.plain + 16], h.raw)
    except InvalidTag:
        raise Tampered("frame %d of part %d is not authentic" % (h.index, h.part)) from None


def open_frames(dek: bytes, layout: str, source: BinaryIO):
    """Yields verified plaintext, frame by frame."""
    order = Order(layout, dek)
    key_of, cipher = None, None
    while raw := source.read(32):
        if len(raw) < 32:
            raise Truncated("inside a header")
        h = parse_header(raw)
        order.accept(h)
        body = source.read(h.plain + 16)
        if key_of != (h.part, h.salt):
            key_of = (h.part, h.salt)
            cipher = attempt_cipher(dek, h)
        yield decrypt(cipher, h, body)
    if not order.ended:
        raise Truncated("no terminator")


# ---- ranges (section 6); get(offset, length) reads from the store


def prove_parts(dek: bytes, layout: str, size: int, get) -> list:
    """Section 6.3: the lengths of all parts."""
    if size < H:
        raise Truncated("no object is so short")

    def open_at(offset, stands):
        raw = get(offset, min(F + H, size - offset))
        if len(raw) < 32:
            raise Truncated("inside a header")
        h = parse_header(raw[:32])
        if not stands(h):
            raise Tampered("another frame at %d" % offset)
        decrypt(attempt_cipher(dek, h), h, raw[32:])
        return h

    def data_length(lengths):
        return sum(n + H * frame_count(n) for n in lengths)

    first = open_at(0, lambda h: not h.flags & SEAL_BIT and (h.part, h.index) == (1, 0))
    end = open_at(size - H, lambda h: h.flags & SEAL_BIT or (
        h.flags == END and h.index == frame_count(h.length) + ends_twice(h.part, h.length)))
    sealed, unequal, loose = (bool(end.flags & bit) for bit in (SEAL_BIT, UNEQUAL_BIT, LOOSE_BIT))
    ends = H if sealed or not ends_twice(end.part, end.length) else 2 * H

    def require_sealed(lengths):
        if sealed and not loose and end.salt[:6] != seal_lengths(dek, lengths):
            raise Tampered("the seal part is of other lengths")
        return lengths

    count = end.part - sealed
    last = end.length - (count - 1) * first.length if sealed else end.length
    equal = [first.length] * (count - 1) + [last]
    if (
        not unequal
        and last >= 0 and not (sealed and last in (0, D))
        and (first.length > 0 if count > 1 else last == first.length)
        and sum(equal) <= M and data_length(equal) + ends == size
    ):
        if layout == "aligned":
            if loose or last == D or (count > 1 and (first.length % F or last > first.length)):
                raise Tampered("not aligned")
        elif loose or not sealed:
            for part in range(2, count + sealed):
                open_at((part - 1) * data_length([first.length]), lambda h: (
                    (h.flags, h.part, h.index, h.length) == (DATA, part, 0, equal[part - 1])))
        return require_sealed(equal)
    if layout == "aligned" or (sealed and not unequal):
        raise Tampered("not the equal parts that it is said to have")
    return require_sealed(walk(first, end, size, open_at))


def walk(first: Header, end: Header, size: int, open_at) -> list:
    lengths, offset, h = [], 0, first
    while True:
        if h.flags != DATA:
            raise Tampered("an END where a part begins")
        lengths.append(h.length)
        offset += h.length + H * frame_count(h.length)
        if offset > size - H or sum(lengths) > M:
            raise Truncated("the object ends within a part")
        if offset >= size - 2 * H:
            break
        h = open_at(offset, lambda h: (h.flags, h.part, h.index) == (DATA, len(lengths) + 1, 0))
    rest = size - offset
    if end.flags & SEAL_BIT:
        fits = (rest, end.part, end.length) == (H, len(lengths) + 1, sum(lengths)) and lengths[-1] != D
        fits = fits and any(n != lengths[0] for n in lengths[:-1])
    elif end.length == 0:
        fits = (rest, end.part) == (H, len(lengths) + 1)
        lengths.append(0)
    else:
        fits = (end.part, end.length) == (len(lengths), lengths[-1])
        fits = fits and rest == (2 * H if ends_twice(end.part, end.length) else H)
    if not fits:
        raise Tampered("the terminator is of other parts")
    return lengths


def all_parts(dek: bytes, layout: str, size: int, get) -> list:
    """Sections 6.2 and 6.3: the lengths of all parts."""
    if layout == "empty":
        if size:
            raise Tampered("an object without frames has bytes")
        return []
    if layout == "single":
        total = object_plain(size)
        if total is None or size == 0:
            raise Truncated("no object has this length")
        return [total]
    return prove_parts(dek, layout, size, get)


def read_range(dek: bytes, layout: str, size: int, get, first: int, last: int) -> bytes:
    """Sections 6.1 to 6.3: plaintext bytes first to last, both included, as far as the object has them."""
    out, salts, start, offset = b"", {}, 0, 0
    for part, length in enumerate(all_parts(dek, layout, size, get), 1):
        for index in range(frame_count(length)):
            plain = min(F, length - index * F)
            if start + plain > first and start <= last:
                raw = get(offset, plain + H)
                if len(raw) < 32:
                    raise Truncated("inside a header")
                h = parse_header(raw[:32])
                if (h.flags, h.part, h.index, h.length) != (DATA, part, index, length) or salts.setdefault(part, h.salt) != h.salt:
                    raise Tampered("another frame in its place")
                opened = decrypt(attempt_cipher(dek, h), h, raw[32:])
                out += opened[max(0, first - start):last - start + 1]
            start += plain
            offset += plain + H
    return out


# ---- what wraps W (section 5.4)


def encode_context(context: dict) -> bytes:
    return b"".join(struct.pack(">I", len(b)) + b for name in sorted(context) for b in (name.encode(), context[name].encode()))


def wrap_context(place: dict, scope: str) -> dict:
    context = {"sealward:org_id": place["organization"], "sealward:project_id": place["project"], "sealward:bucket": place["bucket"]}
    if scope == "object":
        context["sealward:object"] = sha256(place["key"].encode()).hex()
    return context


def open_local_wrap(kek: bytes, wrapped: bytes, context: dict) -> bytes:
    if len(wrapped) < 34 or wrapped[0] != 1:
        raise WrongKey("no local wrap")
    try:
        return AESGCM(kek).decrypt(wrapped[5:17], wrapped[17:], wrapped[:5] + encode_context(context))
    except InvalidTag:
        raise WrongKey("the wrapped secret belongs elsewhere") from None


def release_azure(plain: bytes, context: dict) -> bytes:
    if len(plain) != 64 or not hmac.compare_digest(plain[32:], sha256(encode_context(context))):
        raise WrongKey("the wrapped secret belongs elsewhere")
    return plain[:32]


def main() -> int:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("metadata", "secret-hex", "organization", "project", "bucket", "key"):
        args.add_argument("--" + name, required=True)
    args.add_argument("sealed")
    args.add_argument("plain")
    a = args.parse_args()
    place = {"organization": a.organization, "project": a.project, "bucket": a.bucket, "key": a.key}
    with open(a.metadata, encoding="utf-8") as f:
        metadata = [(lower(name).removeprefix("x-amz-meta-"), value) for name, value in json.load(f).items()]
    partial = a.plain + ".partial"
    try:
        opened = open_object_key(metadata, bytes.fromhex(a.secret_hex), place)
        if opened is None:
            print("not a sealed object", file=sys.stderr)
            return 1
        with open(a.sealed, "rb") as source, open(partial, "wb") as out:
            for plain in open_frames(*opened, source):
                out.write(plain)
        os.replace(partial, a.plain)
        return 0
    except SealError as e:
        print("%s: %s" % (type(e).__name__, e), file=sys.stderr)
        if os.path.exists(partial):
            os.remove(partial)
        return 1


if __name__ == "__main__":
    sys.exit(main())
