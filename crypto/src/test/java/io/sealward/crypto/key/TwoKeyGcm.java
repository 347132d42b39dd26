package io.sealward.crypto.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * One sealed DEK whose tag verifies under two keys. The tag of two blocks C1, C2 is {@code C1 H^3 + C2 H^2 + len H + S}:
 * with C1 chosen, both tags agree for one C2, by division in GF(2^128).
 */
final class TwoKeyGcm {
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(127);
    /** x^128 = 1 + x + x^2 + x^7, in GCM's reflected order. */
    private static final BigInteger R = BigInteger.valueOf(0xe1).shiftLeft(120);

    private TwoKeyGcm() {}

    static byte[] ciphertext(byte[] one, byte[] other, byte[] salt) throws GeneralSecurityException {
        BigInteger h = block(one, new byte[16]);
        BigInteger g = block(other, new byte[16]);
        byte[] counter = new byte[16];
        counter[15] = 1;
        BigInteger s = block(one, counter).xor(block(other, counter));
        BigInteger bits = BigInteger.valueOf(256); // no AAD, 32 bytes of ciphertext
        BigInteger c1 = BigInteger.valueOf(7);
        // c2 (h^2 + g^2) = s + bits (h + g) + c1 (h^3 + g^3)
        BigInteger right = s.xor(times(bits, h.xor(g))).xor(times(c1, cube(h).xor(cube(g))));
        BigInteger c2 = times(right, inverse(times(h, h).xor(times(g, g))));
        BigInteger tag = times(c1, cube(h))
                .xor(times(c2, times(h, h)))
                .xor(times(bits, h))
                .xor(block(one, counter));
        byte[] sealed = Arrays.copyOf(salt, SealedDek.BYTES);
        put(c1, sealed, 16);
        put(c2, sealed, 32);
        put(tag, sealed, 48);
        return sealed;
    }

    private static BigInteger block(byte[] key, byte[] in) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        return new BigInteger(1, aes.doFinal(in));
    }

    private static BigInteger cube(BigInteger x) {
        return times(x, times(x, x));
    }

    private static BigInteger times(BigInteger x, BigInteger y) {
        BigInteger product = BigInteger.ZERO;
        BigInteger v = y;
        for (int i = 127; i >= 0; i--) {
            product = x.testBit(i) ? product.xor(v) : product;
            v = v.testBit(0) ? v.shiftRight(1).xor(R) : v.shiftRight(1);
        }
        return product;
    }

    /** x^(2^128 - 2). */
    private static BigInteger inverse(BigInteger x) {
        BigInteger result = ONE;
        BigInteger square = x;
        for (int i = 1; i < 128; i++) {
            square = times(square, square);
            result = times(result, square);
        }
        return result;
    }

    private static void put(BigInteger value, byte[] out, int at) {
        byte[] bytes = value.toByteArray();
        int length = Math.min(16, bytes.length);
        System.arraycopy(bytes, bytes.length - length, out, at + 16 - length, length);
    }
}
