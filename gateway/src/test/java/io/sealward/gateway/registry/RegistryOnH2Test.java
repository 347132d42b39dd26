package io.sealward.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.UUID;
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
                key = registry.adminKeys()
                        .create(registry.organizations().create("one").id(), "first");
            }
            try (Registry registry = Registry.open(file.settings(), opener, Clock.systemUTC())) {
                assertThat(registry.adminKeys().authenticate(key.token())).contains(key.key());
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
