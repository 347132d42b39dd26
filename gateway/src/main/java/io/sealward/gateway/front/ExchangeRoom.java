package io.sealward.gateway.front;

import io.sealward.gateway.budget.Budget;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import java.util.Optional;

/** The memory that one exchange holds of its project's share, once its sender is known. On the event loop of the exchange. */
final class ExchangeRoom {
    private final Events events;
    private Optional<Budget.Lease> lease = Optional.empty();

    ExchangeRoom(Events events) {
        this.events = events;
    }

    /** Becomes the owner of the lease, and closes it with this; gives back what was held on the account before. */
    void countAgainst(Budget.Lease account) {
        close();
        lease = Optional.of(account);
    }

    /** @throws S3Exception SlowDown if there is none; before the sender is known there always is */
    void take(long bytes) {
        lease.ifPresent(account -> take(account, bytes));
    }

    /**
     * Takes room that its caller gives back.
     *
     * @throws S3Exception SlowDown if there is none
     */
    Budget.Lease borrow(long bytes) {
        Budget.Lease beside = lease.orElseThrow().beside();
        take(beside, bytes);
        return beside;
    }

    private void take(Budget.Lease account, long bytes) {
        if (!account.take(bytes)) {
            events.tell(new Refused(Refusal.SHARE));
            throw new S3Exception(S3Error.SLOW_DOWN);
        }
    }

    void close() {
        lease.ifPresent(Budget.Lease::close);
    }
}
