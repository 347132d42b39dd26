package io.sealward.crypto.vectors;

import io.sealward.crypto.frame.SealParts;
import io.sealward.crypto.frame.Sealed;
import io.sealward.crypto.frame.SealedLength;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.crypto.seal.WrapScope;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One object, all of it determined by its name and the lengths of its parts. */
record SealedVector(String name, Layout layout, End end, List<Integer> parts, KekReference kek, WrapScope scope) {
    enum End {
        IN_PART,
        /** The last part's terminator is that of another attempt at the part. */
        IN_ANOTHER_ATTEMPT,
        SEAL,
        SEAL_UNEQUAL,
        SEAL_OF_ANOTHER_NUMBER,
        SEAL_OF_ANOTHER_TOTAL
    }

    private static final ObjectBinding PLACE = new ObjectBinding("org-vec", "proj_vec", "bücket", "a/b c/ключ.bin");
    private static final KekReference KEK =
            new KekReference("extkey_0123456789abcdef", "gcp", "projects/p/locations/eu/keyRings/r/cryptoKeys/k", "7");

    private static final byte[] WRAPPED = {'w', 'r', 'a', 'p', 'p', 'e', 'd'};

    SealedVector(String name, Layout layout, End end, List<Integer> parts) {
        this(name, layout, end, parts, KEK, WrapScope.OBJECT);
    }

    /** One short object under another KEK. */
    SealedVector(String name, KekReference kek, WrapScope scope) {
        this(name, Layout.SINGLE, End.IN_PART, List.of(17), kek, scope);
    }

    static Map<String, String> place() {
        return new LinkedHashMap<>(Map.of(
                "organization", PLACE.organizationId(),
                "project", PLACE.projectId(),
                "bucket", PLACE.bucket(),
                "key", PLACE.key()));
    }

    private int length() {
        return parts.stream().mapToInt(Integer::intValue).sum();
    }

    private FixedRandom random() {
        return new FixedRandom(name);
    }

    Map<String, Object> json() {
        FixedRandom random = random();
        WrappingSecret secret = WrappingSecret.generate(random);
        Dek dek = Dek.generate(random);
        ObjectSeal seal = ObjectSeal.of(dek, secret, PLACE, layout, scope, kek, WRAPPED, random);
        UploadSeal upload = UploadSeal.of("store/upload+id==", dek, secret, PLACE, layout, scope, kek, WRAPPED, random);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("secret", HexFormat.of().formatHex(secret.bytes()));
        json.put("metadata", seal.toMetadata());
        json.put("uploadId", upload.toUploadId());
        json.put("storeUploadId", upload.storeUploadId());
        json.put("plaintextLength", length());
        json.put("sealed", Base64.getEncoder().encodeToString(sealed(dek, random)));
        return json;
    }

    private byte[] sealed(Dek dek, FixedRandom random) {
        byte[] plain = Sealed.plaintext(length());
        if (layout == Layout.SINGLE) {
            byte[] sealed = Sealed.single(dek, plain, random);
            return end == End.IN_PART ? sealed : withEndOf(Sealed.single(dek, plain, random), sealed);
        }
        byte[] out = {};
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = Arrays.copyOfRange(plain, at, at + parts.get(i));
            boolean ends = end == End.IN_PART && i == parts.size() - 1;
            out = Sealed.join(
                    out, ends ? Sealed.part(dek, i + 1, part, random) : Sealed.openPart(dek, i + 1, part, random));
            at += parts.get(i);
        }
        return switch (end) {
            case IN_PART, IN_ANOTHER_ATTEMPT -> out;
            case SEAL -> Sealed.join(out, SealParts.equal(dek, parts.size() + 1, at, random));
            case SEAL_UNEQUAL -> Sealed.join(out, SealParts.unequal(dek, parts.size() + 1, at, random));
            case SEAL_OF_ANOTHER_NUMBER -> Sealed.join(out, SealParts.equal(dek, parts.size() + 2, at, random));
            case SEAL_OF_ANOTHER_TOTAL -> Sealed.join(out, SealParts.equal(dek, parts.size() + 1, at + 1L, random));
        };
    }

    private static byte[] withEndOf(byte[] attempt, byte[] sealed) {
        int frames = sealed.length - SealedLength.FRAME_OVERHEAD;
        return Sealed.join(Arrays.copyOf(sealed, frames), Arrays.copyOfRange(attempt, frames, attempt.length));
    }
}
