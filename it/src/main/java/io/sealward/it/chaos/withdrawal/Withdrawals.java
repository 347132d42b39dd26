package io.sealward.it.chaos.withdrawal;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Withdraws a key under load and gives it back, again and again, and measures at the clients: when the last byte of content came,
 * when the last sealed byte reached the store, what failed when, and what another tenant noticed.
 */
public final class Withdrawals {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration WATCHED_BEYOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long GLANCE_MILLIS = 5;
    private static final int MAX_STEPS = 1500;
    private static final int FINEST_STEP_MILLIS = 100;

    private final Deployment deployment;
    private final LoadPlan plan;
    private final PrintStream out;
    private final Ledger ledger = new Ledger();
    private final Random random = new Random(1);
    private final long runBegan = System.nanoTime();

    private Withdrawals(Deployment deployment, LoadPlan plan, PrintStream out) {
        this.deployment = deployment;
        this.plan = plan;
        this.out = out;
    }

    /**
     * Runs them to the end.
     *
     * @param count how many there are
     * @param out is told of each
     * @throws IOException if the key cannot be switched, or the load does not get under way
     */
    public static Report run(Deployment deployment, LoadPlan plan, int count, PrintStream out)
            throws IOException, InterruptedException {
        return new Withdrawals(deployment, plan, out).run(count);
    }

    private Report run(int count) throws IOException, InterruptedException {
        Instant began = Instant.now();
        List<Round> rounds = new ArrayList<>();
        try (Load load = Load.start(deployment.tenant(), deployment.other(), plan, ledger)) {
            for (int i = 0; i < count; i++) {
                Round round = round(
                        deployment.switches().get(i % deployment.switches().size()));
                rounds.add(round);
                out.printf(
                        "%3d %-8s last plaintext %6.0f ms, last sealed %6.0f ms, first error %5.0f ms, back after %5.0f ms,"
                                + " late %d, other tenant's errors %d%n",
                        i + 1,
                        round.how(),
                        round.lastPlaintext(),
                        Report.orNone(round.lastSealed()),
                        Report.orNone(round.firstError()),
                        Report.orNone(round.firstSuccess()),
                        round.lateSuccesses(),
                        round.otherErrors());
            }
            return report(began, rounds, load.endAndCountLost());
        }
    }

    private Report report(Instant began, List<Round> rounds, int lost) {
        long end = System.nanoTime();
        int step = Math.max(FINEST_STEP_MILLIS, (int) (millis(end - runBegan) / MAX_STEPS));
        return new Report(
                deployment.name(),
                began,
                deployment.bound().canary().toMillis(),
                deployment.bound().total().toMillis(),
                plan,
                rounds,
                ledger.wrongReads(),
                lost,
                Timeline.of(ledger.all(), runBegan, end, step));
    }

    private Round round(KeySwitch key) throws IOException, InterruptedException {
        awaitLoad(System.nanoTime());
        long quiet = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(
                QUIET.toNanos() + random.nextLong(deployment.bound().canary().toNanos()));
        key.withdraw();
        long withdrawn = System.nanoTime();
        long bound = withdrawn + deployment.bound().total().toNanos();
        sleepUntil(bound + WATCHED_BEYOND.toNanos());
        long lastPlaintext = ledger.lastPlaintext();
        OptionalDouble lastSealed = deployment.lastSealed().get().stream()
                .mapToDouble(nanos -> millis(nanos - withdrawn))
                .findAny();
        long watched = System.nanoTime();
        key.giveBack();
        long givenBack = System.nanoTime();
        OptionalDouble firstSuccess = firstSuccess(givenBack);
        List<Request> after = ledger.between(withdrawn, watched);
        List<Request> other = others(quiet, watched);
        return new Round(
                key.name(),
                millis(withdrawn - runBegan),
                millis(givenBack - runBegan),
                millis(lastPlaintext - withdrawn),
                lastSealed,
                after.stream()
                        .filter(request -> ofTenant(request) && !request.good())
                        .mapToDouble(request -> millis(request.ended() - withdrawn))
                        .min(),
                firstSuccess,
                (int) after.stream()
                        .filter(request -> ofTenant(request) && request.good() && request.began() > bound)
                        .count(),
                (int) other.stream().filter(request -> !request.good()).count(),
                Latency.of(others(quiet, withdrawn)),
                Latency.of(others(withdrawn, watched)));
    }

    private List<Request> others(long from, long to) {
        return ledger.between(from, to).stream()
                .filter(request -> request.is(Role.Kind.OTHER))
                .toList();
    }

    private static boolean ofTenant(Request request) {
        return request.is(Role.Kind.READ) || request.is(Role.Kind.WRITE);
    }

    /** Returns when every kind of client gets on with its work. */
    private void awaitLoad(long since) throws IOException, InterruptedException {
        boolean works = await(() -> ledger.lastPlaintext(Role.DOWNLOAD) > since
                && ledger.succeeded(Role.HOT_READ, since)
                && ledger.succeeded(Role.WRITE, since)
                && ledger.succeeded(Role.OTHER_READ, since));
        if (!works) {
            throw new IOException("the load did not get under way within " + PATIENCE.toSeconds() + " s");
        }
    }

    private OptionalDouble firstSuccess(long since) throws InterruptedException {
        boolean back = await(() -> ledger.succeeded(Role.HOT_READ, since) && ledger.succeeded(Role.WRITE, since));
        return back ? OptionalDouble.of(millis(System.nanoTime() - since)) : OptionalDouble.empty();
    }

    private static boolean await(BooleanSupplier event) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!event.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(GLANCE_MILLIS);
        }
        return true;
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }
}
