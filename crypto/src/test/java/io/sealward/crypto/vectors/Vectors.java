package io.sealward.crypto.vectors;

import static io.sealward.crypto.format.Format.V1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.WrapScope;
import io.sealward.crypto.vectors.SealedVector.End;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** The content of the vector files. */
final class Vectors {
    private static final int FRAME = V1.geometry().frameSealed();
    private static final int D = Math.toIntExact(V1.geometry().twiceTerminatedLength());
    private static final KekReference AWS = new KekReference(
            "extkey_0", "aws", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "");
    private static final KekReference AZURE = new KekReference(
            "extkey_0", "azure", "https://v.vault.azure.net/keys/org-vec--k", "0123456789abcdef0123456789abcdef");

    private static final String PREFIX = "sealward1.";
    private static final List<Integer> ALIGNED = List.of(65_536, 65_536, 65_536, 65_536, 65_536);

    private Vectors() {}

    static List<SealedVector> objects() {
        List<SealedVector> all = new ArrayList<>();
        for (int length : new int[] {0, 1, 17, 65_535, 65_536, 65_537, 131_072, 131_073}) {
            all.add(new SealedVector("single-" + length, Layout.SINGLE, End.IN_PART, List.of(length)));
        }
        all.add(new SealedVector("empty", Layout.EMPTY, End.IN_PART, List.of()));
        all.add(new SealedVector("other", Layout.SINGLE, End.IN_PART, List.of(17)));
        all.add(new SealedVector("parts-one-empty", Layout.PARTS, End.IN_PART, List.of(0)));
        all.add(new SealedVector("parts-one", Layout.PARTS, End.IN_PART, List.of(5)));
        all.add(new SealedVector("parts-one-seal", Layout.PARTS, End.SEAL, List.of(5)));
        all.add(new SealedVector("parts-equal", Layout.PARTS, End.IN_PART, List.of(100, 100, 7)));
        all.add(new SealedVector("parts-equal-seal", Layout.PARTS, End.SEAL, List.of(100, 100, 7)));
        all.add(new SealedVector("parts-equal-loose", Layout.PARTS, End.SEAL_LOOSE, List.of(100, 100, 7)));
        all.add(new SealedVector("parts-ragged-loose", Layout.PARTS, End.SEAL_LOOSE_UNEQUAL, List.of(3, 50, 9)));
        all.add(new SealedVector("parts-10-8-10-3", Layout.PARTS, End.IN_PART, List.of(10, 8, 10, 3)));
        all.add(new SealedVector("parts-five", Layout.PARTS, End.SEAL, List.of(20, 20, 20, 20, 20)));
        all.add(new SealedVector("parts-last-empty", Layout.PARTS, End.IN_PART, List.of(100, 0)));
        all.add(new SealedVector("parts-ragged", Layout.PARTS, End.IN_PART, List.of(65_540, 33, 1_000, 2)));
        all.add(new SealedVector("parts-ragged-seal", Layout.PARTS, End.SEAL_UNEQUAL, List.of(3, 50, 9)));
        all.add(new SealedVector("parts-ragged-last-empty", Layout.PARTS, End.IN_PART, List.of(3, 50, 0)));
        all.add(new SealedVector("aligned", Layout.ALIGNED_PARTS, End.IN_PART, List.of(65_536, 65_536, 10)));
        all.add(new SealedVector("aligned-five", Layout.ALIGNED_PARTS, End.IN_PART, ALIGNED));
        all.add(new SealedVector("aligned-seal", Layout.ALIGNED_PARTS, End.SEAL, List.of(65_536, 9)));
        all.add(new SealedVector("kek-aws", AWS, WrapScope.BUCKET));
        all.add(new SealedVector("kek-azure", AZURE, WrapScope.OBJECT));
        all.add(new SealedVector("kek-local", new KekReference("-", "local", "-", "1"), WrapScope.OBJECT));
        all.add(new SealedVector("kek-escaped", new KekReference("ключ %", "local", "a+b", "a+b"), WrapScope.OBJECT));
        return all;
    }

