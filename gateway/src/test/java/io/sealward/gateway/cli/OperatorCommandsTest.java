package io.sealward.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sealward.gateway.QuickKeystore;
import io.sealward.gateway.config.ConfigFile;
import io.sealward.gateway.doctor.Doctor;
import io.sealward.gateway.doctor.Finding;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.RegistrySettings;
import io.sealward.gateway.registry.database.Page;
import io.sealward.gateway.registry.table.AdminKey;
import io.sealward.gateway.registry.table.AuditEntries;
import io.sealward.gateway.tenant.KeyMode;
import io.sealward.providers.Kek;
import io.sealward.providers.KekOpener;
import io.sealward.providers.KeySpec;
import io.sealward.providers.KmsError;
import io.sealward.providers.KmsException;
import io.sealward.providers.OpenersByType;
import io.sealward.providers.RegistrationCheck;
import io.sealward.providers.WrapContext;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.local.LocalKeystore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator does before and beside a running gateway. */
class OperatorCommandsTest {
    private static final String KEYSTORE_PASSWORD = "correct horse";
    private static final String REGISTRY_KEY = "a registry key of some length";

    @TempDir
    Path folder;

    private HttpServer store;
    private volatile int status = 200;
    private volatile String refused = "nobody";
    private volatile String answer = "<ListAllMyBucketsResult/>";

    @BeforeEach
    void start() throws Exception {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            boolean refuses = authorization.contains("Credential=" + refused + "/");
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(refuses ? 403 : status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        store.start();
        char[] password = KEYSTORE_PASSWORD.toCharArray();
        try (LocalKeystore keystore =
                LocalKeystore.open(QuickKeystore.at(folder.resolve("keystore.bcfks"), password), password)) {
            keystore.createKey("default");
        }
        Files.writeString(
                config(), """
                store:
                  endpoint: http://127.0.0.1:%d
                  access-key: store-user
                  secret-key: planted-store-secret
                kek: {keystore: keystore.bcfks, password: %s}
                registry:
                  jdbc-url: %s
                  user: sealward
                  password: planted-database-password
                  encryption-key: %s
                clouds:
                  aws:
                    principal: arn:aws:iam::111122223333:role/sealward
                    access-key: AKIAEXAMPLE
                    secret-key: planted-aws-secret
                """.formatted(store.getAddress().getPort(), KEYSTORE_PASSWORD, jdbcUrl(), REGISTRY_KEY));
    }

    @AfterEach
    void stop() {
        store.stop(0);
    }

    @Test
    void theFirstAdminKeyComesWithItsOrganizationAndTheNextByItsId() {
        Invocation first = adminKey("Example Ltd");
        assertThat(first.errors()).isEmpty();
        String organization = value(first, "organization");
        Invocation second = adminKey(organization);

        assertThat(value(second, "organization")).isEqualTo(organization);
        try (Registry registry = registry()) {
            assertThat(registry.organizations().list()).hasSize(1);
            assertThat(registry.adminKeys().authenticate(value(first, "token")))
                    .map(AdminKey::organizationId)
                    .contains(organization);
            assertThat(registry.adminKeys().authenticate(value(second, "token")))
                    .map(AdminKey::id)
                    .contains(value(second, "key"));
        }
    }

    @Test
    void anUnknownOrganizationGetsNoAdminKey() {
        Invocation refused = adminKey("org-nobody");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.errors()).contains("No organization found with id 'org-nobody'");
        assertThat(refused.text()).doesNotContain("token");
    }

    @Test
    void anAdminKeyIsListedUntilItIsTakenAway() {
        Invocation made = adminKey("Example Ltd");
        String organization = value(made, "organization");
        String key = value(made, "key");
        String list = run("admin-key", "list", "--organization", organization).text();
        assertThat(list.lines().filter(line -> line.startsWith("key_")))
                .singleElement()
                .asString()
                .matches(key + "  20[0-9-]+T[0-9:]+Z  write  admin");
        assertThat(list).doesNotContain(value(made, "token"));

        assertThat(run("admin-key", "delete", "--organization", "org-other", key)
                        .errors())
                .contains("No admin key found");
        assertThat(run("admin-key", "delete", "--organization", organization, key)
                        .text())
                .endsWith(key + " deleted\n");

        assertThat(run("admin-key", "list", "--organization", organization).text())
                .doesNotContain("key_");
        try (Registry registry = registry()) {
            assertThat(registry.adminKeys().authenticate(value(made, "token"))).isEmpty();
        }
    }

    @Test
    void anAdminKeyNeedsNeitherKeystoreNorCloud() throws IOException {
        Files.delete(folder.resolve("keystore.bcfks"));
        assertThat(adminKey("Example Ltd").errors()).isEmpty();
    }

