package io.sealward.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
                        LimitsConfig.DEFAULT));
        assertThat(sample.store()).isEqualTo(StoreConfig.of(sample.store().endpoint(), "a", "b"));
        assertThat(sample.kek().orElseThrow().key()).isEqualTo(LocalKekConfig.DEFAULT_KEY);
        assertThat(sample.projects()).containsExactly(ProjectConfig.of("org-main", "proj_main", "sealward", "d"));
        assertThat(sample.keyCache()).isEqualTo(KeyCacheConfig.DEFAULT);
        assertThat(sample.multipart()).isEqualTo(MultipartConfig.DEFAULT);
        assertThat(sample.drainTimeout()).isEqualTo(GatewayConfig.DEFAULT_DRAIN_TIMEOUT);
    }

    @Test
    void hasEveryKeyThereIs() throws IOException {
        String text = Files.readString(SAMPLE);
        assertThat(keys(GatewayConfig.class)).isNotEmpty().allSatisfy(key -> assertThat(text)
                .containsPattern("(?m)^[ #-]*" + key + ":"));
    }

    @Test
    void loadsWithTheOptionalSectionsSwitchedOn() throws IOException {
        String text = Files.readString(SAMPLE)
                .replaceAll("(?m)^# (management:|registry:|clouds:|  [a-z-]+: )", "$1")
                .replaceAll("(?m)^#   (tls|aws|gcp|azure):$", "  $1:")
                .replaceAll("(?m)^#     ([a-z-]+: )", "    $1")
                .replaceAll("tls/[a-z.-]+", SAMPLE.toAbsolutePath().toString());
        Path file = Files.createTempFile("sealward", ".yaml");
        try {
            Map<String, String> environment = new HashMap<>(ENVIRONMENT);
            environment.put("SEALWARD_REGISTRY_PASSWORD", "e");
            environment.put("SEALWARD_REGISTRY_KEY", "f");
            environment.put("SEALWARD_AWS_ACCESS_KEY", "g");
            environment.put("SEALWARD_AWS_SECRET_KEY", "h");
            GatewayConfig config = ConfigFile.read(Files.writeString(file, text), environment);
            assertThat(config.management().orElseThrow().port()).isEqualTo(ManagementConfig.DEFAULT_PORT);
            assertThat(config.management().orElseThrow().tls()).isPresent();
            assertThat(config.registry().orElseThrow().user()).isEqualTo("sealward");
            assertThat(config.clouds().aws().orElseThrow().accessKey()).contains("g");
            assertThat(config.clouds().gcp().orElseThrow().issuer()).isEqualTo(GcpConfig.DEFAULT_ISSUER);
            assertThat(config.clouds().azure().orElseThrow().certificate()).isPresent();
        } finally {
            Files.delete(file);
        }
    }

    private static Stream<String> keys(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .flatMap(component ->
                        Stream.concat(Stream.of(kebab(component.getName())), keys(section(component)).stream()));
    }

    private static List<String> keys(Optional<Class<?>> section) {
        return section.map(type -> keys(type).toList()).orElse(List.of());
    }

    private static Optional<Class<?>> section(RecordComponent component) {
        Type type = component.getGenericType();
        Class<?> held = type instanceof ParameterizedType wrapper
                ? (Class<?>) wrapper.getActualTypeArguments()[0]
                : component.getType();
        return held.isRecord() && held != Secret.class ? Optional.of(held) : Optional.empty();
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