    /** Objects that no writer makes, all frames of which are authentic: each is {@code Tampered}. */
    static List<SealedVector> forgeries() {
        return List.of(
                new SealedVector("end-of-another-attempt", Layout.SINGLE, End.IN_ANOTHER_ATTEMPT, List.of(17)),
                new SealedVector("aligned-not-whole", Layout.ALIGNED_PARTS, End.IN_PART, List.of(100, 7)),
                new SealedVector("aligned-last-too-long", Layout.ALIGNED_PARTS, End.IN_PART, List.of(65_536, 65_537)),
                new SealedVector("seal-says-equal", Layout.PARTS, End.SEAL, List.of(3, 50, 9)),
                new SealedVector("seal-says-unequal", Layout.PARTS, End.SEAL_UNEQUAL, List.of(100, 100, 7)),
                new SealedVector("seal-of-other-attempts", Layout.PARTS, End.SEAL_OF_OTHER_ATTEMPTS, List.of(100, 7)),
                new SealedVector("seal-of-other-lengths", Layout.PARTS, End.SEAL_OF_OTHER_LENGTHS, List.of(100, 7)),
                new SealedVector(
                        "seal-of-other-unequal-lengths",
                        Layout.PARTS,
                        End.SEAL_UNEQUAL_OF_OTHER_LENGTHS,
                        List.of(3, 50, 9)),
                new SealedVector(
                        "seal-of-other-aligned-lengths",
                        Layout.ALIGNED_PARTS,
                        End.SEAL_OF_OTHER_LENGTHS,
                        List.of(131_072, 131_072)),
                new SealedVector("aligned-loose", Layout.ALIGNED_PARTS, End.SEAL_LOOSE, List.of(65_536, 9)),
                new SealedVector("pieces-of-d", Layout.PARTS, End.PIECES, List.of(D)),
                new SealedVector("seal-of-another-number", Layout.PARTS, End.SEAL_OF_ANOTHER_NUMBER, List.of(100, 7)),
                new SealedVector("seal-of-another-total", Layout.PARTS, End.SEAL_OF_ANOTHER_TOTAL, List.of(100, 7)));
    }

