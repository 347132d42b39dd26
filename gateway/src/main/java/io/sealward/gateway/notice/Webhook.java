package io.sealward.gateway.notice;

import io.sealward.gateway.config.NoticesConfig;
import io.sealward.gateway.event.Events;
import io.sealward.gateway.notice.NoticeEnded.Outcome;
import io.sealward.providers.TrustedCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers notices to one address, in order and one at a time, on a thread of its own: posts each until it is answered 2xx or
 * its time is over. Redirects are not followed, and no more than the head of an answer is read.
 */
final class Webhook implements AutoCloseable {
    static final int MOST_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

    private final NoticesConfig.Webhook config;
    private final Signature signature;
    private final Events events;
    private final Clock clock;
    private final HttpClient client;
    private final BlockingQueue<Notice> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean closing;

    Webhook(NoticesConfig.Webhook config, Events events, Clock clock) {
        this.config = config;
        this.signature = Signature.by(config.secret().value());
        this.events = events;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.timeout());
        config.trustedCertificates()
                .ifPresent(pem -> builder.sslContext(TrustedCertificates.in(pem).context()));
        this.client = builder.build();
        this.thread = new Thread(this::run, "sealward-webhook");
        thread.setDaemon(true);
        thread.start();
    }

    /** Never blocks. */
    void offer(Notice notice) {
        if (closing || !waiting.offer(notice)) {
            drop(notice, Outcome.NO_ROOM, "too many wait before it");
        }
    }

    private void run() {
        try {
            while (!closing) {
                deliver(waiting.take());
            }
        } catch (InterruptedException e) {
            // the gateway ends
        }
        for (Notice left = waiting.poll(); left != null; left = waiting.poll()) {
            drop(left, Outcome.GIVEN_UP, "the gateway ends");
        }
    }

    private void deliver(Notice notice) throws InterruptedException {
        Instant deadline = notice.time().plus(config.giveUpAfter());
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                String problem = attempt(notice);
                if (problem.isEmpty()) {
                    events.tell(new NoticeEnded(Outcome.DELIVERED));
                    return;
                }
                if (clock.instant().plus(pause).isAfter(deadline)) {
                    drop(notice, Outcome.GIVEN_UP, problem);
                    return;
                }
                LOG.info("notice {} is not taken by {} and will be tried again: {}", notice.id(), where(), problem);
                Thread.sleep(pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            drop(notice, Outcome.GIVEN_UP, "the gateway ends");
            throw e;
        }
    }

    /** What went wrong; empty if it was taken. */
    private String attempt(Notice notice) throws InterruptedException {
        byte[] body = notice.body();
        HttpRequest request = HttpRequest.newBuilder(config.url())
                .timeout(config.timeout())
                .header("Content-Type", Notice.MEDIA_TYPE)
                .header(Signature.HEADER, signature.of(body, clock.instant()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode() / 100 == 2 ? "" : "it answered " + answer.statusCode();
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    private void drop(Notice notice, Outcome why, String problem) {
        events.tell(new NoticeEnded(why));
        LOG.warn("notice {} does not reach {}: {}", notice.id(), where(), problem);
    }

    /** Without the path, in which some services have their secret. */
    private String where() {
        return config.url().getScheme() + "://" + config.url().getRawAuthority();
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
