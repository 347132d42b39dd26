package io.sealward.gateway.body;

/**
 * The CRC of data from those of its parts: that of the first is multiplied by x to the number of bits behind it, modulo the
 * polynomial. Source: zlib, {@code crc32_combine}; all CRCs of S3 are reflected, and start and end with all ones.
 *
 * @param polynomial reflected
 * @param bits 32 or 64
 */
record CrcOfParts(long polynomial, int bits) {
    /** The CRC of two parts, one behind the other. */
    long join(long first, long second, long secondLength) {
        return multiply(power(secondLength), first) ^ second;
    }

    /** x to the power of eight times that. */
    private long power(long bytes) {
        long result = 1L << (bits - 1);
        long square = 1L << (bits - 1 - Byte.SIZE);
        for (long left = bytes; left > 0; left >>= 1) {
            if ((left & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private long multiply(long a, long b) {
        long product = 0;
        long shifted = b;
        for (int bit = bits - 1; bit >= 0; bit--) {
            if ((a >>> bit & 1) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
        }
        return product;
    }
}
