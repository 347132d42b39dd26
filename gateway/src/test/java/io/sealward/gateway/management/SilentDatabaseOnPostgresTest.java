package io.sealward.gateway.management;

import static io.sealward.gateway.management.ManagementApiTest.PROJECTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.Postgres;
import io.sealward.gateway.registry.SilentRelay;
import io.sealward.gateway.tenant.Admission;
import io.sealward.gateway.tenant.S3Credential;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry's database keeps its connections open, and answers nothing any more. */
class SilentDatabaseOnPostgresTest {
    /** More than there are connections to the database, and threads that may wait for it. */
    private static final int CALLS = 40;

    private final ExecutorService clients = Executors.newFixedThreadPool(CALLS);
    private SilentRelay relay;
    private KeystoreOpener opener;
    private TestServer server;
    private ApiClient api;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        relay = new SilentRelay(Postgres.database());
        opener = new KeystoreOpener(directory.resolve("keys.bcfks"));
        server = new TestServer(relay.database(), opener);
        api = new ApiClient(server.uri(), server.bootstrap("Tenant").token(), new OpenApi(), new StringWriter());
    }

    @AfterEach
    void stop() throws Exception {
        clients.shutdownNow();
        if (server != null) {
            relay.close(); // or the end of the server waits for the database, too
            server.close();
            opener.close();
        }
    }

    @Test
    void everyCallIsAnsweredAndWhatIsKnownServesOn() throws Exception {
        String project = PROJECTS + "/"
                + api.post(PROJECTS, "{\"name\":\"p\"}").ok().get("id").textValue();
        String accessKey = api.post(project + "/s3_credentials", "{\"name\":\"c\"}")
                .ok()
                .get("access_key_id")
                .textValue();
        relay.fallSilent();

        List<CompletableFuture<ApiClient.Answer>> answers = IntStream.range(0, CALLS)
                .mapToObj(i -> calling(i % 2 == 0 ? () -> api.get(project) : () -> api.post(project + "/archive", "")))
                .toList();
        S3Credential credential = server.registry.credentials().find(accessKey).orElseThrow();
        Admission admission = server.registry.buckets().admit(credential);
        for (CompletableFuture<ApiClient.Answer> answer : answers) {
            answer.get().error(503);
            admission.requireHolding();
        }
        assertThat(api.get("/healthz").status()).isEqualTo(200);
    }

    private CompletableFuture<ApiClient.Answer> calling(Supplier<ApiClient.Answer> call) {
        return CompletableFuture.supplyAsync(call, clients);
    }
}