    @Test
    void anAdminKeyForANameThatIsTooLongIsRefusedForThat() {
        assertThat(adminKey("x".repeat(300)).errors())
                .contains("the name of the organization must have 1 to 256 characters")
                .hasLineCount(1);
    }

    @Test
    void aGatewayThatCanNotStartSaysWhyInOneLine() throws IOException {
        adminKey("Example Ltd");
        Files.writeString(config(), Files.readString(config()).replace(REGISTRY_KEY, "another key of some length"));
        Invocation serve = run("serve");
        assertThat(serve.status()).isEqualTo(1);
        assertThat(serve.errors().lines().filter(line -> line.startsWith("sealward: ")))
                .singleElement()
                .asString()
                .startsWith("sealward: the registry cannot be opened: ");
    }

    @Test
    void theRegistrysKeyIsExchangedByTheConfigurationAndOneCommand() throws IOException {
        adminKey("Example Ltd");
        String before = Files.readString(config());
        String after = before.replace(REGISTRY_KEY, "planted-new-registry-key");
        Files.writeString(config(), after);
        assertThat(run("registry", "rotate").errors())
                .contains("the registry was encrypted under another key")
                .doesNotContain("planted");

        Files.writeString(
                config(), after.replace("clouds:", "  former-encryption-keys: [" + REGISTRY_KEY + "]\nclouds:"));
        Invocation rotated = run("registry", "rotate");
        assertThat(rotated.status()).isZero();
        assertThat(rotated.text()).contains("former-encryption-keys can be taken out");

        Files.writeString(config(), after);
        assertThat(run("registry", "rotate", "--check").status()).isZero();
    }

    @Test
    void aBucketOfNobodyIsClaimedForAProjectAndAnothersIsNot() {
        String organization = value(adminKey("Example Ltd"), "organization");
        String owner = project(organization);
        String other = project(organization);

        assertThat(claim(organization, owner, "old-bucket").text()).endsWith("old-bucket is owned by " + owner + "\n");
        assertThat(claim(organization, owner, "old-bucket").status()).isZero();
        assertThat(claim(organization, other, "old-bucket").errors())
                .contains("Another project owns bucket 'old-bucket'.")
                .hasLineCount(1);
        assertThat(claim("org-other", owner, "new-bucket").errors())
                .contains("No project found with id '" + owner + "'")
                .hasLineCount(1);
        assertThat(claim(organization, owner, "a/b").errors())
                .contains("The specified bucket is not valid.")
                .hasLineCount(1);
        try (Registry registry = registry()) {
            assertThat(registry.bucketClaims().find(owner, "old-bucket")).isPresent();
            AuditEntries.Filter claims =
                    new AuditEntries.Filter(Map.of(), List.of(), List.of("bucket.claimed"), List.of(), List.of());
            assertThat(registry.auditEntries()
                            .list(organization, claims, new Page.Request(Optional.empty(), 100, Page.Order.ASC))
                            .data())
                    .as("told once")
                    .hasSize(1);
        }
    }

    private String project(String organization) {
        try (Registry registry = registry()) {
            return registry.projects()
                    .create(organization, "p", Optional.empty(), KeyMode.PER_OBJECT, Optional.empty())
                    .project()
                    .id();
        }
    }

    private Invocation claim(String organization, String project, String bucket) {
        return run("registry", "claim", "--organization", organization, "--project", project, bucket);
    }

    @Test
    void onboardingNamesTheConfiguredPrincipalAndTheOrganization() {
        Invocation onboard = run("onboard", "aws", "--organization", "org-x1", "--format", "terraform");

        assertThat(onboard.errors()).isEmpty();
        assertThat(onboard.text()).contains("arn:aws:iam::111122223333:role/sealward", "org-x1");
    }

    @Test
    void onboardingToACloudWithoutAnIdentityFails() {
        Invocation onboard = run("onboard", "gcp", "--organization", "org-x1");

        assertThat(onboard.status()).isEqualTo(1);
        assertThat(onboard.errors()).contains("no identity in Google Cloud").hasLineCount(1);
    }

