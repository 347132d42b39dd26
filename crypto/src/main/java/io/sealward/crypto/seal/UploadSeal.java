package io.sealward.crypto.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sealward.crypto.format.Format;
import io.sealward.crypto.key.Dek;
import io.sealward.crypto.key.KekReference;
import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.crypto.key.SealedDek;
import io.sealward.crypto.key.WrappingSecret;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What UploadPart and Complete need of an upload, carried by the client as its upload id, so that gateway nodes share no
 * state. Immutable; arrays are not copied and not to be changed.
 *
 * @param format the version it is of
 * @param storeUploadId the store's own id of the upload
 * @param wrappedSecret W as the KMS wrapped it, 1 to 1,024 bytes
 * @param sealedDek the DEK under W, {@link SealedDek#BYTES} bytes
 * @param commitment to the DEK and this upload, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record UploadSeal(
        Format format,
        String storeUploadId,
        Layout layout,
        WrapScope scope,
        KekReference kek,
        byte[] wrappedSecret,
        byte[] sealedDek,
        byte[] commitment) {
    public UploadSeal {
        requireNonNull(format, "format");
        requireNonNull(storeUploadId, "storeUploadId");
        requireNonNull(layout, "layout");
        requireNonNull(scope, "scope");
        requireNonNull(kek, "kek");
        ObjectSeal.requireWrapped(wrappedSecret);
        if (sealedDek.length != SealedDek.BYTES || commitment.length != ObjectSeal.COMMITMENT_BYTES) {
            throw new IllegalArgumentException("a sealed data key or its commitment has another length");
        }
    }

    /**
     * Seals an upload's DEK for that upload.
     *
     * @param wrapped {@code secret} as the KMS wrapped it under {@code kek}
     */
    public static UploadSeal of(
            String storeUploadId,
            Dek dek,
            WrappingSecret secret,
            ObjectBinding place,
            Layout layout,
            WrapScope scope,
            KekReference kek,
            byte[] wrapped,
            SecureRandom random) {
        byte[] binding = SealBinding.ofUpload(dek.format(), storeUploadId, place, layout, scope, kek);
        return new UploadSeal(
                dek.format(),
                storeUploadId,
                layout,
                scope,
                kek,
                wrapped,
                secret.seal(dek, binding, random),
                dek.commitment(binding));
    }

    /**
     * Opens the DEK, which is also what tells a genuine upload id from a made-up one.
     *
     * @param place what the request addresses
     * @throws SealException.WrongKey if the id is of another upload or place, or was changed
     */
    public Dek open(WrappingSecret secret, ObjectBinding place) throws SealException {
        return secret.open(
                format, sealedDek, commitment, SealBinding.ofUpload(format, storeUploadId, place, layout, scope, kek));
    }

    /** What {@link ObjectSeal#commitment} is of the object that this upload makes. */
    public byte[] objectCommitment(Dek dek, ObjectBinding place) {
        return dek.commitment(SealBinding.ofObject(format, place, layout, scope, kek));
    }

    /** ASCII letters, digits, {@code - _ .} only. */
    public String toUploadId() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        put(out, layout.token().getBytes(UTF_8));
        put(out, scope.token().getBytes(UTF_8));
        out.writeBytes(sealedDek);
        out.writeBytes(commitment);
        put(out, wrappedSecret);
        put(out, storeUploadId.getBytes(UTF_8));
        put(out, KekText.encode(kek).getBytes(UTF_8));
        return format.uploadIdPrefix() + Base64Text.encode(out.toByteArray());
    }

    /** Empty for whatever {@link #toUploadId} did not write, such as an id of the store itself. */
    public static Optional<UploadSeal> parse(String uploadId) {
        return Format.ofUploadId(uploadId).flatMap(format -> Base64Text.decode(
                        uploadId.substring(format.uploadIdPrefix().length()))
                .flatMap(bytes -> decode(format, bytes)));
    }

    private static Optional<UploadSeal> decode(Format format, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            Layout layout =
                    Layout.ofToken(text(take(in))).filter(Layout::multipart).orElseThrow(BufferUnderflowException::new);
            WrapScope scope = WrapScope.ofToken(text(take(in))).orElseThrow(BufferUnderflowException::new);
            byte[] sealedDek = new byte[SealedDek.BYTES];
            in.get(sealedDek);
            byte[] commitment = new byte[ObjectSeal.COMMITMENT_BYTES];
            in.get(commitment);
            byte[] wrapped = take(in);
            String storeUploadId = text(take(in));
            KekReference kek = KekText.decode(text(take(in)));
            return in.hasRemaining()
                    ? Optional.empty()
                    : Optional.of(
                            new UploadSeal(format, storeUploadId, layout, scope, kek, wrapped, sealedDek, commitment));
        } catch (BufferUnderflowException | IllegalArgumentException | CharacterCodingException | SealException e) {
            return Optional.empty();
        }
    }

    private static void put(ByteArrayOutputStream out, byte[] field) {
        if (field.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("a field of an upload id has " + field.length + " bytes");
        }
        out.writeBytes(
                ByteBuffer.allocate(Short.BYTES).putShort((short) field.length).array());
        out.writeBytes(field);
    }

    private static byte[] take(ByteBuffer in) {
        int length = in.getShort();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] field = new byte[length];
        in.get(field);
        return field;
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
