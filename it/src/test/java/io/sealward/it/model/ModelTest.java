package io.sealward.it.model;

import io.sealward.it.model.Reads.Span;
import io.sealward.it.stack.Multipart;
import io.sealward.it.stack.Stack;
import io.sealward.it.store.SdkClients;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Whatever two writers ask of a bucket, one request after the other, comes of it what comes of it in a map. jqwik prints the
 * seed of a script that fails, with the script made as short as it can be. Longer: {@code -Djqwik.tries.default=N}; over a store
 * that keeps versions, those too.
 */
class ModelTest {
    private static final Stack STACK = Stack.http();
    private static final int FRAME = 65_536;
    private static final int PART = Multipart.SMALLEST_PART_BYTES;

    /** The largest part that ends in two terminators. */
    private static final int TWICE = PART - 48;

    private static boolean conditional;
    private static boolean versioned;
    private static S3Client client;

    @BeforeContainer
    static void start() throws Exception {
        STACK.start();
        client = SdkClients.builder(STACK.gateway())
                .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
        conditional = STACK.isEmbedded();
        versioned = keepsVersions(STACK.bucket());
    }

    @AfterContainer
    static void stop() throws Exception {
        client.close();
        STACK.stop();
    }

    private static boolean keepsVersions(String bucket) {
        try {
            client.putBucketVersioning(
                    r -> r.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
            return true;
        } catch (S3Exception refused) {
            return false;
        }
    }

    @Property
    void aBucketIsAMap(@ForAll("scripts") List<Step> script) throws Exception {
        run(script, false);
    }

    @Property
    void aBucketWithVersionsIsAMapOfLists(@ForAll("scripts") List<Step> script) throws Exception {
        if (versioned) {
            run(script, true);
        }
    }

    private static void run(List<Step> script, boolean versions) throws Exception {
        String bucket = STACK.bucket();
        if (versions) {
            keepsVersions(bucket);
        }
        Bench bench = new Bench(client, STACK.gateway(), bucket, versions);
        for (Step step : script) {
            step.run(bench);
        }
        for (int key = 0; key < Bench.KEYS.size(); key++) {
            new Reads.Get(key, new Span(Span.Kind.ALL, 0, 0), Condition.NONE).run(bench);
        }
        new Reads.List2("", "", 1000).run(bench);
        for (int writer = 0; writer < 2; writer++) {
            new Uploads.Abort(writer).run(bench);
            new SlowPuts.End(writer, false).run(bench);
        }
    }

    @Provide
    Arbitrary<List<Step>> scripts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, puts()),
                        Tuple.of(8, reads()),
                        Tuple.of(3, copies()),
                        Tuple.of(3, deletions()),
                        Tuple.of(8, uploads()),
                        Tuple.of(3, slowPuts()),
                        Tuple.of(2, listings()))
                .list()
                .ofMaxSize(60)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Integer> keys() {
        return Arbitraries.integers().between(0, Bench.KEYS.size() - 1);
    }

    private static Arbitrary<Integer> writers() {
        return Arbitraries.of(0, 1);
    }

    private static Arbitrary<Integer> notes() {
        return Arbitraries.integers().between(0, 9);
    }

    private static Arbitrary<Condition> conditions() {
        return Arbitraries.frequency(
                Tuple.of(4, Condition.NONE),
                Tuple.of(1, Condition.IF_ABSENT),
                Tuple.of(1, Condition.IF_CURRENT),
                Tuple.of(1, Condition.IF_OTHER));
    }

    private static Arbitrary<Content> contents() {
        return content(Arbitraries.oneOf(
                Arbitraries.of(0, 1, 100, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 7),
                Arbitraries.integers().between(0, 300_000)));
    }

    private static Arbitrary<Content> parts() {
        return content(Arbitraries.of(0, 1, FRAME, 100_000, TWICE, PART, PART, PART, PART + 1, PART + FRAME));
    }

    private static Arbitrary<Content> content(Arbitrary<Integer> sizes) {
        return Combinators.combine(sizes, Arbitraries.integers().between(1, 1000))
                .as(Content::new);
    }

    private static Arbitrary<Integer> positions() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        0, 1, FRAME - 1, FRAME, FRAME + 1, PART - 1, PART, PART + 1, 2 * PART, Integer.MAX_VALUE),
                Arbitraries.of(-1, -2, -FRAME, -FRAME - 1, -PART),
                Arbitraries.integers().between(-300_000, 300_000));
    }

    private static Arbitrary<Step> puts() {
        return Combinators.combine(keys(), contents(), notes(), conditions())
                .as((key, content, note, condition) ->
                        new Writes.Put(key, content, note, conditional ? condition : Condition.NONE));
    }

    private static Arbitrary<Step> reads() {
        Arbitrary<Span> spans = Combinators.combine(Arbitraries.of(Span.Kind.class), positions(), positions())
                .as(Span::new);
        return Arbitraries.oneOf(
                Combinators.combine(keys(), spans, conditions()).as(Reads.Get::new),
                keys().map(Reads.Head::new),
                Combinators.combine(keys(), notes()).as(Reads.GetVersion::new));
    }

    private static Arbitrary<Step> copies() {
        return Combinators.combine(keys(), keys(), notes().optional(), conditions())
                .as(Writes.Copy::new);
    }

    private static Arbitrary<Step> deletions() {
        return Arbitraries.oneOf(
                keys().map(Writes.Delete::new),
                Combinators.combine(keys(), notes()).as(Writes.DeleteVersion::new),
                keys().list().ofMinSize(1).ofMaxSize(4).map(Writes.DeleteMany::new));
    }

    private static Arbitrary<Step> uploads() {
        Arbitrary<Step> send = Combinators.combine(
                        writers(), Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1)), parts())
                .as(Uploads.Send::new);
        return Arbitraries.frequencyOf(
                Tuple.of(2, Combinators.combine(writers(), keys(), notes()).as(Uploads.Begin::new)),
                Tuple.of(4, send),
                Tuple.of(
                        2,
                        Combinators.combine(
                                        writers(),
                                        keys(),
                                        Arbitraries.integers().between(0, 6_000_000),
                                        Arbitraries.of(1, FRAME, 100_000, PART, PART + 1))
                                .as(Uploads.SendCopy::new)),
                Tuple.of(1, writers().map(Uploads.Parts::new)),
                Tuple.of(2, writers().map(Uploads.Complete::new)),
                Tuple.of(1, writers().map(Uploads.Abort::new)));
    }

    private static Arbitrary<Step> slowPuts() {
        return Arbitraries.oneOf(
                Combinators.combine(writers(), keys(), contents().filter(content -> content.size() > 0), notes())
                        .as(SlowPuts.Begin::new),
                Combinators.combine(writers(), Arbitraries.of(true, true, false))
                        .as(SlowPuts.End::new));
    }

    private static Arbitrary<Step> listings() {
        return Combinators.combine(
                        Arbitraries.of("", "b/", "b/d", "ü"), Arbitraries.of("", "/"), Arbitraries.of(1, 2, 1000))
                .as(Reads.List2::new);
    }
}
