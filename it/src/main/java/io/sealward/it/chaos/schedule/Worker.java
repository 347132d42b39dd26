package io.sealward.it.chaos.schedule;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One client of a schedule, whose steps follow from a seed. */
final class Worker implements AutoCloseable {
    private static final List<Step> ORDINARY = List.of(
            Step.WRITE,
            Step.WRITE,
            Step.CREATE,
            Step.REPLACE,
            Step.DELETE,
            Step.UPLOAD,
            Step.COPY,
            Step.READ,
            Step.READ);
    private static final int[] SIZES = {64, 1000, 65_536, 70_000, 300_000};

    private final Client client;
    private final Plot plot;
    private final int number;
    private final Random random;
    private Optional<String> mine = Optional.empty();
    private Optional<String> etag = Optional.empty();
    private int steps;

    /** What a client does next. */
    private enum Step {
        WRITE,
        CREATE,
        REPLACE,
        DELETE,
        UPLOAD,
        COPY,
        READ,
        FAIL
    }

    Worker(Client client, Plot plot, int number) {
        this.client = client;
        this.plot = plot;
        this.number = number;
        this.random = new Random(plot.seed() * Crowd.CLIENTS + number);
    }

    /** @param own a fault of the client's, instead of what it would do */
    void step(Optional<Fault> own) {
        String key = plot.key(random.nextInt(plot.keys().size()));
        int bytes = SIZES[random.nextInt(SIZES.length)];
        String name = plot.name(number, steps++, bytes);
        switch (own.isPresent() ? Step.FAIL : ORDINARY.get(random.nextInt(ORDINARY.size()))) {
            case WRITE -> {
                etag = client.write(key, name);
                mine = Optional.of(name);
            }
            case CREATE -> client.create(key, name);
            case REPLACE -> {
                if (etag.isPresent()) {
                    client.replace(key, name, mine.orElseThrow(), etag.orElseThrow());
                }
            }
            case DELETE -> client.delete(key);
            case UPLOAD -> client.upload(key, name);
            case COPY -> client.copy(plot.source(), plot.sourceName(), key);
            case READ -> client.read(key);
            case FAIL -> fail(own.orElseThrow(), key, name, random.nextInt(bytes));
        }
    }

    private void fail(Fault own, String key, String name, int sent) {
        if (own == Fault.CLIENT_RESETS) {
            client.breakOff(key, name, sent);
        } else {
            client.writeTomorrow(key, name);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
