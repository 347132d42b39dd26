package io.sealward.it.hostile;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import io.sealward.it.store.SignedHeads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Tries each attack in turn against one gateway, and tells what another tenant's client saw and what memory it took. */
@Command(
        name = "hostile-clients",
        mixinStandardHelpOptions = true,
        description = {
            "Hostile clients of one tenant against a packaged gateway, and a well-behaved client of another beside them.",
            "Before and after each attack there is a quiet phase, which begins when the gateway has no connection, nothing is"
                    + " under way at the store, and the store answers as fast as at the start. The other client's median and 99th"
                    + " percentile in the attack are told as multiples of those of the two quiet phases around it.",
            "It holds if that client met no error, its median was never more than five times the quiet one, and heap and"
                    + " direct memory stayed within what the gateway was started with. With --quick the medians are only"
                    + " told: in so short a time on a busy machine they say little."
        })
final class HostileClients implements Callable<Integer> {
    private static final int LARGE_BYTES = 64 << 20;
    private static final int PART_BYTES = 5 << 20;
    private static final int FULL_PARTS = 3;
    private static final int LISTED_KEYS = 1000;
    private static final int MAX_SLOWDOWN = 5;
    private static final int QUICK_SECONDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration SAMPLE = Duration.ofMillis(250);

    @Option(names = "--seconds", defaultValue = "30", description = "How long each attack lasts.")
    private int seconds;

    @Option(names = "--clients", defaultValue = "4000", description = "At most so many at once.")
    private int clients;

    @Option(names = "--only", description = "The name of an attack to try, instead of all. May be repeated.")
    private Set<String> only = Set.of();

    @Option(names = "--quick", description = "Three seconds for each attack, and no judgement of the medians.")
    private boolean quick;

    @Option(names = "--launcher", required = true, description = "gateway/bin/sealward")
    private Path launcher;

    public static void main(String[] args) {
        System.exit(new CommandLine(new HostileClients()).execute(args));
    }

    /** @param peak garbage included */
    private record Row(WellBehaved.Seen seen, GatewayProcess.Memory peak, boolean alive) {
        /** But for how long the client's requests took. */
        boolean held() {
            return alive
                    && seen.errors().isEmpty()
                    && peak.heap() <= (long) GatewayProcess.HEAP_MIB << 20
                    && peak.direct() <= (long) GatewayProcess.DIRECT_MIB << 20;
        }
    }

    /** An attack between two quiet phases. */
    private record Trial(Attack attack, Swarm.Outcome outcome, Row row, WellBehaved.Seen quiet) {
        double times(int percent) {
            return (double) row.seen().percentile(percent) / quiet.percentile(percent);
        }
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("sealward-hostile");
        System.out.println("The gateway's log is " + folder.resolve("gateway.log"));
        try (StoreProcess store = StoreProcess.start()) {
            try (GatewayProcess first = GatewayProcess.start(launcher, folder, store.target())) {
                prepare(first.target("hostile"));
            }
            try (GatewayProcess gateway = GatewayProcess.start(launcher, folder, store.target()); // knows no layout
                    WellBehaved wellBehaved = new WellBehaved(gateway.target("well-behaved"));
                    Stillness stillness = new Stillness(gateway, store.target())) {
                boolean held = tryAll(gateway, wellBehaved, stillness);
                System.out.println(held ? "held" : "not held");
                return held ? 0 : 1;
            }
        }
    }

    /** Between the attacks all is quiet: what a machine with other work to do takes then is what they are held against. */
    private boolean tryAll(GatewayProcess gateway, WellBehaved wellBehaved, Stillness stillness) throws Exception {
        during(gateway, wellBehaved, () -> sleep(WARM_UP)); // until the code is compiled
        System.out.printf(
                "%-24s %9s %9s %9s %9s %7s %5s %5s %6s %8s %8s%n",
                "", "median", "p99", "slowest", "requests", "errors", "heap", "direct", "sent", "cut", "median, p99");
        Row before = quiet(gateway, wellBehaved, stillness);
        print("quiet", before, "");
        boolean held = before.held();
        for (Attack attack : new Attacks(new SignedHeads(gateway.target("hostile"))).all()) {
            if ((only.isEmpty() || only.contains(attack.name())) && gateway.alive()) {
                Attack fewer = attack.with(clients);
                CompletableFuture<Swarm.Outcome> outcome = new CompletableFuture<>();
                Row row = during(gateway, wellBehaved, () -> outcome.complete(attack(gateway, fewer)));
                Row after = quiet(gateway, wellBehaved, stillness);
                Trial trial = new Trial(fewer, outcome.get(), row, before.seen().and(after.seen()));
                print(trial);
                print("quiet", after, "");
                held &= row.held() && after.held() && (quick || trial.times(50) <= MAX_SLOWDOWN);
                before = after;
            }
        }
        return held;
    }

