package io.sealward.it.chaos.schedule;

import io.sealward.gateway.config.Secret;
import io.sealward.gateway.config.TrailConfig;
import io.sealward.gateway.trail.TrailCheck;
import io.sealward.gateway.trail.TrailException;
import io.sealward.it.packaged.Launcher;
import io.sealward.it.packaged.PackagedGateway;
import io.sealward.it.store.S3Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A packaged gateway that is killed and started again, with the same configuration, keystore and audit trail. */
final class Node {
    private static final String TRAIL_KEY = "the-key-of-an-audit-trail-of-chaos";
    private static final String CONFIG = """
            s3:
              host: 127.0.0.1
              port: 0
            store:
              endpoint: %s
              access-key: %s
              secret-key: %s
            kek:
              keystore: %s
              password: ${ENV:SEALWARD_KEYSTORE_PASSWORD}
            projects:
              - organization: org-chaos
                project: proj_chaos
                credentials:
                  - access-key: %s
                    secret-key: %s
                buckets: ["%s"]
            audit:
              trail:
                folder: %s
                key: ${ENV:CHAOS_TRAIL_KEY}
                file-size: 64KiB
                head-interval: 1s
            drain-delay: 0s
            management:
              host: 127.0.0.1
              port: 0
            """;

    private static final String ACCESS_KEY = "chaos";
    private static final String SECRET_KEY = "secret-of-chaos";

    private final Launcher launcher;
    private final FaultyLink link;
    private final Path config;
    private final Path trail;
    private final Map<String, String> environment;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private PackagedGateway gateway;

    /**
     * Returns when it serves.
     *
     * @param folder for all that it keeps but its keystore, and for its temporary files
     * @param link to the store, of this node alone
     */
    Node(Launcher launcher, Path folder, Path keystore, FaultyLink link) throws IOException {
        this.launcher = launcher;
        this.link = link;
        this.trail = folder.resolve("audit");
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        this.environment = Map.of(
                "SEALWARD_KEYSTORE_PASSWORD",
                Nodes.KEYSTORE_PASSWORD,
                "CHAOS_TRAIL_KEY",
                TRAIL_KEY,
                "JAVA_TOOL_OPTIONS",
                "-Djava.io.tmpdir=" + temporary);
        S3Target store = link.target();
        this.config = Files.writeString(
                folder.resolve("sealward.yaml"),
                CONFIG.formatted(
                        store.endpoint(),
                        store.accessKey(),
                        store.secretKey(),
                        keystore,
                        ACCESS_KEY,
                        SECRET_KEY,
                        World.BUCKET,
                        trail));
        start();
    }

    private void start() throws IOException {
        gateway = PackagedGateway.serve(launcher, environment, config, line -> {
            if (line.contains(Contents.PLANTED) || line.contains("LEAK:")) {
                wrong.add("logged: " + line);
            }
        });
    }

    PackagedGateway gateway() {
        return gateway;
    }

    FaultyLink link() {
        return link;
    }

    /** The tenant at this node. */
    S3Target project() {
        return S3Target.of(gateway.s3(), ACCESS_KEY, SECRET_KEY);
    }

    void kill() {
        gateway.kill();
    }

    /** Starts it again if it was killed; nothing more happens to it. */
    void revive() throws IOException {
        link.heal();
        if (!gateway.process().isAlive()) {
            start();
        }
    }

    /** What is wrong of its log and its trail, each once. */
    List<String> wrong() throws IOException {
        List<String> found = new ArrayList<>();
        for (String line = wrong.poll(); line != null; line = wrong.poll()) {
            found.add(line);
        }
        try {
            TrailCheck.run(
                    new TrailConfig(
                            trail,
                            new Secret(TRAIL_KEY),
                            TrailConfig.Objects.HASH,
                            1L << 16,
                            Duration.ZERO,
                            Duration.ofSeconds(1)),
                    Optional.empty());
        } catch (TrailException e) {
            found.add("the audit trail: " + e.getMessage());
        }
        return found;
    }
}
