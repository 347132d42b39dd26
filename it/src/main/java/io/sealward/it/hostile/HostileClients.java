package io.sealward.it.hostile;

import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        description = "Hostile clients against a packaged gateway, and a well-behaved one beside them.")
final class HostileClients implements Callable<Integer> {
    private static final int LARGE_BYTES = 64 << 20;
    private static final int PART_BYTES = 5 << 20;
    private static final int FULL_PARTS = 3;
    private static final int LISTED_KEYS = 1000;
    private static final int MAX_SLOWDOWN = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration SAMPLE = Duration.ofMillis(250);

    @Option(names = "--seconds", defaultValue = "30", description = "How long each attack lasts.")
    private int seconds;

    @Option(names = "--clients", defaultValue = "4000", description = "At most so many at once.")
    private int clients;

    @Option(names = "--only", description = "The name of an attack to try, instead of all. May be repeated.")
    private Set<String> only = Set.of();

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

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("sealward-hostile");
        System.out.println("The gateway's log is " + folder.resolve("gateway.log"));
        try (StoreProcess store = StoreProcess.start()) {
            try (GatewayProcess first = GatewayProcess.start(launcher, folder, store.target())) {
                prepare(first.target("hostile"));
            }
            try (GatewayProcess gateway = GatewayProcess.start(launcher, folder, store.target()); // knows no layout
                    WellBehaved wellBehaved = new WellBehaved(gateway.target("well-behaved"))) {
                boolean held = tryAll(gateway, wellBehaved);
                System.out.println(held ? "held" : "not held");
                return held ? 0 : 1;
            }
        }
    }

    /** Between the attacks all is quiet: what a machine with other work to do takes then is what they are held against. */
    private boolean tryAll(GatewayProcess gateway, WellBehaved wellBehaved) throws Exception {
        List<Row> quiet = new ArrayList<>();
        List<Row> tried = new ArrayList<>();
        during(gateway, wellBehaved, () -> sleep(WARM_UP)); // until the code is compiled
        System.out.printf(
                "%-24s %9s %9s %8s %10s %10s %8s %8s%n",
                "", "median", "requests", "errors", "heap MiB", "direct MiB", "sent MiB", "cut");
        for (Attack attack : new Attacks(new SignedHeads(gateway.target("hostile"))).all()) {
            if ((only.isEmpty() || only.contains(attack.name())) && gateway.alive()) {
                quiet.add(quiet(gateway, wellBehaved));
                tried.add(tried(gateway, wellBehaved, attack.with(clients)));
            }
        }
        quiet.add(quiet(gateway, wellBehaved));
        Duration usual = median(quiet);
        Duration slowest = tried.stream()
                .map(row -> row.seen().median())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        System.out.printf(
                "The slowest median is %.1f times the quiet one of %.1f ms; %d times are allowed.%n",
                (double) slowest.toNanos() / usual.toNanos(), usual.toNanos() / 1e6, MAX_SLOWDOWN);
        return Stream.concat(quiet.stream(), tried.stream()).allMatch(Row::held)
                && slowest.compareTo(usual.multipliedBy(MAX_SLOWDOWN)) <= 0;
    }

    private static Duration median(List<Row> rows) {
        return rows.stream()
                .map(row -> row.seen().median())
                .sorted()
                .skip(rows.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static Row quiet(GatewayProcess gateway, WellBehaved wellBehaved) throws Exception {
        Row row = during(gateway, wellBehaved, () -> sleep(QUIET));
        print("quiet", row, new Swarm.Outcome(0, 0));
        return row;
    }

    private Row tried(GatewayProcess gateway, WellBehaved wellBehaved, Attack attack) throws Exception {
        CompletableFuture<Swarm.Outcome> outcome = new CompletableFuture<>();
        Duration time = Duration.ofSeconds(seconds);
        Row row = during(
                gateway,
                wellBehaved,
                () -> outcome.complete(
                        new Swarm(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()), attack)
                                .run(time)));
        print(attack.name(), row, outcome.get());
        return row;
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

    private static void print(String name, Row row, Swarm.Outcome outcome) {
        System.out.printf(
                "%-24s %6.1f ms %9d %8d %10d %10d %8d %8d%s%n",
                name,
                row.seen().median().toNanos() / 1e6,
                row.seen().requests(),
                row.seen().errors().size(),
                row.peak().heap() >> 20,
                row.peak().direct() >> 20,
                outcome.bytes() >> 20,
                outcome.cut(),
                row.alive() ? "" : "  the gateway has ended");
        row.seen().errors().stream().distinct().limit(3).forEach(error -> System.out.println("    " + error));
    }
}
