package io.sealward.gateway.certificate;

import io.netty.handler.ssl.SslContext;
import io.sealward.gateway.config.TlsConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The certificates of a gateway's listeners. Their files are looked at every ten seconds, and new handshakes are made with what is in
 * them; what cannot be used is logged and changes nothing. Thread-safe.
 */
public final class ServingCertificates implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final List<FollowedFiles> followed = new CopyOnWriteArrayList<>();
    private final Clock clock;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "certificates"); // files may be far away, so no event loop reads them
        thread.setDaemon(true);
        return thread;
    });

    public ServingCertificates(Clock clock) {
        this.clock = clock;
        looks.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * What a listener serves with, to be asked at each connection.
     *
     * @throws IllegalStateException if the files cannot be used
     */
    public Supplier<SslContext> of(TlsConfig files) {
        FollowedFiles each = new FollowedFiles(files, clock);
        followed.add(each);
        return each;
    }

    /** When the first of them ends, if there is one. */
    public Optional<Instant> ends() {
        return followed.stream().map(FollowedFiles::ends).min(Instant::compareTo);
    }

    /** Looks at the files now. */
    void look() {
        followed.forEach(FollowedFiles::look);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
