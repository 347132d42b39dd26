package io.sealward.gateway.monitor;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.front.ExchangeEnded;
import io.sealward.gateway.front.Refused;
import io.sealward.gateway.key.KekCalled;
import io.sealward.gateway.key.KekCalled.Call;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState.Status;
import io.sealward.gateway.key.SecretLookedUp;
import io.sealward.gateway.metrics.Label;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.metrics.Named;
import io.sealward.gateway.notice.NoticeEnded;
import io.sealward.gateway.store.ConnectionFreed;
import io.sealward.gateway.store.ConnectionTaken;
import io.sealward.gateway.store.StoreCalled;
import io.sealward.gateway.store.StoreConnected;
import io.sealward.gateway.store.StoreRepeated;
import io.sealward.gateway.store.StoreWaited;
import io.sealward.providers.KmsException;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Makes metrics of events: a line for each metric. */
public final class Meters {
    private static final Label<ExchangeEnded> OPERATION = Label.of("operation", ExchangeEnded::operation);
    private static final Label<KekCalled> PROVIDER =
            Label.of("provider", e -> e.kek().kek().provider());

    private Meters() {}

    /**
     * Begins to count.
     *
     * @param projects whose names are labels
     */
    public static void watch(Events events, Metrics metrics, Named projects) {
        exchanges(events, metrics);
        projects(
                events,
                metrics,
                Label.of("project", e -> projects.of(e.project().orElse(""))));
        keys(events, metrics);
        store(events, metrics);
        Label<NoticeEnded> outcome = Label.of("outcome", e -> lower(e.outcome()));
        events.when(
                NoticeEnded.class,
                metrics.counter("sealward.notices", "Notices to webhooks of changes of keys.", e -> 1, outcome));
    }

    private static void exchanges(Events events, Metrics metrics) {
        Label<ExchangeEnded> status = Label.of("status", e -> Integer.toString(e.status()));
        Label<Refused> cause = Label.of("cause", e -> lower(e.why()));
        String bytes = "Bytes of bodies on the client's side.";
        String refused = "Connections and requests that were turned away for want of room.";

        events.when(
                ExchangeEnded.class,
                metrics.timer("sealward.requests", "S3 requests.", ExchangeEnded::nanos, OPERATION, status));
        events.when(
                ExchangeEnded.class,
                metrics.counter("sealward.received.bytes", bytes, ExchangeEnded::receivedBytes, OPERATION));
        events.when(
                ExchangeEnded.class,
                metrics.counter("sealward.sent.bytes", bytes, ExchangeEnded::sentBytes, OPERATION));
        events.when(Refused.class, metrics.counter("sealward.refused", refused, e -> 1, cause));
    }

    private static void projects(Events events, Metrics metrics, Label<ExchangeEnded> project) {
        Label<ExchangeEnded> outcome = Label.of("outcome", Meters::outcome);
        String requests = "S3 requests of a project.";
        String bytes = "Bytes of bodies on the client's side, of a project.";

        events.when(
                ExchangeEnded.class,
                metrics.counter("sealward.project.requests", requests, Meters::ofProject, project, outcome));
        events.when(
                ExchangeEnded.class,
                metrics.counter(
                        "sealward.project.received.bytes", bytes, e -> ofProject(e) * e.receivedBytes(), project));
        events.when(
                ExchangeEnded.class,
                metrics.counter("sealward.project.sent.bytes", bytes, e -> ofProject(e) * e.sentBytes(), project));
    }

