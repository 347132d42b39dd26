package io.sealward.crypto.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A version of the sealed-object format: all by which its bytes differ from those of another. Whatever is derived from a
 * key names the version, so no key of one is a key of another. A further version is a further constant here, and an entry
 * of {@link #READ}. Immutable.
 */
public final class Format {
    /** As FORMAT.md has it: AES-256-GCM, HKDF-SHA256, frames of 64 KiB. */
    public static final Format V1 = new Format(1, 1, new Geometry(65_536, 48, 1L << 46, 10_000, 5L << 20));

    /** What new objects are sealed in. */
    public static final Format WRITTEN = V1;

    private static final List<Format> READ = List.of(V1);

    /** What a key, or a proof that one is known, is derived for. */
    public enum Purpose {
        /** Seals the DEK. */
        DEK,
        /** Commits to the DEK. */
        COMMIT,
        /** Seals the frames of an attempt at a part. */
        PART,
        /** Fixes the lengths of the parts that a seal part is over. */
        LENGTHS,
        /** Fixes lengths and attempts of these parts. */
        SEAL,
        /** Proves to Complete which attempt at a part was acknowledged. */
        RECEIPT,
        /** Seals the checksum of an object, and proves to Complete that of a part. */
        CHECKSUM
    }

    private final byte version;
    private final byte suite;
    private final Geometry geometry;
    private final String word;
    private final String uploadIdPrefix;
    private final Map<Purpose, byte[]> infos = new EnumMap<>(Purpose.class);

    /**
     * Another version.
     *
     * @param version 1 to 255
     * @param suite of algorithms, 1 to 255
     */
    Format(int version, int suite, Geometry geometry) {
        this.version = (byte) version;
        this.suite = (byte) suite;
        this.geometry = requireNonNull(geometry, "geometry");
        this.word = "v" + version;
        this.uploadIdPrefix = "sealward" + version + ".";
        for (Purpose purpose : Purpose.values()) {
            String name = purpose.name().toLowerCase(Locale.ROOT);
            infos.put(purpose, ("sealward " + word + " " + name).getBytes(US_ASCII));
        }
    }

    /** Its number, as the first byte of frames and bindings has it. */
    public byte version() {
        return version;
    }

    /** Its algorithms, as the second byte of frames and bindings has them. */
    public byte suite() {
        return suite;
    }

    /** The lengths of its frames, and what follows from them. */
    public Geometry geometry() {
        return geometry;
    }

    /** The first word of an object's metadata, {@code v1}. */
    public String word() {
        return word;
    }

    /** What an upload id begins with. */
    public String uploadIdPrefix() {
        return uploadIdPrefix;
    }

    /** The info string of HKDF (RFC 5869) for a purpose, and behind it what the key is bound to. */
    public byte[] info(Purpose purpose, byte[] bound) {
        byte[] name = infos.get(purpose);
        return ByteBuffer.allocate(name.length + bound.length)
                .put(name)
                .put(bound)
                .array();
    }

    /** The version whose objects have this word in their metadata, if it can be read here. */
    public static Optional<Format> ofWord(String word) {
        return READ.stream().filter(format -> format.word.equals(word)).findFirst();
    }

    /** The version that an upload id is of; empty for ids that are the store's own. */
    public static Optional<Format> ofUploadId(String uploadId) {
        return READ.stream()
                .filter(format -> uploadId.startsWith(format.uploadIdPrefix))
                .findFirst();
    }

    @Override
    public String toString() {
        return word;
    }
}
