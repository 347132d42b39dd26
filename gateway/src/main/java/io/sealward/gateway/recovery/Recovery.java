package io.sealward.gateway.recovery;

import io.sealward.crypto.key.ObjectBinding;
import io.sealward.crypto.key.SealException;
import io.sealward.gateway.recovery.StoredObjects.Fetched;
import io.sealward.gateway.recovery.StoredObjects.Listed;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Opens every object that there is into a folder, one after the other. What fails is told, and the next is opened; what a former
 * run has opened is not opened again.
 *
 * @param place where an object of that key lay
 * @param failures gets a line for each object that was not opened
 */
public record Recovery(
        StoredObjects objects,
        Function<String, ObjectBinding> place,
        OwnKeys keys,
        TargetFolder target,
        Consumer<String> failures) {
    /** What became of the objects. */
    public record Outcome(long opened, long present, long failed) {}

    public Outcome run() throws IOException {
        long opened = 0;
        long present = 0;
        long failed = 0;
        try (Stream<Listed> all = objects.list()) {
            for (Listed object : (Iterable<Listed>) all::iterator) {
                try {
                    if (target.holds(object.key(), object.modified())) {
                        present++;
                    } else {
                        open(object.key());
                        opened++;
                    }
                } catch (SealException | IOException | RuntimeException failure) { // whatever it is, the next may open
                    failed++;
                    failures.accept(TargetFolder.shown(object.key()) + ": " + reason(failure));
                }
            }
        }
        return new Outcome(opened, present, failed);
    }

    private void open(String key) throws IOException, SealException {
        try (Fetched object = objects.fetch(key);
                Opening opening = Opening.of(object.metadata(), place.apply(key), keys)) {
            target.write(key, object.modified(), plaintext -> opening.copy(object.bytes(), plaintext));
        }
    }

    private static String reason(Exception failure) {
        String reason = failure instanceof RecoveryException
                ? failure.getMessage()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        return reason.replaceAll("\\p{Cc}+", " "); // the store may have written it
    }
}