    private Swarm.Outcome attack(GatewayProcess gateway, Attack attack) throws IOException, InterruptedException {
        return new Swarm(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()), attack)
                .run(Duration.ofSeconds(quick ? QUICK_SECONDS : seconds));
    }

    private static Row quiet(GatewayProcess gateway, WellBehaved wellBehaved, Stillness stillness) throws Exception {
        wellBehaved.rest();
        stillness.await();
        return during(gateway, wellBehaved, () -> sleep(QUIET));
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Runs the work while the well-behaved client works and memory is watched. */
    private static Row during(GatewayProcess gateway, WellBehaved wellBehaved, Work work)
            throws IOException, InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<WellBehaved.Seen> seen =
                CompletableFuture.supplyAsync(() -> wellBehaved.work(() -> !over.get()));
        CompletableFuture<GatewayProcess.Memory> peak = CompletableFuture.supplyAsync(() -> watch(gateway, over));
        try {
            work.run();
        } finally {
            over.set(true);
        }
        return new Row(seen.join(), peak.join(), gateway.alive());
    }

    private static GatewayProcess.Memory watch(GatewayProcess gateway, AtomicBoolean over) {
        long heap = 0;
        long direct = 0;
        while (!over.get() && gateway.alive()) {
            try {
                GatewayProcess.Memory now = gateway.memory();
                heap = Math.max(heap, now.heap());
                direct = Math.max(direct, now.direct());
            } catch (IOException e) {
                // it is told by the client beside it if the gateway does not answer
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            sleep(SAMPLE);
        }
        return new GatewayProcess.Memory(heap, direct);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void prepare(S3Target gateway) {
        String bucket = Attacks.BUCKET.substring(1);
        try (S3Client client = SdkClients.sync(gateway)) {
            client.createBucket(r -> r.bucket(bucket));
            client.putObject(
                    r -> r.bucket(bucket).key(key(Attacks.LARGE)), RequestBody.fromBytes(new byte[LARGE_BYTES]));
            for (int i = 0; i < Attacks.OBJECTS_OF_PARTS; i++) {
                putParts(client, bucket, key(Attacks.PARTS) + i);
            }
            IntStream.range(0, LISTED_KEYS)
                    .parallel()
                    .forEach(i ->
                            client.putObject(r -> r.bucket(bucket).key("\"".repeat(200) + i), RequestBody.empty()));
        }
    }

    private static String key(String path) {
        return path.substring(Attacks.BUCKET.length() + 1);
    }

    private static void putParts(S3Client client, String bucket, String key) {
        String upload =
                client.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int number = 1; number <= FULL_PARTS + 1; number++) {
            int n = number;
            RequestBody body = RequestBody.fromBytes(new byte[n <= FULL_PARTS ? PART_BYTES : 1]);
            String etag = client.uploadPart(
                            r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(n), body)
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(n).eTag(etag).build());
        }
        client.completeMultipartUpload(
                r -> r.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(parts)));
    }

    private static void print(Trial trial) {
        print(
                trial.attack().name(),
                trial.row(),
                "%6d %8d %5.1fx %5.1fx"
                        .formatted(
                                trial.outcome().bytes() >> 20,
                                trial.outcome().cut(),
                                trial.times(50),
                                trial.times(99)));
    }

    private static void print(String name, Row row, String more) {
        System.out.printf(
                "%-24s %6.1f ms %6.1f ms %6.1f ms %9d %7d %5d %5d %s%s%n",
                name,
                row.seen().percentile(50) / 1e6,
                row.seen().percentile(99) / 1e6,
                row.seen().percentile(100) / 1e6,
                row.seen().nanos().size(),
                row.seen().errors().size(),
                row.peak().heap() >> 20,
                row.peak().direct() >> 20,
                more,
                row.alive() ? "" : "  the gateway has ended");
        row.seen().errors().stream().distinct().limit(3).forEach(error -> System.out.println("    " + error));
    }
}