    private static void keys(Events events, Metrics metrics) {
        Label<KekCalled> key = Label.of("key", e -> e.kek().externalKeyId());
        Label<KekCalled> operation = Label.of("operation", e -> e.call() == Call.WRAP ? "wrap" : "unwrap");
        Label<KekCalled> outcome = Label.of(
                "outcome",
                e -> e.failure().map(KmsException::error).map(Meters::lower).orElse("success"));
        Label<KeyStands> ofKey = Label.of("key", e -> e.key().externalKeyId());
        Label<KeyStands> ofProvider = Label.of("provider", e -> e.key().provider());
        Label<SecretLookedUp> cached = Label.of("outcome", e -> e.cached() ? "hit" : "miss");
        String identity = "Calls to KMSs that failed as the gateway's own identity was not taken.";
        String state = "1 for the state that the key is in, 0 for the others.";
        String since = "When the key came into its state, in Unix time.";
        String checked = "When the key's KMS answered last, in Unix time.";
        String usable = "1 while the key can be used, 0 while its KMS refuses or does not answer.";

        events.when(
                KekCalled.class,
                metrics.timer(
                        "sealward.kms.calls", "Calls to KMSs.", KekCalled::nanos, PROVIDER, key, operation, outcome));
        events.when(
                KekCalled.class, metrics.counter("sealward.identity.refused", identity, Meters::ownFault, PROVIDER));
        events.when(
                KeyStands.class,
                metrics.state(
                        "sealward.key.usable",
                        usable,
                        e -> e.state().status() == Status.ACTIVE ? 1 : 0,
                        ofProvider,
                        ofKey));
        for (Status status : Status.values()) {
            Label<KeyStands> named = Label.of("state", e -> lower(status));
            events.when(
                    KeyStands.class,
                    metrics.state(
                            "sealward.key.state",
                            state,
                            e -> e.state().status() == status ? 1 : 0,
                            ofProvider,
                            ofKey,
                            named));
        }
        events.when(
                KeyStands.class,
                metrics.state(
                        "sealward.key.state.since.seconds",
                        since,
                        e -> e.state().since().getEpochSecond(),
                        ofProvider,
                        ofKey));
        events.when(
                KeyStands.class,
                metrics.state(
                        "sealward.key.checked.seconds",
                        checked,
                        e -> e.state().checkedAt().getEpochSecond(),
                        ofProvider,
                        ofKey));
        events.when(
                SecretLookedUp.class,
                metrics.counter("sealward.key.cache", "Look-ups of unwrapped secrets.", e -> 1, cached));
    }

    private static void store(Events events, Metrics metrics) {
        Label<StoreCalled> method = Label.of("method", StoreCalled::method);
        Label<StoreCalled> outcome = Label.of("outcome", e -> e.status() == 0 ? "failed" : e.status() / 100 + "xx");
        Label<StoreConnected> success = Label.of("outcome", e -> e.success() ? "success" : "failed");
        Label<StoreWaited> turned = Label.of("outcome", e -> e.success() ? "success" : "failed");
        Label<StoreRepeated> why = Label.of("cause", e -> lower(e.cause()));
        LongAdder taken = new LongAdder();
        String calls = "Calls to the store, from the head of the request to that of the answer.";
        String repeats = "Reads that were sent to the store once more, as it had failed them.";
        String turns = "Waits of requests for their project's turn at the store.";
        String waits = "Waits of calls for a fresh connection to the store.";

        events.when(
                StoreCalled.class, metrics.timer("sealward.store.calls", calls, StoreCalled::nanos, method, outcome));
        events.when(
                StoreConnected.class, metrics.timer("sealward.store.connects", waits, StoreConnected::nanos, success));
        events.when(StoreWaited.class, metrics.timer("sealward.store.waits", turns, StoreWaited::nanos, turned));
        events.when(StoreRepeated.class, metrics.counter("sealward.store.repeats", repeats, e -> 1, why));
        events.when(ConnectionTaken.class, e -> taken.increment());
        events.when(ConnectionFreed.class, e -> taken.decrement());
        metrics.gauge("sealward.store.connections", "Connections to the store that serve a call.", taken::sum);
    }

    private static long ofProject(ExchangeEnded ended) {
        return ended.project().isPresent() ? 1 : 0;
    }

    /** Refused is what the request is to blame for; failed is all else, a client that left before the answer included. */
    private static String outcome(ExchangeEnded ended) {
        return switch (ended.status() / 100) {
            case 1, 2, 3 -> "success";
            case 4 -> "refused";
            default -> "failed";
        };
    }

    private static long ownFault(KekCalled called) {
        return called.failure().filter(KmsException::gatewaysOwn).isPresent() ? 1 : 0;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
