package io.sealward.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealward.providers.InvalidKeySpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsKeySpecTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/tenant/sealward";
    private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/r, arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:iam::123456789012:role/r, arn:aws:kms:eu-west-2:210987654321:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        "arn:aws-us-gov:iam::123456789012:role/r,"
                + " arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws-cn:iam::123456789012:role/r,"
                + " arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    })
    void theNamesThatAwsGivesAreTaken(String role, String key) {
        assertThatCode(() -> new AwsKeySpec(role, key, "org-1")).doesNotThrowAnyException();
    }

    @Test
    void theRegionIsTheKeys() {
        assertThat(new AwsKeySpec(ROLE, KEY, "org-1").region()).isEqualTo("eu-central-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "arn:aws:iam::12345678901:role/r",
                "arn:aws:iam::123456789012:user/r",
                "arn:aws:iam::123456789012:role/",
                "arn:aws:iam::123456789012:role/r\n",
                "arn:aws:iam::123456789012:role/a b",
                "arn:evil:iam::123456789012:role/r",
                "arn:aws-cn:iam::123456789012:role/r"
            })
    void aRoleOfAnyOtherFormIsRefusedByItsField(String role) {
        assertRefused("role_arn", role, KEY, "org-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:eu-central-1:123456789012:key:1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:eu-central-1:123456789012:key/1234ABCD-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:eu-central-1:123456789012:key/------------------------------------",
                "arn:aws:kms:eu-central-1:123456789012:key/mrk-1234",
                "arn:aws:kms:evil.example:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:169.254.169.254/:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:eu-central-1@evil:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab\n",
                "arn:aws:kms::123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:s3:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
            })
    void aKeyOfAnyOtherFormIsRefusedByItsField(String key) {
        assertRefused("kms_arn", ROLE, key, "org-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias/mine", "arn:aws:kms:eu-central-1:123456789012:alias/mine"})
    void anAliasIsRefusedWithTheReason(String alias) {
        assertThatThrownBy(() -> new AwsKeySpec(ROLE, alias, "org-1"))
                .isInstanceOf(InvalidKeySpecException.class)
                .hasMessageContaining("Aliases are not accepted")
                .hasMessageContaining("unreadable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "org 1", "org-1\n", "org-\"1", "örg"})
    void anExternalIdThatStsWouldRefuseIsRefusedByItsField(String externalId) {
        assertRefused("external_id", ROLE, KEY, externalId);
    }

    @Test
    void aMissingValueIsRefusedByItsField() {
        assertRefused("role_arn", null, KEY, "org-1");
        assertRefused("kms_arn", ROLE, null, "org-1");
        assertRefused("external_id", ROLE, KEY, null);
    }

    @Test
    void theSessionNameFitsSts() {
        AwsKeySpec spec = new AwsKeySpec(ROLE, KEY, "org-" + "x".repeat(60));
        assertThat(spec.sessionName()).hasSize(64).matches("[\\w+=,.@-]*");
    }

    @Test
    void anAccessKeyNeverPrintsItsSecret() {
        AwsSettings settings = AwsSettings.of(AwsIdentity.of("AKIAEXAMPLE", "planted-secret"), AwsEndpoints.regional());
        assertThat(settings.toString()).contains("AKIAEXAMPLE").doesNotContain("planted-secret");
    }

    private static void assertRefused(String field, String role, String key, String externalId) {
        assertThatThrownBy(() -> new AwsKeySpec(role, key, externalId))
                .isInstanceOfSatisfying(InvalidKeySpecException.class, refused -> assertThat(refused.field())
                        .isEqualTo(field));
    }
}
