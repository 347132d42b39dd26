package io.sealward.it.chaos.withdrawal;

import java.io.IOException;

/** How the tenant's key is taken away and given back. Both return when it is done. */
public interface KeySwitch {
    /** What it does, in a word or two. */
    String name();

    void withdraw() throws IOException;

    void giveBack() throws IOException;
}