    @Test
    void doctorFindsAllWell() {
        Invocation doctor = run("doctor");

        assertThat(doctor.text()).doesNotContain("FAIL").contains("ok    configuration", "ok    store http://");
        assertThat(doctor.text()).contains("ok    registry", "ok    kek default");
        assertThat(doctor.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "403, SignatureDoesNotMatch, store.secret-key",
        "403, InvalidAccessKeyId, store.access-key",
        "403, RequestTimeTooSkewed, clock",
        "404, NoSuchThing, store.endpoint"
    })
    void doctorSaysWhatTheStoreDislikesAndTheCure(int code, String error, String cure) {
        status = code;
        answer = "<Error><Code>" + error + "</Code></Error>";

        Invocation doctor = run("doctor");

        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.text().lines().filter(line -> line.startsWith("FAIL")))
                .singleElement()
                .asString()
                .contains(error, cure);
    }

    @Test
    void doctorSaysThatTheStoreIsNotThere() {
        store.stop(0);

        Invocation doctor = run("doctor");

        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.text()).contains("FAIL  store http://").contains("Check store.endpoint");
    }

    @Test
    void doctorAsksTheStoreWithEveryProjectsOwnCredential() throws IOException {
        refused = "wrong-user";
        answer = "<Error><Code>InvalidAccessKeyId</Code></Error>";
        String project = """
                  - organization: org-1
                    project: proj_%1$s
                    credentials: [{access-key: %1$s-client, secret-key: planted-client-secret}]
                    buckets: [%1$s-*]
                """;
        String store = "    store: {access-key: %s-user, secret-key: planted-store-secret}\n";
        Files.writeString(
                config(),
                Files.readString(config()).replaceAll("(?s)registry:.*", "projects:\n")
                        + project.formatted("plain")
                        + project.formatted("right")
                        + store.formatted("right")
                        + project.formatted("wrong")
                        + store.formatted("wrong"));

        Invocation doctor = run("doctor");

        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.text()).contains(" for proj_right").doesNotContain("proj_plain", "planted-");
        assertThat(doctor.text().lines().filter(line -> line.startsWith("FAIL")))
                .singleElement()
                .asString()
                .contains("for proj_wrong: ", "InvalidAccessKeyId", "Check projects.store.access-key.");
    }

    @Test
    void doctorNamesTheRegisteredKeyThatDoesNotWork() {
        String organization = value(adminKey("Example Ltd"), "organization");
        String key;
        try (Registry registry = registry()) {
            key = registry.externalKeys()
                    .register(
                            organization,
                            "kek",
                            Providers.parse("local", Map.of("key_name", organization + "--missing")))
                    .id();
        }

        Invocation doctor = run("doctor");

        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.text()).contains("FAIL  " + key + " (local) of " + organization + ": ");
        assertThat(doctor.text()).doesNotContain("planted-").doesNotContain(KEYSTORE_PASSWORD);
    }

    @Test
    void doctorSaysWhereTheGatewayItselfIsNotLetIn() {
        KekOpener refused = new KekOpener() {
            @Override
            public Kek open(String organizationId, KeySpec spec) {
                throw new AssertionError("there is no key");
            }

            @Override
            public RegistrationCheck check(String organizationId, KeySpec spec, WrapContext context) {
                throw new AssertionError("there is no key");
            }

            @Override
            public Map<String, RegistrationCheck> logins() {
                return Map.of(
                        "pkcs11",
                        () -> CompletableFuture.failedStage(
                                new KmsException(KmsError.MISCONFIGURED, "The token has no user.")));
            }
        };
        List<Finding> found = new ArrayList<>();
        Doctor.examine(ConfigFile.read(config()), new OpenersByType(Map.of("pkcs11", refused)), found::add);

        assertThat(found).contains(new Finding(Finding.Verdict.WRONG, "clouds.pkcs11", "The token has no user."));
    }

    @Test
    void doctorReportsAWrongConfigurationAndARegistryOfAnotherSecret() throws IOException {
        adminKey("Example Ltd");
        Files.writeString(config(), Files.readString(config()).replace(REGISTRY_KEY, "another key of some length"));
        assertThat(run("doctor").text()).contains("FAIL  registry: ");

        Files.writeString(config(), "s3: {port: none}\n");
        Invocation doctor = run("doctor");
        assertThat(doctor.status()).isEqualTo(1);
        assertThat(doctor.text()).startsWith("FAIL  configuration: ").contains("sealward.yaml:1: s3.port");
    }

    private Invocation adminKey(String organization) {
        return run("admin-key", "create", "--organization", organization);
    }

    private Invocation run(String... arguments) {
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--config";
        all[arguments.length + 1] = config().toString();
        return Invocation.of(all);
    }

    private static String value(Invocation invocation, String name) {
        Optional<String> line = invocation
                .text()
                .lines()
                .filter(text -> text.startsWith(name + ": "))
                .findFirst();
        return line.orElseThrow(() -> new AssertionError(invocation.errors())).substring(name.length() + 2);
    }

    private Registry registry() {
        return Registry.open(
                RegistrySettings.at(jdbcUrl(), "sealward", "planted-database-password", REGISTRY_KEY.getBytes(UTF_8)),
                new OpenersByType(Map.of()),
                Clock.systemUTC());
    }

    private String jdbcUrl() {
        return "jdbc:h2:file:" + folder.resolve("registry");
    }

    private Path config() {
        return folder.resolve("sealward.yaml");
    }
}
