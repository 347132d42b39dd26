package io.sealward.gateway.budget;

import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.HashMap;
import java.util.Map;

/**
 * A bounded amount of something, bytes of memory above all, that owners take from and give back to. What does not fit is
 * refused at once; nobody waits.
 *
 * <p>An owner may hold at most as much as is still free in all (the dynamic thresholds of Choudhury and Hahne, IEEE/ACM
 * Transactions on Networking 6(2), 1998). So one owner alone gets half, {@code n} greedy ones a share of {@code 1/(n+1)}
 * each, and as much as a share stays free for whoever comes next.
 *
 * <p>Safe for use by several threads.
 */
public final class Budget {
    private final long total;
    private final Map<String, Long> held = new HashMap<>();
    private long taken;

    /** @param total what there is in all */
    public Budget(long total) {
        if (total < 1) {
            throw new IllegalArgumentException("a budget of " + total);
        }
        this.total = total;
    }

    /** A lease that holds nothing yet. Whoever opens it closes it. */
    public Lease lease(String owner) {
        return new Lease(owner);
    }

    /** What there is in all. */
    public long total() {
        return total;
    }

    /** What all leases hold together. */
    public synchronized long taken() {
        return taken;
    }

    private synchronized boolean take(Lease lease, long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("an amount of " + amount);
        }
        long ofOwner = held.getOrDefault(lease.owner, 0L);
        long free = total - taken;
        if (lease.closed || amount > free || ofOwner + amount > free - amount) {
            return false;
        }
        hold(lease, amount);
        return true;
    }

    private synchronized void give(Lease lease, long amount) {
        if (amount < 0 || amount > lease.held) {
            throw new IllegalArgumentException("an amount of " + amount + " of " + lease.held);
        }
        hold(lease, -amount);
    }

    private synchronized void close(Lease lease) {
        hold(lease, -lease.held);
        lease.closed = true;
    }

    private void hold(Lease lease, long more) {
        lease.held += more;
        taken += more;
        held.merge(lease.owner, more, (before, change) -> before + change == 0 ? null : before + change);
    }

    /** What one holder has taken. Its state is guarded by the budget. */
    public final class Lease implements AutoCloseable {
        private final String owner;
        private long held;
        private boolean closed;

        private Lease(String owner) {
            this.owner = owner;
        }

        /** Whose it is, as {@link #lease(String)} was told. */
        public String owner() {
            return owner;
        }

        /** Takes more, all of it or nothing. False if it is more than the owner's share, and after {@link #close}. */
        public boolean take(long amount) {
            return Budget.this.take(this, amount);
        }

        /**
         * Takes more, or ends the request.
         *
         * @throws S3Exception SlowDown if it is more than the owner's share
         */
        public void require(long amount) {
            if (!take(amount)) {
                throw new S3Exception(S3Error.SLOW_DOWN);
            }
        }

        /** A lease of the same owner that holds nothing yet, for what ends at another time. Whoever opens it closes it. */
        public Lease beside() {
            return new Lease(owner);
        }

        /** Gives back a part of what is held. */
        public void give(long amount) {
            Budget.this.give(this, amount);
        }

        /** Gives back all. Idempotent. */
        @Override
        public void close() {
            Budget.this.close(this);
        }
    }
}
