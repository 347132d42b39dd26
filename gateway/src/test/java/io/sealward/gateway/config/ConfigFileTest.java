package io.sealward.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.gateway.policy.ConditionKey;
import io.sealward.gateway.policy.Decision;
import io.sealward.gateway.policy.Facts;
import io.sealward.gateway.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    private static final String STORE = """
            store:
              endpoint: http://127.0.0.1:9000
              access-key: store-user
              secret-key: store-secret
            """;
    private static final String PROJECTS = """
            projects:
              - organization: org-main
                project: proj_main
                credentials:
                  - access-key: sealward
                    secret-key: client-secret
            """;
    private static final String REGISTRY = """
            registry:
              jdbc-url: jdbc:h2:file:./data/registry;CIPHER=AES
              password: p
              encryption-key: sixteen bytes at least
            """;
    private static final String MINIMAL = STORE + PROJECTS;

    @TempDir
    Path folder;

    @Test
    void takesTheDefaultsForAllThatIsLeftOut() throws IOException {
        GatewayConfig config = read(MINIMAL);

        assertThat(config.s3())
                .isEqualTo(new S3Listener(
                        "0.0.0.0",
                        8080,
                        Optional.empty(),
                        List.of(),
                        S3Listener.AnonymousReads.REFUSED,
                        LimitsConfig.DEFAULT));
        assertThat(config.keyCache()).isEqualTo(KeyCacheConfig.DEFAULT);
        assertThat(config.kek()).isEmpty();
        assertThat(config.store().addressing()).isEqualTo(StoreConfig.Addressing.PATH);
        assertThat(config.store().atOnce()).isEqualTo(StoreConfig.AtOnce.DEFAULT);
    }

    @Test
    void takesHowMuchTheStoreIsAskedToDoAtOnce() throws IOException {
        assertThat(read(STORE + "  at-once: {requests: 20, listings: 2}\n" + PROJECTS)
                        .store()
                        .atOnce())
                .isEqualTo(new StoreConfig.AtOnce(20, 2));
        assertThatThrownBy(() -> read(STORE + "  at-once: {listings: 1}\n" + PROJECTS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("store.at-once.listings");
    }

    @Test
    void namesFileLineAndKeyOfAnUnknownKeyAndTheKeysThatAreAllowed() {
        assertThatThrownBy(() -> read(MINIMAL + "key-cache:\n  tll: 30s\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        file()
                                + ":12: key-cache.tll: is not known; allowed here: canary-interval, outage-grace, proven-wraps, ttl, unused-interval");
    }

    @Test
    void refusesAKeyGivenTwice() {
        assertThatThrownBy(() -> read(MINIMAL + "drain-timeout: 1s\ndrain-timeout: 2s\n"))
                .hasMessage(file() + ":12: drain-timeout: is given twice");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3: {port: 65536}         | s3.port: must be a whole number from 0 to 65535",
                "s3: {port: http}          | s3.port: must be a whole number from 0 to 65535",
                "s3: {port: [1]}           | s3.port: must be a single value",
                "s3: {port: }              | s3.port: must be a single value",
                "s3: 8080                  | s3: must hold keys and values",
                "s3: {domains: S3}         | s3.domains: must be a list",
                "s3: {domains: [S3]}       | s3.domains: must be a domain name in lower case",
                "s3: {tls: {}}             | s3.tls.certificate: is missing",
                "s3: {limits: {header-size: 1KiB}} | s3.limits.header-size: must be a size such as 512B, 64KiB or 1MiB, from 4096B to 1048576B",
                "key-cache: {ttl: 6m}      | key-cache.ttl: must be a time such as 500ms, 30s, 5m or 1h, from 0s to 300s",
                "key-cache: {ttl: 30}      | key-cache.ttl: must be a time such as 500ms, 30s, 5m or 1h, from 0s to 300s",
                "key-cache: {ttl: -1s}     | key-cache.ttl: must be a time such as 500ms, 30s, 5m or 1h, from 0s to 300s",
                "multipart: {part-sizes: equal} | multipart.part-sizes: must be one of any, aligned",
                "kek: {keystore: k}        | kek.password: is missing",
                "kek: {keystore: k, password: '${ENV:NOT_SET}'} | kek.password: the environment has no variable NOT_SET",
                "kek: {keystore: k, password: 'file:none'} | kek.password: cannot read the file",
                "kek: {keystore: k, password: '${HOME}'} | kek.password: a reference to the environment is written ${ENV:NAME}",
                "registry: {jdbc-url: mysql} | registry.jdbc-url: must be jdbc:h2:... or jdbc:postgresql:...",
                "clouds: {aws: {}} | clouds.aws.principal: is missing",
                "clouds: {aws: {principal: 'arn:aws:iam::1:role/x'}} | clouds.aws.principal: must be the ARN of an IAM role or user",
                "clouds: {aws: {principal: 'arn:aws:iam::111122223333:role/x', access-key: x}} | clouds.aws.secret-key: is missing",
                "clouds: {gcp: {subject: '1', subject-token-file: token}} | clouds.gcp.subject-token-file: must be a path with {audience} in it",
                "clouds: {azure: {application-id: 00000000-0000-4000-8000-000000000000}} | clouds.azure: needs exactly one of certificate, client-secret, assertion-file",
                "clouds: {gcp: {subject: '1', kms-endpoint: 'http://kms.example.com'}} | clouds.gcp.kms-endpoint: must be https://host[:port]",
                "clouds: {gcp: {subject: '1', token-endpoint: 'https://sts.example.com/v1'}} | clouds.gcp.token-endpoint: must be http",
                "clouds: {azure: {application-id: 00000000-0000-4000-8000-000000000000, client-secret: x, proxy: 'https://proxy.example.com'}} | clouds.azure.proxy: must be http://host[:port]",
                "clouds: {oci: {}} | clouds.oci: is not known; allowed here: aws, azure, gcp, pkcs11, vault",
                "clouds: {pkcs11: {token: t, pin: 'file:p'}} | clouds.pkcs11.library: is missing",
                "clouds: {pkcs11: {library: no-such.so, token: t, pin: 'file:p'}} | clouds.pkcs11.library: cannot read the file",
                "clouds: {pkcs11: {library: /dev/null, pin: 'file:p'}} | clouds.pkcs11.token: is missing",
                "clouds: {pkcs11: {library: /dev/null, token: t, slot: one, pin: 'file:p'}} | clouds.pkcs11.slot: must be the number of a slot",
                "clouds: {pkcs11: {library: /dev/null, token: t, pin: '1234'}} | clouds.pkcs11.pin: must be ${ENV:NAME} or file:path, not the secret itself",
                "clouds: {pkcs11: {library: /dev/null, token: t, pin: 'file:p'}} | clouds.pkcs11.pin: cannot read the file",
                "clouds: {vault: {token-file: t}} | clouds.vault.allowed-hosts: is missing",
                "clouds: {vault: {allowed-hosts: ['https://vault.example'], token-file: t}} | clouds.vault.allowed-hosts: must be host[:port]",
                "clouds: {vault: {allowed-hosts: [vault.example]}} | clouds.vault: needs token-file, secret-id-file, or both",
                "notices: {webhooks: [{url: 'http://hooks.example.com/x', secret: 'file:s'}]} | notices.webhooks.url: must be https",
                "notices: {webhooks: [{url: 'http://localhost/x', secret: 'file:s'}]} | notices.webhooks.url: must be https",
                "notices: {webhooks: [{url: 'https://u:p@hooks.example.com/x', secret: 'file:s'}]} | notices.webhooks.url: must be https",
                "notices: {webhooks: [{url: 'http://127.0.0.1:1/x', secret: plain}]} | notices.webhooks.secret: must be ${ENV:NAME}",
                "management: {port: 1, token: x} | management.token: is not known; allowed here: host, metrics-projects, metrics-token, port, tls",
                "management: {metrics-projects: -1} | management.metrics-projects: must be a whole number from 0 to 10000",
                "management: {metrics-token: short} | management.metrics-token: must have at least 16 bytes",
                "registry: {jdbc-url: 'jdbc:h2:mem:x', password: p, encryption-key: sixteen bytes at least, lease: 5s} | registry.lease: must be a time such as 500ms, 30s, 5m or 1h, from 10s to 86400s",
                "registry: {jdbc-url: 'jdbc:h2:mem:x', password: p, encryption-key: short} | registry.encryption-key: must have at least 16 bytes",
                "registry: {jdbc-url: 'jdbc:h2:mem:x', password: p, encryption-key: sixteen bytes at least, former-encryption-keys: [short]} | registry.former-encryption-keys: must have at least 16 bytes",
            })
    void refusesWhatIsNotAllowedAndSaysWhatIs(String line, String problem) {
        assertThatThrownBy(() -> read(MINIMAL + line + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file() + ":11: " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://store",
                "store:9000",
                "http://",
                "http://a/b",
                "http://a?x",
                "http://u:p@a",
                "http://a b",
                "//a"
            })
    void refusesAStoreEndpointThatIsMoreOrLessThanAHost(String endpoint) {
        String yaml = MINIMAL.replace("http://127.0.0.1:9000", "\"" + endpoint + "\"");
        assertThatThrownBy(() -> read(yaml))
                .hasMessage(file() + ":2: store.endpoint: must be http://host[:port] or https://host[:port]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "- a", "just words", "{", "a: &x [*x]", "? [a]\n: b", "!!java.net.URL [x]"})
    void refusesWhatIsNotAConfigurationWithOneLine(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigException.class)
                .satisfies(e ->
                        assertThat(e.getMessage()).startsWith(file() + ":1").doesNotContain("\n"));
    }

    @Test
    void refusesToStartWithoutAnybodyWhoCouldSignIn() {
        assertThatThrownBy(() -> read(STORE)).hasMessageContaining(":1: projects: is missing");
    }

    @Test
    void asksForBucketNamesWhenTwoProjectsShareTheStore() {
        String second = PROJECTS.replace("projects:\n", "")
                .replace("proj_main", "proj_other")
                .replace("sealward", "other");
        assertThatThrownBy(() -> read(MINIMAL + second))
                .hasMessage(
                        file() + ":6: projects.buckets: must name the buckets, since there is more than one project");
    }

    @Test
    void refusesAnAccessKeyThatTwoProjectsShare() {
        String first = MINIMAL + "    buckets: [a-*]\n";
        String second = PROJECTS.replace("projects:\n", "").replace("proj_main", "proj_other") + "    buckets: [b-*]\n";
        assertThatThrownBy(() -> read(first + second))
                .hasMessage(file() + ":12: projects.credentials: has an access key that is listed twice");
    }

    @ParameterizedTest
    @CsvSource({
        "'[logs*]', '[logs-b]'",
        "'[logs-b]', '[logs*]'",
        "'[\"*\", x1]', '[a-*]'",
        "'[a*]', '[\"*\", a-b]'",
        "'[a-*, b-c]', '[b-c]'"
    })
    void refusesABucketThatTwoProjectsWouldOwn(String first, String second) {
        assertThatThrownBy(() -> read(twoProjects("buckets: " + first, "buckets: " + second)))
                .hasMessage(file() + ":12: projects.buckets: overlaps with the buckets of proj_main");
    }

    @Test
    void takesProjectsWhoseBucketsAreApart() throws IOException {
        GatewayConfig config =
                read(twoProjects("buckets: [a-*, c]", "buckets: [b-*, d, cc]\n    mixed-buckets: [b-x]"));
        assertThat(config.projects()).hasSize(2);
    }

    @Test
    void refusesAMixedBucketThatIsNotTheProjectsOwn() {
        assertThatThrownBy(() -> read(MINIMAL + "    buckets: [a-*]\n    mixed-buckets: [b-data]\n"))
                .hasMessage(file() + ":6: projects.mixed-buckets: has a bucket that is not the project's own: b-data");
    }

    @Test
    void takesAProjectsOwnCredentialAtTheStore() throws IOException {
        String yaml = MINIMAL + "    store: {access-key: \"${ENV:OWN}\", secret-key: \"${ENV:OWN_SECRET}\"}\n";
        GatewayConfig config =
                ConfigFile.read(Files.writeString(file(), yaml), Map.of("OWN", "own-user", "OWN_SECRET", "own-secret"));
        assertThat(config.projects().get(0).store())
                .contains(new CredentialConfig("own-user", new Secret("own-secret")));
        assertThat(config.toString()).doesNotContain("own-secret");
        assertThat(read(MINIMAL).projects().get(0).store()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {access-key: a}                            | .secret-key: is missing
                    {secret-key: s}                            | .access-key: is missing
                    {}                                         | .access-key: is missing
                    {access-key: a, secret-key: ''}            | .secret-key: the secret is empty
                    {access-key: a, secret-key: s, endpoint: e} | .endpoint: is not known; allowed here: access-key, secret-key
                    plain                                      | : must hold keys and values
                    """)
    void refusesACredentialAtTheStoreThatIsNotWhole(String store, String problem) {
        assertThatThrownBy(() -> read(MINIMAL + "    store: " + store + "\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file() + ":11: projects.store" + problem);
    }

    @Test
    void refusesProjectsTogetherWithARegistry() {
        assertThatThrownBy(() -> read(MINIMAL + REGISTRY))
                .hasMessage(
                        file() + ":1: projects: cannot be combined with a registry: make them with the management API");
    }

    @Test
    void findsTheEmbeddedDatabaseInTheFoldersOfTheFileAndNeedsNoUser() throws IOException {
        RegistryConfig registry = read(STORE + REGISTRY).registry().orElseThrow();
        assertThat(registry.jdbcUrl()).isEqualTo("jdbc:h2:file:" + folder.resolve("data/registry") + ";CIPHER=AES");
        assertThat(registry.user()).isEmpty();
        assertThat(registry.lease()).isEqualTo(Duration.ofMinutes(15));
        assertThat(read(STORE + REGISTRY.replace("./data", "~/data"))
                        .registry()
                        .orElseThrow()
                        .jdbcUrl())
                .startsWith("jdbc:h2:file:~/data/registry");
    }

    private static String twoProjects(String first, String second) {
        return MINIMAL + "    " + first + "\n"
                + PROJECTS.replace("projects:\n", "")
                        .replace("proj_main", "proj_other")
                        .replace("sealward", "other")
                + "    " + second + "\n";
    }

    @Test
    void takesSecretsFromTheEnvironmentAndFromFiles() throws IOException {
        Files.writeString(folder.resolve("password"), "from a file\nsecond line\n");
        String yaml = MINIMAL.replace("client-secret", "${ENV:CLIENT}")
                + "kek: {keystore: keys/k.bcfks, password: \"file:password\"}\n";
        Files.writeString(file(), yaml);

        GatewayConfig config = ConfigFile.read(file(), Map.of("CLIENT", "from the environment"));

        assertThat(config.projects().get(0).credentials().get(0).secretKey().value())
                .isEqualTo("from the environment");
        assertThat(config.kek().orElseThrow().password().value()).isEqualTo("from a file");
        assertThat(config.kek().orElseThrow().keystore()).isEqualTo(folder.resolve("keys/k.bcfks"));
    }

    @Test
    void readsThePolicyOfACredentialInYamlOrJson() throws IOException {
        String secret = "secret-key: client-secret";
        String yaml = """
                Version: 2012-10-17
                Statement:
                  - Effect: Allow
                    Action: [s3:GetObject]
                    Resource: arn:aws:s3:::b/${aws:username}/*
                    Condition: {Bool: {aws:SecureTransport: true}, NumericLessThan: {s3:max-keys: 10}}
                """;
        String json = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
                + "\"Resource\":\"arn:aws:s3:::b/sealward/*\"}}";
        assertThat(MINIMAL).contains(secret);
        String indent = "\n"
                + " "
                        .repeat(MINIMAL.substring(0, MINIMAL.indexOf(secret)).length()
                                - MINIMAL.lastIndexOf('\n', MINIMAL.indexOf(secret))
                                - 1);
        for (String policy : List.of(indent + "  " + yaml.strip().replace("\n", indent + "  "), " " + json)) {
            ClientConfig credential = read(MINIMAL.replace(secret, secret + indent + "policy:" + policy))
                    .projects()
                    .get(0)
                    .credentials()
                    .get(0);
            Facts secure = key -> Optional.of(key == ConditionKey.MAX_KEYS ? "5" : "true");
            Policy read = credential.policy().orElseThrow();
            assertThat(read.decide("s3:GetObject", "b/sealward/k", secure)).isEqualTo(Decision.ALLOWED);
            assertThat(read.decide("s3:GetObject", "b/other/k", secure)).isEqualTo(Decision.UNSAID);
        }
        for (String policy : List.of(
                " {}", " x", " [x]", " " + json.replace("Allow", "allow"), " " + json.replace("}}", ",a: b}}"))) {
            assertThatThrownBy(() -> read(MINIMAL.replace(secret, secret + indent + "policy:" + policy)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("credentials.policy: is no policy: ");
        }
        assertThatThrownBy(() -> read(MINIMAL.replace(secret, secret + indent + "policy: {a: 1, a: 2}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is given twice");
        assertThatThrownBy(() -> read(MINIMAL.replace(secret, secret + indent + "policy:")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must hold keys, lists and values");
    }

    @Test
    void printsNoSecret() throws IOException {
        assertThat(read(MINIMAL).toString()).contains("store-user").doesNotContain("store-secret", "client-secret");
    }

    private GatewayConfig read(String yaml) throws IOException {
        return ConfigFile.read(Files.writeString(file(), yaml), Map.of());
    }

    private Path file() {
        return folder.resolve("sealward.yaml");
    }
}
