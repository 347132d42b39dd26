package io.sealward.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealward.gateway.identity.Trust;
import io.sealward.providers.aws.AwsSetup;
import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.azure.AzureSetup;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.gcp.GcpSetup;
import io.sealward.providers.gcp.GcpSubject;
import io.sealward.providers.setup.CloudProvider;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;

/** {@code conf/sealward.yaml} is the reference of the configuration: it must load, be complete, and tell the defaults. */
class SampleConfigTest {
    private static final Path SAMPLE = Path.of("..", "conf", "sealward.yaml");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SEALWARD_STORE_ACCESS_KEY", "a",
            "SEALWARD_STORE_SECRET_KEY", "b",
            "SEALWARD_KEYSTORE_PASSWORD", "c",
            "SEALWARD_SECRET_KEY", "d");

    @Test
    void loadsAndTellsTheDefaults() {
        GatewayConfig sample = ConfigFile.read(SAMPLE, ENVIRONMENT);

        assertThat(sample.s3())
                .isEqualTo(new S3Listener(
                        S3Listener.DEFAULT_HOST,
                        S3Listener.DEFAULT_PORT,
                        Optional.empty(),
                        List.of(),
                        S3Listener.AnonymousReads.REFUSED,
                        LimitsConfig.DEFAULT));
        assertThat(sample.store()).isEqualTo(StoreConfig.of(sample.store().endpoint(), "a", "b"));
        assertThat(sample.kek().orElseThrow().key()).isEqualTo(LocalKekConfig.DEFAULT_KEY);
        assertThat(sample.projects()).containsExactly(ProjectConfig.of("org-main", "proj_main", "sealward", "d"));
        assertThat(sample.keyCache()).isEqualTo(KeyCacheConfig.DEFAULT);
        assertThat(sample.multipart()).isEqualTo(MultipartConfig.DEFAULT);
        assertThat(sample.drainDelay()).isEqualTo(GatewayConfig.DEFAULT_DRAIN_DELAY);
        assertThat(sample.drainTimeout()).isEqualTo(GatewayConfig.DEFAULT_DRAIN_TIMEOUT);
    }

    @Test
    void theConfigurationForComposeLoads() {
        GatewayConfig config = ConfigFile.read(SAMPLE.resolveSibling("docker-compose.sealward.yaml"), ENVIRONMENT);
        assertThat(config.projects()).containsExactly(ProjectConfig.of("org-main", "proj_main", "sealward", "d"));
    }

    @Test
    void hasEveryKeyThereIsAndNoOther() throws IOException {
        String text =
                allSwitchedOn().replaceAll("(?m)^#( {5,7})# (client-secret|assertion-file|jwks-file): ", " $1$2: ");
        Object sample = new Load(LoadSettings.builder().build()).loadFromString(text);
        Set<String> known = new TreeSet<>(keys("", GatewayConfig.class).toList());
        known.remove("clouds.setups");
        known.addAll(keysOfClouds(text));
        assertThat(paths("", sample)).isEqualTo(known);
    }

    /** But for the projects, which a registry excludes. */
    @Test
    void loadsWithTheOptionalSectionsSwitchedOn(@TempDir Path folder) throws IOException {
        String text = allSwitchedOn().replaceAll("(?ms)^projects:$.*?(?=^\\S)", "");
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("SEALWARD_METRICS_TOKEN", "a token for metrics");
        environment.put("SEALWARD_REGISTRY_PASSWORD", "e");
        environment.put("SEALWARD_REGISTRY_KEY", "f".repeat(16));
        environment.put("SEALWARD_FORMER_REGISTRY_KEY", "former".repeat(3));
        environment.put("SEALWARD_AWS_ACCESS_KEY", "g");
        environment.put("SEALWARD_AWS_SECRET_KEY", "h");
        environment.put("SEALWARD_TOKEN_PIN", "i");
        environment.put("SEALWARD_STS_TOKEN_KEY", "j".repeat(16));
        environment.put("SEALWARD_AUDIT_KEY", "k".repeat(32));
        environment.put("SEALWARD_WEBHOOK_SECRET", "j".repeat(16));
        GatewayConfig config = ConfigFile.read(Files.writeString(folder.resolve("sealward.yaml"), text), environment);
        assertThat(config.management().orElseThrow().port()).isEqualTo(ManagementConfig.DEFAULT_PORT);
        assertThat(config.management().orElseThrow().tls()).isPresent();
        assertThat(config.management().orElseThrow().metricsToken()).contains(new Secret("a token for metrics"));
        assertThat(config.registry().orElseThrow().user()).isEqualTo("sealward");
        assertThat(config.registry().orElseThrow().jdbcUrl())
                .isEqualTo("jdbc:h2:file:" + folder.toAbsolutePath().resolve("registry"));
        assertThat(config.clouds().setups().get("aws")).isInstanceOfSatisfying(AwsSetup.class, aws -> assertThat(
                        aws.accessKey().orElseThrow().accessKeyId())
                .isEqualTo("g"));
        assertThat(config.clouds().setups().get("gcp")).isInstanceOfSatisfying(GcpSetup.class, gcp -> assertThat(
                        gcp.identity().issuer())
                .isEqualTo(GcpSubject.GOOGLE));
        assertThat(config.clouds().setups().get("azure"))
                .isInstanceOfSatisfying(AzureSetup.class, azure -> assertThat(azure.identity())
                        .isInstanceOf(AzureIdentity.Certificate.class));
    }

    /** The sample with every key that is commented out, but for the alternatives among Azure's proofs. */
    private static String allSwitchedOn() throws IOException {
        return Files.readString(SAMPLE)
                .replaceAll(
                        "(?m)^( *)# (policy|bucket-policies|roles|sts|management|registry|notices|audit|clouds|store|tls|trusted-certificates|connections|connections-per-address):",
                        "$1$2:")
                .replaceAll("(?m)^( *)#( {3,}(- #.*|(- )?[a-z0-9-]+:( .*)?))$", "$1 $2")
                .replaceAll(
                        "tls/[a-z.-]+|/usr/lib/[a-z0-9/]+[.]so",
                        SAMPLE.toAbsolutePath().toString());
    }

    private static Set<String> paths(String prefix, Object node) {
        Set<String> paths = new TreeSet<>();
        if (node instanceof Map<?, ?> section) {
            section.forEach((key, value) -> {
                paths.add(prefix + key);
                if (!key.equals("policy") && !key.equals("trust")) { // whose keys are another language's
                    paths.addAll(paths(prefix + key + ".", value));
                }
            });
        } else if (node instanceof List<?> items) {
            items.forEach(item -> paths.addAll(paths(prefix, item)));
        }
        return paths;
    }

    /** What the providers ask for, whatever they then say of Azure's three proofs. */
    private static Set<String> keysOfClouds(String text) {
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        environment.put("SEALWARD_AWS_ACCESS_KEY", "g");
        environment.put("SEALWARD_AWS_SECRET_KEY", "h");
        environment.put("SEALWARD_AZURE_CLIENT_SECRET", "i");
        environment.put("SEALWARD_TOKEN_PIN", "j");
        Node top =
                new Compose(LoadSettings.builder().build()).composeString(text).orElseThrow();
        Section clouds = new Section(new ConfigSource("sample", Path.of("."), environment), top, "")
                .section("clouds")
                .orElseThrow();
        Set<String> known = new TreeSet<>();
        for (CloudProvider provider : Providers.CLOUDS) {
            String path = "clouds." + provider.type();
            Section section = clouds.section(provider.type()).orElseThrow();
            try {
                provider.configure(new CloudSettings(section));
            } catch (ConfigException e) {
                assertThat(e).hasMessageContaining("needs exactly one of");
            }
            known.add(path);
            section.known().forEach(key -> known.add(path + "." + key));
        }
        return known;
    }

    private static Stream<String> keys(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap(component -> {
            String path = prefix + kebab(component.getName());
            return Stream.concat(
                    Stream.of(path), section(component).stream().flatMap(section -> keys(path + ".", section)));
        });
    }

    private static Optional<Class<?>> section(RecordComponent component) {
        Type type = component.getGenericType();
        Class<?> held = type instanceof ParameterizedType wrapper
                ? (Class<?>) wrapper.getActualTypeArguments()[0]
                : component.getType();
        return held.isRecord() && held != Secret.class && held != Trust.class ? Optional.of(held) : Optional.empty();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
