package io.sealward.crypto.vectors;

import static io.sealward.crypto.format.Format.V1;

import io.sealward.crypto.frame.SealParts;
import io.sealward.crypto.frame.Sealed;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.WrappingSecret;
import io.sealward.crypto.seal.Layout;
import io.sealward.crypto.seal.ObjectSeal;
import io.sealward.crypto.seal.UploadSeal;
import io.sealward.crypto.seal.WrapScope;
import java.util.ArrayList;
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
        SEAL_LOOSE,
        SEAL_LOOSE_UNEQUAL,
        /** Over earlier attempts at the parts. */
        SEAL_OF_OTHER_ATTEMPTS,
        /** Over earlier attempts, of other lengths with the same sum. */
        SEAL_OF_OTHER_LENGTHS,
        SEAL_UNEQUAL_OF_OTHER_LENGTHS,
        /** The first frame of the only part, its ENDs, and a SEAL over it: pieces to serve objects from. */
        PIECES,
        SEAL_OF_ANOTHER_NUMBER,
        SEAL_OF_ANOTHER_TOTAL
    }

    private static final ObjectBinding PLACE = new ObjectBinding("org-vec", "proj_vec", "bücket", "a/b c/ключ.bin");
    private static final KekReference KEK =
            new KekReference("extkey_0123456789abcdef", "gcp", "projects/p/locations/eu/keyRings/r/cryptoKeys/k", "7");

    private static final String STORE_ID = "store/upload+id==";
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

    int length() {
        return parts.stream().mapToInt(Integer::intValue).sum();
    }

    private FixedRandom random() {
        return new FixedRandom(name);
    }

    /** What the secret of {@link #json} opens. */
    Dek dek() {
        FixedRandom random = random();
        WrappingSecret.generate(random);
        return Dek.generate(random);
    }

    Map<String, Object> json() {
        FixedRandom random = random();
        WrappingSecret secret = WrappingSecret.generate(random);
        Dek dek = Dek.generate(random);
        ObjectSeal seal = ObjectSeal.of(dek, secret, PLACE, layout, scope, kek, WRAPPED, random);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("secret", HexFormat.of().formatHex(secret.bytes()));
        json.put("metadata", seal.toMetadata());
        if (layout.multipart()) {
            UploadSeal upload = UploadSeal.of(STORE_ID, dek, secret, PLACE, layout, scope, kek, WRAPPED, random);
            json.put("uploadId", upload.toUploadId());
            json.put("storeUploadId", upload.storeUploadId());
        }
        json.put("plaintextLength", length());
        try {
            List<byte[]> sealed = sealed(dek, random);
            if (layout.multipart()) {
                List<String> receipts = new ArrayList<>();
                for (byte[] part : sealed.subList(0, parts.size())) {
                    receipts.add(SealParts.receipt(dek, part));
                }
                json.put("partLengths", parts);
                json.put("receipts", receipts);
            }
            json.put("sealed", Base64.getEncoder().encodeToString(Sealed.join(sealed.toArray(byte[][]::new))));
        } catch (SealException e) {
            throw new AssertionError(e);
        }
        return json;
    }

    /** The parts, and the seal part if there is one. */
    private List<byte[]> sealed(Dek dek, FixedRandom random) throws SealException {
        byte[] plain = Sealed.plaintext(length());
        if (layout == Layout.EMPTY) {
            return List.of();
        }
        if (layout == Layout.SINGLE) {
            byte[] sealed = Sealed.single(dek, plain, random);
            return List.of(end == End.IN_PART ? sealed : withEndOf(Sealed.single(dek, plain, random), sealed));
        }
        List<byte[]> out = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            byte[] part = Arrays.copyOfRange(plain, at, at + parts.get(i));
            boolean ends = end == End.IN_PART && i == parts.size() - 1;
            out.add(ends ? Sealed.part(dek, i + 1, part, random) : Sealed.openPart(dek, i + 1, part, random));
            at += parts.get(i);
        }
        int number = parts.size() + 1;
        List<byte[]> all = List.copyOf(out);
        switch (end) {
            case IN_PART, IN_ANOTHER_ATTEMPT -> {}
            case SEAL -> out.add(SealParts.of(dek, true, number, at, all));
            case SEAL_UNEQUAL -> out.add(SealParts.of(dek, false, number, at, all));
            case SEAL_LOOSE -> out.add(SealParts.loose(dek, true, number, at, random));
            case SEAL_LOOSE_UNEQUAL -> out.add(SealParts.loose(dek, false, number, at, random));
            case SEAL_OF_OTHER_ATTEMPTS -> {
                byte[] again = Sealed.openPart(dek, 1, Arrays.copyOf(plain, parts.get(0)), random);
                out.add(SealParts.of(dek, true, number, at, List.of(again, all.get(1))));
            }
            case SEAL_OF_OTHER_LENGTHS -> out.add(SealParts.of(dek, true, number, at, ofOtherLengths(dek, random)));
            case SEAL_UNEQUAL_OF_OTHER_LENGTHS ->
                out.add(SealParts.of(dek, false, number, at, ofOtherLengths(dek, random)));
            case PIECES -> {
                byte[] part = Sealed.part(dek, 1, plain, random);
                int data = Math.toIntExact(part.length - 2L * V1.geometry().frameOverhead());
                out.clear();
                out.add(Sealed.join(
                        Arrays.copyOf(part, V1.geometry().frameSealed()), Arrays.copyOfRange(part, data, part.length)));
                out.add(SealParts.of(dek, true, number, at, List.of(part)));
            }
            case SEAL_OF_ANOTHER_NUMBER -> out.add(SealParts.of(dek, true, number + 1, at, all));
            case SEAL_OF_ANOTHER_TOTAL -> out.add(SealParts.of(dek, true, number, at + 1L, all));
        }
        return out;
    }

    private List<byte[]> ofOtherLengths(Dek dek, FixedRandom random) {
        int moved = layout == Layout.ALIGNED_PARTS ? V1.geometry().framePlaintext() : 1;
        List<byte[]> others = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            int length = parts.get(i) + (i == 0 ? moved : i == 1 ? -moved : 0);
            others.add(Sealed.openPart(dek, i + 1, Sealed.plaintext(length), random));
        }
        return others;
    }

    private static byte[] withEndOf(byte[] attempt, byte[] sealed) {
        int frames = sealed.length - V1.geometry().frameOverhead();
        return Sealed.join(Arrays.copyOf(sealed, frames), Arrays.copyOfRange(attempt, frames, attempt.length));
    }
}
