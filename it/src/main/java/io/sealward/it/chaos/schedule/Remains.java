package io.sealward.it.chaos.schedule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/** What must not be left when nothing is under way any more: content in the clear at the store, and anything that is held. */
final class Remains {
    private static final Pattern HELD = Pattern.compile(
            "(?m)^(sealward_(?:exchanges|memory_requests|store_requests|store_waiting|documents)\\S*) ([0-9.eE]+)$");
    private static final int PATIENCE = 600;
    private static final long PAUSE_MILLIS = 50;

    private Remains() {}

    /** @param prefix of the keys to look at */
    static List<String> of(World world, String prefix) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        List<String> held = held(world);
        for (int tries = 1; !held.isEmpty() && tries < PATIENCE; tries++) {
            Thread.sleep(PAUSE_MILLIS);
            held = held(world);
        }
        held.forEach(metric -> wrong.add("still held when all was over: " + metric));
        try (S3Client store = SdkClients.sync(world.store())) {
            store.listObjectsV2(r -> r.bucket(World.BUCKET).prefix(prefix)).contents().stream()
                    .map(object -> object.key())
                    .filter(key -> new String(
                                    store.getObjectAsBytes(
                                                    r -> r.bucket(World.BUCKET).key(key))
                                            .asByteArray(),
                                    ISO_8859_1)
                            .contains(Contents.PLANTED))
                    .forEach(key -> wrong.add("content in the clear at the store: " + key));
        }
        return wrong;
    }

    private static List<String> held(World world) {
        String metrics;
        try (var in = new URL(world.management() + "/metrics").openStream()) {
            metrics = new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> held = new ArrayList<>();
        Matcher lines = HELD.matcher(metrics);
        int found = 0;
        while (lines.find()) {
            found++;
            if (Double.parseDouble(lines.group(2)) != 0) {
                held.add(lines.group());
            }
        }
        if (found == 0) {
            throw new IllegalStateException("the gateway tells nothing of what it holds");
        }
        return held;
    }
}
