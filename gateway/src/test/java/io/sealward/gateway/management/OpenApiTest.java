package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.key.KeyStands;
import io.sealward.gateway.key.KeyState;
import io.sealward.gateway.management.externalkey.KeyControl;
import io.sealward.gateway.metrics.Metrics;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.gateway.registry.KeystoreOpener;
import io.sealward.gateway.registry.Registry;
import io.sealward.gateway.registry.TestDatabase;
import io.sealward.providers.KmsException;
import io.sealward.providers.KmsProvider;
import io.sealward.providers.SpecField;
import io.sealward.providers.catalog.Providers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiTest {
    private final OpenApi openApi = new OpenApi();

    @Test
    void theDocumentHasTheOperationsOfTheServerAndNoOther(@TempDir Path directory) {
        Set<String> served = new TreeSet<>();
        try (KeystoreOpener opener = new KeystoreOpener(directory.resolve("k.bcfks"));
                Registry registry = Registry.open(
                        TestDatabase.h2Shared("openapi" + UUID.randomUUID()).settings(), opener, Clock.systemUTC());
                Metrics metrics = new Metrics()) {
            new Api(registry, opener, new NoKeys(), new Onboarding(CloudsConfig.NONE))
                    .routes(Runnable::run)
                    .forEach(route -> served.add(route.method() + " " + route.template()));
            Api.description().keySet().forEach(path -> served.add("GET " + path));
            new OperationsRoutes(List.of(), metrics, Optional.empty(), Runnable::run)
                    .routes()
                    .keySet()
                    .forEach(path -> served.add("GET " + path));
        }
        assertThat(openApi.operations()).isEqualTo(served);
    }

    static List<KmsProvider> types() {
        return Providers.ALL;
    }

    @ParameterizedTest
    @MethodSource("types")
    void thePatternsOfARegistrationAreTheOnesThatAreChecked(KmsProvider provider) {
        JsonNode schema = openApi.requestSchemas("POST /v1/organization/external_keys").stream()
                .filter(one -> one.at("/properties/type/enum/0").textValue().equals(provider.type()))
                .findFirst()
                .orElseThrow();
        for (SpecField field : provider.fields()) {
            JsonNode property = schema.get("properties").get(field.name());
            assertThat(property.get("pattern").textValue())
                    .isEqualTo(field.pattern().pattern());
            assertThat(property.get("maxLength").intValue()).isEqualTo(field.maxLength());
            assertThat(schema.get("required").toString().contains("\"" + field.name() + "\""))
                    .isEqualTo(field.required());
        }
    }

    private static final class NoKeys implements KeyControl {
        @Override
        public Optional<KeyState> state(String externalKeyId) {
            return Optional.empty();
        }

        @Override
        public void proved(KeyStands.Key key, Optional<KmsException> failure) {}
    }
}
