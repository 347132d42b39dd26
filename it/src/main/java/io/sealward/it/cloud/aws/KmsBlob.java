package io.sealward.it.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A CiphertextBlob of this fake: the key's ARN behind its length, a nonce, and AES-GCM with the encryption context as AAD. */
final class KmsBlob {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private KmsBlob() {}

    static byte[] seal(String arn, byte[] material, byte[] plaintext, Map<String, String> context)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, material, nonce, context).doFinal(plaintext);
        byte[] name = arn.getBytes(UTF_8);
        return ByteBuffer.allocate(Short.BYTES + name.length + NONCE_BYTES + sealed.length)
                .putShort((short) name.length)
                .put(name)
                .put(nonce)
                .put(sealed)
                .array();
    }

    static String keyOf(byte[] blob) throws AwsRefusal {
        try {
            return name(ByteBuffer.wrap(blob));
        } catch (BufferUnderflowException | NegativeArraySizeException garbage) {
            throw invalid();
        }
    }

    static byte[] open(byte[] material, byte[] blob, Map<String, String> context)
            throws AwsRefusal, GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(blob);
        name(in);
        if (in.remaining() < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw invalid();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        try {
            return cipher(Cipher.DECRYPT_MODE, material, nonce, context).doFinal(blob, in.position(), in.remaining());
        } catch (AEADBadTagException forged) {
            throw invalid();
        }
    }

    private static String name(ByteBuffer in) {
        byte[] name = new byte[in.getShort()];
        in.get(name);
        return new String(name, UTF_8);
    }

    private static Cipher cipher(int mode, byte[] material, byte[] nonce, Map<String, String> context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(material, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        for (Map.Entry<String, String> entry : new TreeMap<>(context).entrySet()) {
            cipher.updateAAD(lengthed(entry.getKey()));
            cipher.updateAAD(lengthed(entry.getValue()));
        }
        return cipher;
    }

    private static byte[] lengthed(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    /** The real one says nothing but the code, too. */
    private static AwsRefusal invalid() {
        return new AwsRefusal(400, "InvalidCiphertextException", "");
    }
}
