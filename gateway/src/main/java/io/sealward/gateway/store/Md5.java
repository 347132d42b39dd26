package io.sealward.gateway.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/** The digest that S3 demands of some requests: against damage, not against anybody. */
public final class Md5 {
    private Md5() {}

    /** As {@code Content-MD5} has it, of these buffers one after the other. */
    public static String base64(Iterator<ByteBuffer> pieces) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            pieces.forEachRemaining(digest::update);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has MD5
        }
    }

    /** The same of one array. */
    public static String base64(byte[] whole) {
        return base64(List.of(ByteBuffer.wrap(whole)).iterator());
    }
}
