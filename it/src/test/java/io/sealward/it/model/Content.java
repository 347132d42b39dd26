package io.sealward.it.model;

import java.util.Random;

/** Bytes that are told apart by their seed. */
record Content(int size, int seed) {
    byte[] bytes() {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
