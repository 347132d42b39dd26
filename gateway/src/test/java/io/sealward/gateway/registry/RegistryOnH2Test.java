package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.audit.Actor;
import io.sealward.gateway.audit.AuditEvent;
import io.sealward.gateway.registry.database.Database;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.database.RegistryException;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.AuditEntries;
import io.sealward.gateway.registry.table.NewAdminKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryOnH2Test extends RegistryTest {
    @Override
    TestDatabase newDatabase() {
        return TestDatabase.h2Shared("registry" + UUID.randomUUID());
    }

    @Test
    void whatAFileHoldsOutlivesTheGateway(@TempDir Path files) {
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
    void whatTheDatabaseKeepsOnDiskIsItsOwnersAlone(@TempDir Path files) throws Exception {
        Path folder = files.resolve("new");
        TestDatabase file = TestDatabase.h2File(folder);
        for (int run = 0; run < 2; run++) {
            try (KeystoreOpener opener = new KeystoreOpener(files.resolve("k.bcfks"));
                    Registry registry = Registry.open(file.settings(), opener, Clock.systemUTC())) {
                registry.organizations().create("one");
                assertThatThrownBy(() -> registry.adminKeys()
                                .create("org-1", "n".repeat(300), AdminKey.Scope.WRITE, new Actor.Gateway()))
                        .isInstanceOf(RegistryException.class); // what is refused leaves no trace
                assertOwnersAlone(folder);
            }
            assertOwnersAlone(folder);
            Files.setPosixFilePermissions(
                    folder.resolve("registry.mv.db"), PosixFilePermissions.fromString("rw-r--r--")); // as made before
        }
    }

    private static void assertOwnersAlone(Path folder) throws IOException {
        try (Stream<Path> kept = Files.list(folder)) {
            assertThat(kept).isNotEmpty().allSatisfy(path -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .as(path.toString())
                    .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void theEmbeddedRegistryTakesTheNewKeyWhenItIsOpened(@TempDir Path files) {
        TestDatabase file = TestDatabase.h2File(files);
        RegistrySettings renewed =
                RegistrySettings.at(file.settings().database().jdbcUrl(), "", "", new byte[16]);
        try (KeystoreOpener opener = new KeystoreOpener(files.resolve("k.bcfks"))) {
            Registry.open(file.settings(), opener, Clock.systemUTC()).close();
            Registry.open(renewed.withFormer(file.settings().secrets()), opener, Clock.systemUTC())
                    .close();
            Registry.open(
                            RegistrySettings.at(renewed.database().jdbcUrl(), "", "", new byte[16]),
                            opener,
                            Clock.systemUTC())
                    .close();
            assertThatThrownBy(() -> Registry.open(file.settings(), opener, Clock.systemUTC()))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("another key");
        }
    }

    @Test
    void aFileThatAnotherProcessHoldsIsSaidToBeInUse(@TempDir Path files) throws Exception {
        TestDatabase file = TestDatabase.h2File(files);
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldDatabase.class.getName(),
                        file.settings().database().jdbcUrl())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.getInputStream().read()).as("the holder is up").isEqualTo('!');
            assertThatThrownBy(() -> Database.open(file.settings().database()))
                    .isInstanceOfSatisfying(RegistryException.class, e -> {
                        assertThat(e.reason()).isEqualTo(RegistryException.Reason.IN_USE);
                        assertThat(e).hasMessageContaining("in use by another process");
                    });
        } finally {
            holder.destroyForcibly().waitFor();
        }
    }

    @Test
    void aGatewayThatIsToldToStopStillHasItsDatabase(@TempDir Path files) throws Exception {
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
        assertThat(stopped.waitFor(5, TimeUnit.MINUTES)).isTrue();

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
                registry.audit().record("org-1", new Actor.Gateway(), AuditEvent.projectArchived("proj_1"));
                registry.close();
            }));
            System.out.println("up");
            pause(600_000);
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
            Thread.sleep(600_000);
            connection.close();
        }
    }
}