    static List<Map<String, Object>> lengths() {
        return LongStream.of(
                        0, 1, 65_535, 65_536, 65_537, 131_072, 5_242_831, 5_242_832, 5_242_833, 5_242_879, 5_242_880,
                        5_242_881, 5L << 30, 5L << 40, 1L << 46)
                .mapToObj(plain -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("plaintext", plain);
                    json.put("object", V1.geometry().ofObject(plain));
                    json.put("part1", V1.geometry().ofPart(1, plain));
                    json.put("part10000", V1.geometry().ofPart(10_000, plain));
                    return json;
                })
                .toList();
    }

    static List<Map<String, Object>> impossibleLengths() {
        return LongStream.of(-1, 1, 47, 49, 95, 96, 65_633, 65_680, (1L << 46) + (1L << 40))
                .mapToObj(length -> Map.<String, Object>of("object", length))
                .toList();
    }

    static List<Map<String, Object>> damage() {
        List<Map<String, Object>> all = new ArrayList<>();
        String big = "single-131073";
        flips(all);
        all.add(cut("cut-to-nothing", "single-17", 0, 0));
        all.add(cut("cut-in-header", "single-17", 0, 31));
        all.add(cut("cut-in-ciphertext", "single-17", 0, 40));
        all.add(cut("cut-in-tag", "single-17", 0, 64));
        all.add(cut("cut-before-terminator", "single-17", 0, 65));
        all.add(cut("cut-in-terminator", "single-17", 0, 112));
        all.add(cut("cut-at-frame", big, 0, FRAME));
        all.add(cut("cut-first-frame", big, FRAME, 2 * FRAME + 97));
        all.add(slices("swapped-frames", "Tampered", big, FRAME, 2 * FRAME, 0, FRAME, 2 * FRAME, 2 * FRAME + 97));
        all.add(slices("dropped-frame", "Tampered", big, 0, FRAME, 2 * FRAME, 2 * FRAME + 97));
        all.add(slices("repeated-frame", "Tampered", big, 0, FRAME, 0, FRAME));
        all.add(slices("repeated-terminator", "Tampered", "single-17", 0, 113, 65, 113));
        all.add(slices("appended-byte", "Truncated", "single-17", 0, 113, 0, 1));
        all.add(slices("appended-frame", "Tampered", "single-17", 0, 113, 0, 65));
        // parts-equal: frames of 148, 148 and 55 bytes, terminator of 48
        all.add(slices("swapped-parts", "Tampered", "parts-equal", 148, 296, 0, 148, 296, 399));
        all.add(slices("dropped-part", "Tampered", "parts-equal", 0, 148, 296, 399));
        all.add(slices("dropped-last-part", "Tampered", "parts-equal", 0, 296, 351, 399));
        all.add(slices("dropped-sealed-part", "Tampered", "parts-equal-seal", 0, 148, 296, 399));
        all.add(slices("seal-too-early", "Tampered", "parts-equal-seal", 0, 296, 351, 399));
        all.add(slices("no-seal", "Truncated", "parts-equal-seal", 0, 351));
        all.add(slices("repeated-seal", "Tampered", "parts-equal-seal", 0, 399, 351, 399));
        all.add(foreign("frame-of-another-object", "single-17", "other", 0, 65, "single-17", 65, 113));
        all.add(foreign("bytes-of-an-empty-object", "empty", "single-0", 0, 48, "empty", 0, 0));
        all.add(foreign("another-object", "single-17", "other", 0, 113, "other", 0, 0));
        changes(all);
        return all;
    }

    private static void flips(List<Map<String, Object>> all) {
        String[] field = {
            "version", "suite", "flags", "reserved", "part", "index", "length", "salt", "ciphertext", "tag"
        };
        int[] at = {0, 1, 2, 3, 7, 11, 19, 20, 32, 64};
        String[] error = {
            "UnknownVersion",
            "UnknownVersion",
            "Malformed",
            "Malformed",
            "Malformed",
            "Malformed",
            "Tampered",
            "Tampered",
            "Tampered",
            "Tampered"
        };
        for (int i = 0; i < field.length; i++) {
            Map<String, Object> flip = cut("flip-" + field[i], "single-17", 0, 113);
            flip.put("flip", List.of(at[i], 1));
            flip.put("error", error[i]);
            all.add(flip);
        }
        Map<String, Object> end = cut("flip-terminator-tag", "single-17", 0, 113);
        end.put("flip", List.of(112, 128));
        end.put("error", "Tampered");
        all.add(end);
    }

    private static void changes(List<Map<String, Object>> all) {
        all.add(change("wrong-secret", "WrongKey", "secret", "00".repeat(32)));
        for (String field : SealedVector.place().keySet().stream().sorted().toList()) {
            all.add(change("wrong-" + field, "WrongKey", "place", Map.of(field, "other")));
        }
        String[][] metadata = {
            {"layout-changed", "WrongKey", "sealward-format", "v1 parts object"},
            {"scope-changed", "WrongKey", "sealward-format", "v1 single bucket"},
            {"version-changed", "UnknownVersion", "sealward-format", "v2 single object"},
            {"version-changed-and-all-else", "UnknownVersion", "sealward-format", "v17"},
            {"version-of-two-digits", "Malformed", "sealward-format", "v01 single object"},
            {"version-zero", "Malformed", "sealward-format", "v0 single object"},
            {"version-and-a-letter", "Malformed", "sealward-format", "v2x single object"},
            {"version-in-upper-case", "Malformed", "sealward-format", "V1 single object"},
            {"name-twice", "Malformed", "sealward-DEK", "A".repeat(86)},
            {"layout-empty", "WrongKey", "sealward-format", "v1 empty object"},
            {"format-garbled", "Malformed", "sealward-format", "v1 single"},
            {"kek-changed", "WrongKey", "sealward-kek", "extkey_0 local k 1"},
            {"kek-garbled", "Malformed", "sealward-kek", "extkey_0 local k"},
            {"kek-spelled-otherwise", "Malformed", "sealward-kek", "extkey_0 local %6B 1"},
            {"kek-plus", "Malformed", "sealward-kek", "extkey_0 local k +1"},
            {"kek-lower-case-hex", "Malformed", "sealward-kek", "extkey_0 local k%2b 1"},
            {"kek-not-utf8", "Malformed", "sealward-kek", "extkey_0 local k%FF 1"},
            {"dek-garbled", "Malformed", "sealward-dek", "AAAA"},
            {"dek-replaced", "WrongKey", "sealward-dek", "A".repeat(86)},
            {"commitment-replaced", "WrongKey", "sealward-commit", "A".repeat(43)},
            {"commitment-not-canonical", "Malformed", "sealward-commit", "A".repeat(42) + "B"},
            {"commitment-missing", "Malformed", "sealward-commit", null},
            {"format-missing", "Malformed", "sealward-format", null},
        };
        for (String[] row : metadata) {
            all.add(change(row[0], row[1], "metadata", Collections.singletonMap(row[2], row[3])));
        }
        Map<String, Object> kelvin = new LinkedHashMap<>();
        kelvin.put("sealward-kek", null);
        kelvin.put(
                "sealward-\u212aek", "extkey_0123456789abcdef gcp projects/p/locations/eu/keyRings/r/cryptoKeys/k 7");
        all.add(change("name-in-another-letter", "Malformed", "metadata", kelvin));
        Map<String, Object> stranger = new TreeMap<>();
        for (String field : new String[] {"format", "kek", "wrapped", "dek", "commit"}) {
            stranger.put("sealward-" + field, null);
        }
        stranger.put("sealward-later", "x");
        all.add(change("foreign-name-alone", "Malformed", "metadata", stranger));
    }

    /** Reads of a stretch, of objects as they are and as a store might serve them. */
    static List<Map<String, Object>> ranges() {
        List<Map<String, Object>> all = new ArrayList<>();
        Map<String, Integer> lengths = new LinkedHashMap<>();
        objects().forEach(object -> lengths.put(object.name(), object.length()));
        lengths.forEach((name, length) -> {
            if (length > 0) {
                all.add(range("first-of-" + name, name, 0, 0));
                all.add(range("last-of-" + name, name, length - 1, length - 1));
                all.add(range("within-" + name, name, length / 3, length / 3 + length / 2));
            }
        });
        // five parts of 20 bytes: frames of 68, then a SEAL
        for (int from : new int[] {80, 99}) {
            Map<String, Object> shifted = range("shifted-parts-from-" + from, "parts-five", from, from);
            all.add(served(shifted, "Tampered", "parts-five", 0, 272, 136, 204, 340, 388));
        }
        Map<String, Object> suffix = range("shifted-aligned-suffix", "aligned-five", 4 * 65_536, 5 * 65_536 - 1);
        all.add(served(
                suffix, "Tampered", "aligned-five", 0, 4 * FRAME, 2 * FRAME, 3 * FRAME, 5 * FRAME, 5 * FRAME + 48));
        Map<String, Object> cut = range("three-parts-of-five-and-zeros", "parts-five", 0, 10);
        all.add(served(cut, "UnknownVersion", "parts-five", 0, 204, -48, 0));
        Map<String, Object> cutAligned = range("three-aligned-parts-and-zeros", "aligned-five", 0, 10);
        all.add(served(cutAligned, "UnknownVersion", "aligned-five", 0, 3 * FRAME, -48, 0));
        Map<String, Object> bare = range("three-parts-of-five-and-nothing", "parts-five", 0, 10);
        all.add(served(bare, "UnknownVersion", "parts-five", 0, 204));
        for (int[] flip : new int[][] {{204 + 7, 6 ^ 4}, {204 + 19, 100 ^ 60}}) {
            Map<String, Object> forged = range("forged-seal-header-" + flip[0], "parts-five", 0, 10);
            served(forged, "Tampered", "parts-five", 0, 204, 340, 388).put("flip", Arrays.asList(flip[0], flip[1]));
            all.add(forged);
        }
        // four parts of 10, 8, 10 and 3 bytes, served so that three look like 10: 58, 56, 58, 51 bytes, END
        for (int from : new int[] {5, 25, 32}) {
            Map<String, Object> equal = range("unequal-served-as-equal-" + from, "parts-10-8-10-3", from, from);
            all.add(served(equal, "Tampered", "parts-10-8-10-3", 0, 58, 0, 58, 114, 172, 172, 271));
        }
        all.add(served(
                range("single-cut-to-one-frame", "single-131073", 0, 10),
                "Tampered",
                "single-131073",
                0,
                FRAME,
                2 * FRAME + 49,
                2 * FRAME + 97));
        all.add(served(range("single-without-an-inverse", "single-17", 0, 1), "Truncated", "single-17", 0, 65, 65, 66));
        all.add(served(range("parts-too-short", "parts-equal", 0, 1), "Truncated", "parts-equal", 0, 47));
        Map<String, Object> data = range("data-in-place-of-the-end", "parts-five", 0, 10);
        all.add(served(data, "Tampered", "parts-five", 0, 204, 204, 252));
        // three parts of 3, 50 and 9 bytes: frames of 51, 98 and 57, then a SEAL
        Map<String, Object> room = range("ragged-with-bytes-before-the-end", "parts-ragged-seal", 0, 1);
        all.add(served(room, "Tampered", "parts-ragged-seal", 0, 206, -20, 0, 206, 254));
        Map<String, Object> within = range("ragged-cut-within-part-1", "parts-ragged", 0, 1);
        all.add(served(within, "Truncated", "parts-ragged", 0, FRAME, 66_815, 66_863));
        emptyRanges(all);
        forgedRanges(all);
        all.add(served(
                range("swapped-ragged-parts", "parts-ragged", 0, 1),
                "Tampered",
                "parts-ragged",
                0,
                65_636,
                65_717,
                66_765,
                65_636,
                65_717,
                66_765,
                66_863));
        return all;
    }

    /** Of what has no byte, and of nothing. */
    private static void emptyRanges(List<Map<String, Object>> all) {
        for (String name : new String[] {"empty", "single-0", "parts-one-empty"}) {
            all.add(range("nothing-of-" + name, name, 0, 0));
        }
        all.add(range("behind-single-17", "single-17", 17, 20));
        all.add(range("beyond-single-17", "single-17", 16, 20));
        Map<String, Object> filled = range("range-of-an-empty-object-with-bytes", "empty", 0, 0);
        filled.put("sealed", List.of(List.of("single-0", 0, 48)));
        filled.put("error", "Tampered");
        all.add(filled);
        all.add(served(range("range-of-a-single-without-bytes", "single-0", 0, 0), "Truncated", "single-0", 0, 0));
    }

    /** Of objects that no writer makes. */
    private static void forgedRanges(List<Map<String, Object>> all) {
        forgeries().stream()
                .filter(forgery -> forgery.name().startsWith("seal-of-other-")
                        && forgery.name().endsWith("lengths"))
                .forEach(forgery -> {
                    int last = forgery.length() - 1;
                    all.add(forged("first-under-" + forgery.name(), forgery.name(), 0));
                    all.add(forged("last-under-" + forgery.name(), forgery.name(), last));
                });
        all.add(forged("range-of-aligned-loose", "aligned-loose", 0));
        // a part of D bytes, of which only the first frame is there: its ENDs follow it, then a SEAL
        String pieces = "pieces-of-d";
        int first = FRAME;
        int between = Math.toIntExact(V1.geometry().ofPart(1, D) - 96 - FRAME);
        int end = FRAME + 48;
        int seal = FRAME + 96;
        Map<String, Object> whole = range("d-with-both-ends", pieces, 0, 9);
        served(whole, "", pieces, 0, first, -between, 0, first, seal).remove("error");
        all.add(whole);
        Map<String, Object> unread = range("d-with-zeros-for-the-first-end", pieces, 0, 9);
        served(unread, "", pieces, 0, first, -between - 48, 0, end, seal).remove("error");
        all.add(unread);
        int[][] refused = {
            {0, first, -between, 0, first, end},
            {0, first, -between, 0, end, seal},
            {0, first, -between, 0, end, seal, first, end},
            {0, first, -between, 0, seal, seal + 48},
            {0, first, -between - 48, 0, seal, seal + 48}
        };
        String[] names = {"the-first-end", "the-second-end", "ends-swapped", "a-seal", "zeros-and-a-seal"};
        for (int i = 0; i < names.length; i++) {
            all.add(served(range("d-with-" + names[i], pieces, 0, 9), "Tampered", pieces, refused[i]));
        }
    }

    private static Map<String, Object> forged(String name, String object, int at) {
        Map<String, Object> range = range(name, object, at, at);
        range.put("error", "Tampered");
        return range;
    }

    private static Map<String, Object> range(String name, String object, int from, int to) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("object", object);
        json.put("range", List.of(from, to));
        return json;
    }

    /** Slices of the object; one from -n to 0 is n zeros. */
    private static Map<String, Object> served(Map<String, Object> range, String error, String object, int... bounds) {
        range.putAll(slices(range.get("name").toString(), error, object, bounds));
        return range;
    }

    /** Upload ids, and what a reader must make of them. */
    static List<Map<String, Object>> uploads() {
        SealedVector vector = new SealedVector("parts-equal", Layout.PARTS, End.IN_PART, List.of(100, 100, 7));
        String id = vector.json().get("uploadId").toString();
        byte[] raw = Base64.getUrlDecoder().decode(id.substring(PREFIX.length()));
        List<Map<String, Object>> all = new ArrayList<>();
        all.add(upload("as-it-was-made", id, "opens"));
        all.add(upload("of-the-store", "store/upload+id==", "none"));
        all.add(upload("nothing", "", "none"));
        all.add(upload("prefix-alone", PREFIX, "none"));
        all.add(upload("another-version", "sealward2." + id.substring(PREFIX.length()), "none"));
        all.add(upload("upper-case-prefix", "SEALWARD1." + id.substring(PREFIX.length()), "none"));
        all.add(upload("padded", id + "=", "none"));
        all.add(upload("a-space-behind", id + " ", "none"));
        for (int length : new int[] {0, 1, 2, 6, 7, 14, 15, 78, 79, 110, 111, 118, 120, raw.length - 1}) {
            all.add(upload("cut-to-" + length, PREFIX + encode(Arrays.copyOf(raw, length)), "none"));
        }
        all.add(upload("a-byte-more", PREFIX + encode(Arrays.copyOf(raw, raw.length + 1)), "none"));
        // offsets: layout 0..6, scope 7..14, sealed DEK 15..78, commitment 79..110, wrapped W 111..119
        Map<String, Integer> flips = new LinkedHashMap<>();
        flips.put("layout-length", 1);
        flips.put("layout", 2);
        flips.put("scope", 9);
        flips.put("wrapped-length-sign", 111);
        all.addAll(flips.entrySet().stream()
                .map(flip -> upload("flip-" + flip.getKey(), flipped(raw, flip.getValue(), 0x80), "none"))
                .toList());
        all.add(upload("flip-salt", flipped(raw, 15, 1), "WrongKey"));
        all.add(upload("flip-sealed-dek", flipped(raw, 40, 1), "WrongKey"));
        all.add(upload("flip-commitment", flipped(raw, 79, 1), "WrongKey"));
        all.add(upload("flip-store-id", flipped(raw, 122, 1), "WrongKey"));
        all.add(upload("flip-key-version", flipped(raw, raw.length - 1, 1), "WrongKey"));
        all.add(upload("flip-kek-to-no-utf8", flipped(raw, raw.length - 1, 0x80), "none"));
        for (String layout : new String[] {"empty", "aligned"}) {
            byte[] word = layout.getBytes(US_ASCII);
            byte[] other = ByteBuffer.allocate(raw.length - 5 + word.length)
                    .putShort((short) word.length)
                    .put(word)
                    .put(raw, 7, raw.length - 7)
                    .array();
            all.add(upload("layout-" + layout, PREFIX + encode(other), layout.equals("empty") ? "none" : "WrongKey"));
        }
        return all;
    }

    private static String flipped(byte[] raw, int at, int mask) {
        byte[] changed = raw.clone();
        changed[at] ^= (byte) mask;
        return PREFIX + encode(changed);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, Object> upload(String name, String id, String result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("object", "parts-equal");
        json.put("uploadId", id);
        json.put("result", result);
        return json;
    }

    private static Map<String, Object> change(String name, String error, String what, Object value) {
        Map<String, Object> json = cut(name, "single-17", 0, 113);
        json.put(what, value);
        json.put("error", error);
        return json;
    }

    private static Map<String, Object> cut(String name, String object, int from, int to) {
        return slices(name, from == 0 ? "Truncated" : "Tampered", object, from, to);
    }

    private static Map<String, Object> slices(String name, String error, String object, int... bounds) {
        List<List<Object>> slices = new ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            slices.add(Arrays.asList(object, bounds[i], bounds[i + 1]));
        }
        return json(name, error, object, slices);
    }

    private static Map<String, Object> foreign(
            String name, String object, String first, int from, int to, String second, int from2, int to2) {
        return json(name, "Tampered", object, List.of(List.of(first, from, to), List.of(second, from2, to2)));
    }

    private static Map<String, Object> json(String name, String error, String object, List<List<Object>> slices) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("object", object);
        json.put("sealed", slices);
        json.put("error", error);
        return json;
    }
}
