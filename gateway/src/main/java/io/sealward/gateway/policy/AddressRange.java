package io.sealward.gateway.policy;

import io.netty.util.NetUtil;
import java.util.Optional;

/**
 * Addresses that begin with the same bits, as RFC 4632 and RFC 4291 write them.
 *
 * @param network 4 or 16 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, nor given out
record AddressRange(byte[] network, int bits) {
    private static final int IPV4_BYTES = 4;

    /** An address, or one with a slash and a number of bits. */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> network = bytes(slash < 0 ? text : text.substring(0, slash));
        int all = network.map(address -> 8 * address.length).orElse(0);
        int bits = slash < 0 ? all : number(text.substring(slash + 1));
        if (network.isEmpty() || bits < 0 || bits > all) {
            throw new MalformedPolicyException(
                    "Expected an address or a range such as 203.0.113.0/24 or 2001:db8::/32, but got " + Quoted.of(text)
                            + ".");
        }
        return new AddressRange(network.get(), bits);
    }

    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    /** IPv4 written as IPv6 is none: the same client would be two. */
    private static Optional<byte[]> bytes(String text) {
        if (text.indexOf('[') >= 0 || text.indexOf('%') >= 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(NetUtil.createByteArrayFromIpAddressString(text))
                .filter(address -> address.length == IPV4_BYTES || !isMapped(address));
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    /** Whether S3 takes it for everybody. Source: Amazon S3 User Guide, "The meaning of public". */
    boolean isBroad() {
        return bits < (network.length == IPV4_BYTES ? 8 : 32);
    }

    boolean contains(String address) {
        Optional<byte[]> other = bytes(address);
        return other.isPresent() && other.get().length == network.length && begins(other.get());
    }

    private boolean begins(byte[] other) {
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (network[i] != other[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((network[whole] ^ other[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0;
    }
}
