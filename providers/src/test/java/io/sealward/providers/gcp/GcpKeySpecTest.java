package io.sealward.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.providers.InvalidKeySpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GcpKeySpecTest {
    private static final List<String> FIELDS = List.of(
            "workload_identity_project_number",
            "workload_identity_pool_id",
            "workload_identity_provider_id",
            "audience",
            "kms_project_id",
            "kms_key_location",
            "kms_key_ring_name",
            "kms_key_name",
            "kms_key_version");
    private static final List<String> GOOD = List.of(
            "123456789",
            "sealward-pool",
            "sealward",
            "org-abc",
            "adjective-noun-12345",
            "us-east1",
            "ring_1",
            "kek",
            "7");

    @Test
    void namesThePoolTheKeyAndTheVersion() {
        GcpKeySpec spec = spec(GOOD);

        assertThat(spec.keyName())
                .isEqualTo("projects/adjective-noun-12345/locations/us-east1/keyRings/ring_1/cryptoKeys/kek");
        assertThat(spec.wrappingName()).isEqualTo(spec.keyName() + "/cryptoKeyVersions/7");
        assertThat(spec.poolProvider())
                .isEqualTo(
                        "//iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools/sealward-pool"
                                + "/providers/sealward");
        assertThat(spec.principal("42"))
                .isEqualTo("principal://iam.googleapis.com/projects/123456789/locations/global/workloadIdentityPools"
                        + "/sealward-pool/subject/42");
    }

    @ParameterizedTest
    @CsvSource({
        "kms_project_id, example.com:legacy-project",
        "kms_key_location, global",
        "kms_key_location, nam-eur-asia1",
        "kms_key_location, eur4",
        "audience, proj_abc",
        "workload_identity_project_number, 1",
    })
    void takesEveryFormThatGoogleGives(String field, String value) {
        assertThat(spec(with(field, value))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "workload_identity_project_number, my-project",
        "workload_identity_project_number, 12345678901234567890",
        "workload_identity_project_number, ''",
        "workload_identity_pool_id, a/b",
        "workload_identity_pool_id, abc",
        "workload_identity_provider_id, ../provider",
        "workload_identity_provider_id, UPPER",
        "audience, https://iam.googleapis.com",
        "audience, org-",
        "audience, ../org-a",
        "kms_project_id, p/locations/x",
        "kms_project_id, Upper-case",
        "kms_project_id, short",
        "kms_key_location, us/east1",
        "kms_key_location, us-east1-",
        "kms_key_location, ''",
        "kms_key_ring_name, a.b",
        "kms_key_ring_name, ..",
        "kms_key_name, kek/cryptoKeyVersions/1",
        "kms_key_name, 'kek '",
        "kms_key_version, 0",
        "kms_key_version, latest",
    })
    void refusesEveryOtherFormByTheNameOfItsField(String field, String value) {
        assertThatThrownBy(() -> spec(with(field, value)))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, refused -> assertThat(refused.field())
                        .isEqualTo(field))
                .hasMessageStartingWith("Invalid '" + field + "': string does not match pattern.");
    }

    @Test
    void refusesALineBreakAtTheEnd() {
        for (String field : FIELDS) {
            String value = GOOD.get(FIELDS.indexOf(field)) + "\n";
            assertThatThrownBy(() -> spec(with(field, value))).isInstanceOf(InvalidKeySpecException.class);
        }
    }

    @Test
    void saysWhichFieldIsMissing() {
        assertThatThrownBy(() -> spec(with("kms_key_name", null)))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessage("Missing required parameter: 'kms_key_name'.");
    }

    private static List<String> with(String field, String value) {
        List<String> values = new ArrayList<>(GOOD);
        values.set(FIELDS.indexOf(field), value);
        return values;
    }

    private static GcpKeySpec spec(List<String> values) {
        return new GcpKeySpec(
                values.get(0),
                values.get(1),
                values.get(2),
                values.get(3),
                values.get(4),
                values.get(5),
                values.get(6),
                values.get(7),
                Optional.of(values.get(8)));
    }
}
