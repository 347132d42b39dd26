package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.AuditEvent;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryOnH2Test extends RegistryTest {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.h2Shared("registry" + UUID.randomUUID());
    }

    @Test
    void what_a_file_holds_outlives_the_gateway(@TempDir Path files) {
        TestDatabase file = TestDatabase.h2File(files);
        NewAdminKey key;
        try (KeystoreOpener opener = new KeystoreOpener(files.resolve("k.bcfks"))) {
            try (Registry registry = Registry.open(file.settings(), opener, Clock.systemUTC())) {
                key = registry.adminKeys().createFirst("one", "first").orElseThrow();
            }
            try (Registry registry = Registry.open(file.settings(), opener, Clock.systemUTC())) {
                assertThat(registry.adminKeys().authenticate(key.token())).contains(key.key());
                assertThat(registry.adminKeys().createFirst("one", "first")).isEmpty();
                assertThat(registry.organizations().list()).hasSize(1);
            }
        }
    }

    @Test
    void a_file_that_another_process_holds_is_said_to_be_in_use(@TempDir Path files) throws Exception {
        TestDatabase file = TestDatabase.h2File(files);
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldDatabase.class.getName(),
                        file.settings().jdbcUrl())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.getInputStream().read()).as("the holder is up").isEqualTo('!');
            assertThatThrownBy(() -> Database.open(file.settings()))
                    .isInstanceOfSatisfying(RegistryException.class, e -> {
                        assertThat(e.reason()).isEqualTo(RegistryException.Reason.IN_USE);
                        assertThat(e).hasMessageContaining("in use by another process");
                    });
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_gateway_that_is_told_to_stop_still_has_its_database(@TempDir Path files) throws Exception {
        TestDatabase file = TestDatabase.h2File(files);
        Process stopped = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DrainingGateway.class.getName(),
                        files.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = stopped.inputReader();
        assertThat(output.lines().anyMatch("up"::equals))
                .as("the gateway is up")
                .isTrue();
        stopped.destroy();
        assertThat(stopped.waitFor(30, TimeUnit.SECONDS)).isTrue();

        try (KeystoreOpener opener = new KeystoreOpener(files.resolve("k.bcfks"));
                Registry registry = Registry.open(file.settings(), opener, Clock.systemUTC())) {
            assertThat(registry.organizations().list()).hasSize(1);
            AuditEntries.Filter all = new AuditEntries.Filter(Map.of(), List.of(), List.of(), List.of(), List.of());
            assertThat(registry.auditEntries()
                            .list("org-1", all, new Page.Request(Optional.empty(), 10, Page.Order.ASC))
                            .data())
                    .hasSize(1);
        }
    }

    /** Changes the registry and leaves an audit event a second after it was told to stop. */
    static final class DrainingGateway {
        public static void main(String[] args) throws Exception {
            Path files = Path.of(args[0]);
            Registry registry = Registry.open(
                    TestDatabase.h2File(files).settings(),
                    new KeystoreOpener(files.resolve("k.bcfks")),
                    Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                pause(1_000);
                registry.organizations().create("while draining");
                registry.audit().record("org-1", new Actor.Gateway(), new AuditEvent.ProjectArchived("proj_1"));
                registry.close();
            }));
            System.out.println("up");
            pause(60_000);
        }

        private static void pause(long millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Keeps a database open until it is killed. */
    static final class HoldDatabase {
        public static void main(String[] args) throws Exception {
            Connection connection = DriverManager.getConnection(args[0]);
            System.out.print('!');
            System.out.flush();
            Thread.sleep(60_000);
            connection.close();
        }
    }
}
