package io.sealward.gateway.certificate;

import io.netty.handler.ssl.SslContext;
import io.sealward.gateway.config.TlsConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two files of a certificate, and what was made of them when they could last be used. */
final class FollowedFiles implements Supplier<SslContext> {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
    private static final Duration REMINDER = Duration.ofDays(1);

    private record Serving(ServerCertificate certificate, SslContext context) {}

    private final TlsConfig files;
    private final Clock clock;
    private volatile Serving serving;
    private byte[] certificate;
    private byte[] privateKey;
    private String complaint = "";
    private Instant reminded = Instant.MIN;

    /** @throws IllegalStateException if they cannot be used */
    FollowedFiles(TlsConfig files, Clock clock) {
        this.files = files;
        this.clock = clock;
        read();
        remind();
    }

    @Override
    public SslContext get() {
        return serving.context();
    }

    Instant ends() {
        return serving.certificate().ends();
    }

    /** Called by one thread at a time. */
    void look() {
        try {
            if (read()) {
                LOG.info("serving with the new certificate {}, which ends at {}", files.certificate(), ends());
                reminded = Instant.MIN;
            }
            complaint = "";
        } catch (RuntimeException e) { // whatever it is, there is a next look
            complain(String.valueOf(e.getMessage()));
        }
        remind();
    }

    private boolean read() {
        byte[] newCertificate = ServerCertificate.bytes(files.certificate());
        byte[] newKey = ServerCertificate.bytes(files.privateKey());
        if (Arrays.equals(newCertificate, certificate) && Arrays.equals(newKey, privateKey)) {
            return false;
        }
        ServerCertificate read = ServerCertificate.of(files, newCertificate, newKey);
        serving = new Serving(read, read.context());
        certificate = newCertificate;
        privateKey = newKey;
        return true;
    }

    /** Once for each trouble, and not at each look. */
    private void complain(String trouble) {
        if (!trouble.equals(complaint)) {
            LOG.warn("{}; the certificate from before is served with on, and ends at {}", trouble, ends());
            complaint = trouble;
        }
    }

    private void remind() {
        Instant now = clock.instant();
        if (reminded.isBefore(now.minus(REMINDER))) {
            serving.certificate().warning(now).ifPresent(warning -> {
                LOG.warn("the certificate {} {}", files.certificate(), warning);
                reminded = now;
            });
        }
    }
}
