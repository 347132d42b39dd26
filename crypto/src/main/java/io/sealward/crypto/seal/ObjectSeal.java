package io.sealward.crypto.seal;

import static java.util.Objects.requireNonNull;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.SealedDek;
import io.sealward.crypto.key.WrappingSecret;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All that an object's metadata says of its sealing. Immutable; arrays are not copied and not to be changed.
 *
 * @param format the version it is of
 * @param wrappedSecret W as the KMS wrapped it, 1 to 1,024 bytes
 * @param sealedDek the DEK under W, {@link SealedDek#BYTES} bytes
 * @param commitment to the DEK and its place, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record ObjectSeal(
        Format format,
        Layout layout,
        WrapScope scope,
        KekReference kek,
        byte[] wrappedSecret,
        byte[] sealedDek,
        byte[] commitment) {
    /** Metadata names that begin with this belong to the format; clients can neither set nor see them. */
    public static final String PREFIX = "sealward-";

    static final int MAX_WRAPPED_SECRET = 1_024;
    static final int COMMITMENT_BYTES = 32;

    private static final String FORMAT = PREFIX + "format";
    private static final String KEK = PREFIX + "kek";
    private static final String WRAPPED = PREFIX + "wrapped";
    private static final String DEK = PREFIX + "dek";
    private static final String COMMIT = PREFIX + "commit";
    private static final Pattern VERSION = Pattern.compile("v[1-9][0-9]*");

    public ObjectSeal {
        requireNonNull(format, "format");
        requireNonNull(layout, "layout");
        requireNonNull(scope, "scope");
        requireNonNull(kek, "kek");
        requireWrapped(wrappedSecret);
        if (sealedDek.length != SealedDek.BYTES || commitment.length != COMMITMENT_BYTES) {
            throw new IllegalArgumentException("a sealed data key or its commitment has another length");
        }
    }

    /**
     * Seals an object's DEK for one place. Also for a copy inside a tenant: the same DEK, another place.
     *
     * @param wrapped {@code secret} as the KMS wrapped it under {@code kek}
     */
    public static ObjectSeal of(
            Dek dek,
            WrappingSecret secret,
            ObjectBinding place,
            Layout layout,
            WrapScope scope,
            KekReference kek,
            byte[] wrapped,
            SecureRandom random) {
        byte[] binding = SealBinding.ofObject(dek.format(), place, layout, scope, kek);
        return new ObjectSeal(
                dek.format(), layout, scope, kek, wrapped, secret.seal(dek, binding, random), dek.commitment(binding));
    }

    /**
     * Opens the DEK and checks it against the commitment.
     *
     * @param place where the object was found
     * @throws SealException.WrongKey if this is another secret, another place, or the metadata was changed
     */
    public Dek open(WrappingSecret secret, ObjectBinding place) throws SealException {
        return secret.open(format, sealedDek, commitment, SealBinding.ofObject(format, place, layout, scope, kek));
    }

    /** Whether this is the seal of an object with that DEK in that place. */
    public boolean commitsTo(Dek dek, ObjectBinding place) {
        return MessageDigest.isEqual(
                commitment, dek.commitment(SealBinding.ofObject(format, place, layout, scope, kek)));
    }

    /** User metadata, names without {@code x-amz-meta-}; ASCII. */
    public Map<String, String> toMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, format.word() + ' ' + layout.token() + ' ' + scope.token());
        metadata.put(KEK, KekText.encode(kek));
        metadata.put(WRAPPED, Base64Text.encode(wrappedSecret));
        metadata.put(DEK, Base64Text.encode(sealedDek));
        metadata.put(COMMIT, Base64Text.encode(commitment));
        return metadata;
    }

    /**
     * Reads the seal back. The version is read before anything else.
     *
     * @param entries user metadata, names in any case and without {@code x-amz-meta-}; other names are ignored
     * @return empty if the metadata knows nothing of a seal
     * @throws SealException.UnknownVersion if another version wrote it
     * @throws SealException.Malformed if it is partial or garbled, or says something twice
     */
    public static Optional<ObjectSeal> fromMetadata(Collection<Map.Entry<String, String>> entries)
            throws SealException {
        Map<String, List<String>> metadata = new HashMap<>();
        for (Map.Entry<String, String> entry : entries) {
            String name = lowerCase(entry.getKey());
            if (name.startsWith(PREFIX)) {
                metadata.computeIfAbsent(name, n -> new ArrayList<>()).add(entry.getValue());
            }
        }
        if (metadata.isEmpty()) {
            return Optional.empty();
        }
        String[] words = field(metadata, FORMAT).split(" ", -1);
        Optional<Format> format = Format.ofWord(words[0]);
        if (format.isEmpty() && VERSION.matcher(words[0]).matches()) {
            throw new SealException.UnknownVersion(FORMAT + " is of a version this reader does not know");
        }
        if (words.length != 3 || format.isEmpty()) {
            throw garbled(FORMAT);
        }
        return Optional.of(new ObjectSeal(
                format.get(),
                Layout.ofToken(words[1]).orElseThrow(() -> garbled(FORMAT)),
                WrapScope.ofToken(words[2]).orElseThrow(() -> garbled(FORMAT)),
                KekText.decode(field(metadata, KEK)),
                bytes(metadata, WRAPPED, 1, MAX_WRAPPED_SECRET),
                bytes(metadata, DEK, SealedDek.BYTES, SealedDek.BYTES),
                bytes(metadata, COMMIT, COMMITMENT_BYTES, COMMITMENT_BYTES)));
    }

    static void requireWrapped(byte[] wrapped) {
        if (wrapped.length == 0 || wrapped.length > MAX_WRAPPED_SECRET) {
            throw new IllegalArgumentException("a wrapped secret of " + wrapped.length + " bytes");
        }
    }

    /** Of ASCII letters alone: no other letter is another spelling of one. */
    private static String lowerCase(String name) {
        StringBuilder lower = new StringBuilder(name);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower.toString();
    }

    private static String field(Map<String, List<String>> metadata, String name) throws SealException {
        List<String> values = metadata.getOrDefault(name, List.of());
        if (values.size() != 1) {
            throw new SealException.Malformed(name + (values.isEmpty() ? " is missing" : " is there twice"));
        }
        return values.get(0);
    }

    private static byte[] bytes(Map<String, List<String>> metadata, String name, int min, int max)
            throws SealException {
        byte[] bytes = Base64Text.decode(field(metadata, name)).orElseThrow(() -> garbled(name));
        if (bytes.length < min || bytes.length > max) {
            throw garbled(name);
        }
        return bytes;
    }

    private static SealException garbled(String name) {
        return new SealException.Malformed(name + " is garbled");
    }
}
