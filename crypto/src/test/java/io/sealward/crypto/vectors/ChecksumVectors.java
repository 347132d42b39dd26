package io.sealward.crypto.vectors;

import io.sealward.crypto.frame.PartChecksum;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.SealedChecksum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checksums as objects and parts carry them, and what is none: each with what a reader finds. */
final class ChecksumVectors {
    private static final SealedVector OBJECT =
            new SealedVector("parts-equal", Layout.PARTS, SealedVector.End.IN_PART, List.of(100, 100, 7));
    private static final Dek DEK = OBJECT.dek();
    private static final String CRC32 = "crc32 NhCmhg==";

    private final FixedRandom random = new FixedRandom("checksums");
    private final List<Map<String, Object>> all = new ArrayList<>();

    private ChecksumVectors() {}

    static List<Map<String, Object>> all() {
        ChecksumVectors vectors = new ChecksumVectors();
        vectors.ofObjects();
        vectors.ofParts();
        return vectors.all;
    }

    private void ofObjects() {
        for (String checksum : List.of(
                CRC32,
                "crc32c yZRlqg==",
                "crc64nvme rosUhgpxFxE=",
                "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
                "sha256 uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=",
                "x".repeat(100))) {
            object(checksum.split(" ")[0], SealedChecksum.seal(DEK, checksum, random), checksum);
        }
        String field = SealedChecksum.seal(DEK, CRC32, random);
        byte[] raw = Base64.getUrlDecoder().decode(field);
        for (int at : new int[] {0, 15, 16, raw.length - 1}) {
            object("flip-" + at, flipped(raw, at), null);
        }
        for (int length : new int[] {0, 16, 31, raw.length - 1}) {
            object("cut-to-" + length, encode(Arrays.copyOf(raw, length)), null);
        }
        object("of-another-dek", SealedChecksum.seal(another(), CRC32, random), null);
        misspelt(field).forEach((name, text) -> object(name, text, null));
    }

    private void ofParts() {
        String receipt = receipts().get(0);
        String told = PartChecksum.of(DEK, receipt, CRC32);
        byte[] raw = Base64.getUrlDecoder().decode(told);
        part("as-it-was-told", receipt, told, CRC32);
        part("behind-another-receipt", receipts().get(1), told, null);
        part("of-another-dek", receipt, PartChecksum.of(another(), receipt, CRC32), null);
        for (int at : new int[] {0, 11, 12, raw.length - 1}) {
            part("flip-" + at, receipt, flipped(raw, at), null);
        }
        part("cut-to-11", receipt, encode(Arrays.copyOf(raw, 11)), null);
        misspelt(told).forEach((name, text) -> part(name, receipt, text, null));
    }

    @SuppressWarnings("unchecked")
    private static List<String> receipts() {
        return (List<String>) OBJECT.json().get("receipts");
    }

    private static Dek another() {
        return new SealedVector("single-frame", Layout.SINGLE, SealedVector.End.IN_PART, List.of(17)).dek();
    }

    /** Other spellings of the same bytes, of which {@code text} has no whole number of groups. */
    private static Map<String, String> misspelt(String text) {
        Map<String, String> misspelt = new LinkedHashMap<>();
        misspelt.put("nothing", "");
        misspelt.put("padded", text + "=".repeat(4 - text.length() % 4));
        misspelt.put("a-space-behind", text + " ");
        char last = text.charAt(text.length() - 1);
        String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        misspelt.put(
                "bits-that-say-nothing",
                text.substring(0, text.length() - 1) + digits.charAt(digits.indexOf(last) + 1));
        return misspelt;
    }

    private static String flipped(byte[] raw, int at) {
        byte[] changed = raw.clone();
        changed[at] ^= 1;
        return encode(changed);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void object(String name, String field, String checksum) {
        add("object-" + name, Optional.empty(), field, checksum);
    }

    private void part(String name, String receipt, String told, String checksum) {
        add("part-" + name, Optional.of(receipt), told, checksum);
    }

    private void add(String name, Optional<String> receipt, String text, String checksum) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("object", OBJECT.name());
        receipt.ifPresent(of -> json.put("receipt", of));
        json.put("text", text);
        json.put("checksum", checksum);
        all.add(json);
    }
}
