package io.sealward.it.chaos;

import io.sealward.it.chaos.withdrawal.Bound;
import io.sealward.it.chaos.withdrawal.Deployment;
import io.sealward.it.chaos.withdrawal.Side;
import io.sealward.it.packaged.Folder;
import io.sealward.it.packaged.Launcher;
import io.sealward.it.packaged.Resources;
import io.sealward.it.packaged.Stage;
import io.sealward.it.packaged.StagePlan;
import io.sealward.it.packaged.Tenant;
import io.sealward.it.store.S3Target;
import io.sealward.it.store.SdkClients;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;

/** A gateway from its package, with a store of files, two tenants and a stand-in of their cloud, all on this machine. */
final class StagedDeployment {
    private static final Duration CACHED = Duration.ofSeconds(60);
    private static final int ANY_PORT = 0;
    private static final int TENANTS = 2;

    private StagedDeployment() {}

    /**
     * Sets it up.
     *
     * @param cloud as {@link Stage} names it
     * @param resources own all that is started
     */
    static Deployment set(String cloud, List<KeyWithdrawal> ways, Duration canary, Resources resources)
            throws IOException {
        Folder folder = resources.own(() -> Folder.temporary("sealward-chaos-"));
        Stage stage = Stage.set(
                Launcher.of(resources), cloud, folder.path(), new StagePlan(ANY_PORT, TENANTS, CACHED, canary));
        Tenant tenant = stage.tenant();
        Side side = side(tenant);
        return new Deployment(
                cloud + ", played on this machine",
                side,
                side(stage.tenant()),
                ways.stream().map(way -> way.of(tenant.key())).toList(),
                new Bound(canary, Duration.ZERO),
                () -> stage.arrivals().last(side.bucket()));
    }

    private static Side side(Tenant tenant) throws IOException {
        S3Target target = tenant.createCredential(tenant.createProject(tenant.register()));
        String bucket = "chaos-" + UUID.randomUUID();
        try (S3Client client = SdkClients.sync(target)) {
            client.createBucket(r -> r.bucket(bucket));
        }
        return new Side(target, bucket);
    }
}
