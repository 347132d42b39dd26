package io.sealward.it.chaos.schedule;

import io.sealward.it.packaged.PackagedGateway;
import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A few clients at a few keys, and a gateway that is killed while they work: amid a request of a kind, after so many bytes of it and of
 * its answer, as a seed says.
 */
final class Kill {
    private static final List<Amid> KINDS = List.of(Amid.values());
    private static final int STEPS = 6;
    private static final int FARTHEST = 100_000;
    private static final int FARTHEST_WITHOUT_CONTENT = 2_000;

    private final Plot plot;
    private final Amid amid;
    private final long at;
    private final int victim;
    private final AtomicBoolean done = new AtomicBoolean();

    /** @param nodes there are */
    Kill(long seed, int nodes) {
        Random random = new Random(seed);
        this.plot = new Plot(seed);
        this.amid = KINDS.get(Math.floorMod(seed, KINDS.size()));
        int farthest = amid == Amid.PUT || amid == Amid.PART ? FARTHEST : FARTHEST_WITHOUT_CONTENT;
        this.at = (long) Math.exp(random.nextDouble() * Math.log(farthest));
        this.victim = random.nextInt(nodes);
    }

    /** What is wrong after it; nothing if all held. */
    List<String> run(Nodes nodes) throws IOException, InterruptedException {
        Crowd crowd = new Crowd(plot);
        Node killed = nodes.all().get(victim);
        List<PackagedGateway> gateways = nodes.all().stream().map(Node::gateway).toList();
        if (gateways.size() == 1) {
            work(crowd, killed, killed.project());
        } else {
            try (Balancer balancer = Balancer.start(gateways, nodes.folder())) {
                work(crowd, killed, balancer.target(killed.project()));
            }
        }
        List<String> wrong = new ArrayList<>();
        for (Node node : nodes.all()) {
            node.revive();
            wrong.addAll(crowd.wrong(node.project()));
            wrong.addAll(node.wrong());
        }
        wrong.addAll(nodes.inTheClear());
        return wrong;
    }

    private void work(Crowd crowd, Node killed, S3Target gateway) {
        crowd.prepare(gateway);
        Tripwire wire = new Tripwire(amid::isOf, at, () -> {
            killed.kill();
            done.set(true);
        });
        killed.link().lay(wire);
        crowd.work(number -> {
            try (Worker worker = new Worker(crowd.client(gateway), plot, number)) {
                for (int i = 0; i < STEPS; i++) {
                    worker.step(Optional.empty());
                }
            }
        });
        wire.disarm();
    }

    /** Whether it came to it: a schedule may have no such request, or one that is shorter. */
    Optional<Amid> done() {
        return Optional.of(amid).filter(kind -> done.get());
    }

    @Override
    public String toString() {
        return "seed " + plot.seed() + ": node " + victim + " is killed amid a " + amid + ", after " + at + " bytes";
    }
}
