package io.sealward.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.certificate.PemFiles;
import io.sealward.gateway.config.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts rely on: exit statuses, where output goes, and one line for each failure. */
class SealwardTest {
    private static final String PASSWORD = "--password=correct horse";

    @TempDir
    Path folder;

    @Test
    void helpNamesEveryCommandAndSucceeds() {
        Invocation help = Invocation.of("--help");

        assertThat(help.status()).isZero();
        assertThat(help.text())
                .contains("serve", "doctor", "admin-key", "onboard", "keystore", "open", "version", "Exit status:");
        assertThat(help.errors()).isEmpty();
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Invocation.of("help").text()).contains("Usage: sealward");
        assertThat(Invocation.of("help", "serve").text()).contains("Usage: sealward serve");
    }

    @Test
    void whatIsMisspeltIsNamedRatherThanWhatIsMissing() {
        Invocation wrong = Invocation.of("serve", "--confg", "x");

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.errors()).startsWith("Unknown option").contains("--confg");
    }

    @Test
    void theKeyOfAnotherCertificateIsAWrongConfiguration() throws Exception {
        TlsConfig one = PemFiles.in(Files.createDirectory(folder.resolve("one")));
        TlsConfig other = PemFiles.in(Files.createDirectory(folder.resolve("other")));
        Path config = Files.writeString(
                folder.resolve("sealward.yaml"), """
                s3: {port: 0, tls: {certificate: "%s", private-key: "%s"}}
                store: {endpoint: "http://127.0.0.1:9", access-key: a, secret-key: b}
                projects: [{organization: org-a, project: proj_a, credentials: [{access-key: sealward, secret-key: secret-key}]}]
                """.formatted(one.certificate(), other.privateKey()));

        for (Invocation wrong : List.of(
                Invocation.of("serve", "--check", "--config", config.toString()),
                Invocation.of("serve", "--config", config.toString()))) {
            assertThat(wrong.status()).isNotZero();
            assertThat(wrong.errors())
                    .contains("is not that of the certificate")
                    .hasLineCount(1);
        }
    }

    @Test
    void versionSaysWhatRuns() {
        Invocation version = Invocation.of("version");

        assertThat(version.status()).isZero();
        assertThat(version.text()).contains("sealward ", "java ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "seal",
                "serve",
                "serve --nonsense",
                "keystore",
                "keystore create",
                "open",
                "doctor",
                "admin-key create",
                "onboard oci"
            })
    void aWrongCommandLineIsStatusTwoAndShowsTheWay(String line) {
        Invocation wrong = Invocation.of(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.errors()).containsAnyOf("Usage: sealward", "Did you mean: sealward");
        assertThat(wrong.output()).isEmpty();
    }

    @Test
    void aWrongConfigurationIsStatusThreeAndNamesFileAndLine() throws IOException {
        Path config = Files.writeString(folder.resolve("sealward.yaml"), "s3: {port: 0}\nstore: {endpont: x}\n");

        Invocation wrong = Invocation.of("serve", "--check", "--config", config.toString());

        assertThat(wrong.status()).isEqualTo(3);
        assertThat(wrong.errors()).contains("sealward.yaml:2:").hasLineCount(1);
    }

    @Test
    void keystoreCommandsLeadAKeyThroughItsLife() {
        assertThat(keystore("create", "kek").text()).isEqualToIgnoringNewLines("kek created");
        assertThat(keystore("rotate", "kek").text()).isEqualToIgnoringNewLines("kek is at version 2");
        assertThat(keystore("disable", "kek").text()).isEqualToIgnoringNewLines("kek disabled");
        assertThat(keystore("list").text()).contains("kek  disabled  versions [1, 2]");
        assertThat(keystore("enable", "kek").text()).isEqualToIgnoringNewLines("kek enabled");
        assertThat(keystore("list").text()).contains("kek  enabled  versions [1, 2]");
    }

    @Test
    void aKeystoreThatIsNotThereIsNotMade() {
        Invocation list = keystore("list");

        assertFailed(list, "sealward: there is no keystore " + folder.resolve("keystore.bcfks"));
        assertThat(folder.resolve("keystore.bcfks")).doesNotExist();
    }

    @Test
    void aWrongPasswordIsAFailureOfOneLineWithoutThePassword() {
        keystore("create", "kek");

        Invocation list = Invocation.of("keystore", "list", "-k", file(), "--password=battery staple");

        assertFailed(list, "sealward: ");
        assertThat(list.errors()).doesNotContain("battery").contains("keystore.bcfks");
    }

    @Test
    void anUnknownKeyIsAFailureThatNamesIt() {
        keystore("create", "kek");

        assertFailed(keystore("disable", "kex"), "has no key 'kex'");
        assertFailed(keystore("create", "kek"), "already has a key 'kek'");
    }

    private Invocation keystore(String command, String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(new String[] {"keystore", command, "-k", file(), PASSWORD}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Invocation.of(arguments);
    }

    private String file() {
        return folder.resolve("keystore.bcfks").toString();
    }

    private static void assertFailed(Invocation invocation, String message) {
        assertThat(invocation.status()).isEqualTo(1);
        assertThat(invocation.errors()).contains(message).hasLineCount(1);
        assertThat(invocation.output()).isEmpty();
    }
}
