package io.sealward.it.chaos.withdrawal;

import java.util.OptionalDouble;

/**
 * One withdrawal. Times are milliseconds: of the run for the first two, after the withdrawal for what follows it, after the key
 * was given back for the first success.
 *
 * @param lastPlaintext 0 or less if no content came after the withdrawal
 * @param lastSealed the same of what arrived at the store; empty where nobody sees that
 * @param firstError of a read or write of the tenant; empty if there was none
 * @param firstSuccess until a read and a write have succeeded again; empty if they have not
 * @param lateSuccesses reads and writes answered 200 that began after the bound
 * @param otherErrors requests of the other tenant, from the quiet time before until the key was given back, that did not succeed
 */
public record Round(
        String how,
        double withdrawn,
        double givenBack,
        double lastPlaintext,
        OptionalDouble lastSealed,
        OptionalDouble firstError,
        OptionalDouble firstSuccess,
        int lateSuccesses,
        int otherErrors,
        Latency otherBefore,
        Latency otherDuring) {}
