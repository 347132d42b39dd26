package io.sealward.gateway.onboarding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.providers.aws.AwsSetup;
import io.sealward.providers.azure.AzureEnvironment;
import io.sealward.providers.azure.AzureIdentity;
import io.sealward.providers.azure.AzureSetup;
import io.sealward.providers.catalog.Providers;
import io.sealward.providers.gcp.GcpSetup;
import io.sealward.providers.gcp.GcpSubject;
import io.sealward.providers.pkcs11.Pkcs11Setup;
import io.sealward.providers.setup.OnboardingException;
import io.sealward.providers.setup.OnboardingFormat;
import io.sealward.providers.vault.VaultSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnboardingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/io/sealward/gateway/onboarding");
    private static final String ORGANIZATION = "org-0123456789abcdefABCDEFGH";
    private static final String PROJECT = "proj_0123456789abcdefABCDEFGH";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Onboarding onboarding = new Onboarding(new CloudsConfig(Map.of(
            "aws",
            AwsSetup.of("arn:aws:iam::123456789012:role/sealward-gateway"),
            "gcp",
            GcpSetup.of(GcpSubject.serviceAccount("105900137572174660365")),
            "azure",
            azure(AzureEnvironment.PUBLIC),
            "vault",
            new VaultSetup(
                    List.of("vault.example.com:8200"),
                    Optional.of("tokens/{audience}"),
                    Optional.empty(),
                    "https://issuer.example.com",
                    "sealward-gateway"),
            "pkcs11",
            new Pkcs11Setup(Path.of("/usr/lib/library.so"), "the token", OptionalLong.empty(), "planted-pin"))));

    private static AzureSetup azure(AzureEnvironment environment) {
        return AzureSetup.of(new AzureIdentity.Secret("20a14814-5ab7-4612-a671-1382b412bf93", "unused"), environment);
    }

    static List<String> clouds() {
        return Onboarding.TYPES;
    }

    /** Those whose keys Terraform makes; nothing makes keys in a token but who stands before it. */
    static List<String> cloudsOfTerraform() {
        return clouds().stream().filter(cloud -> !cloud.equals("pkcs11")).toList();
    }

    static Stream<Arguments> everything() {
        return clouds().stream()
                .flatMap(cloud -> Arrays.stream(OnboardingFormat.values()).map(format -> Arguments.of(cloud, format)))
                .filter(one -> one.get()[1] != OnboardingFormat.TERRAFORM
                        || cloudsOfTerraform().contains(one.get()[0]));
    }

    /** With {@code -Dgolden=write} the files are written anew, for a person to look through. */
    @ParameterizedTest
    @MethodSource("everything")
    void theMaterialIsWhatWasReviewed(String cloud, OnboardingFormat format) throws IOException {
        String generated = generate(cloud, format);
        Path golden = GOLDEN.resolve(cloud + "-" + lower(format) + ".golden");
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, generated);
        }
        assertThat(generated).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theJsonIsJsonAndItsRegistrationHasTheFieldsOfOne(String cloud) throws IOException {
        JsonNode registration =
                JSON.readTree(generate(cloud, OnboardingFormat.JSON)).get("registration");
        Map<String, String> filledIn = new HashMap<>();
        registration.properties().forEach(field -> filledIn.put(field.getKey(), filledIn(field)));
        assertThat(filledIn.remove("type")).isEqualTo(cloud);
        assertThat(filledIn.remove("name")).isNotEmpty();
        assertThat(Providers.parse(cloud, filledIn).owner().id()).isEqualTo(ORGANIZATION);
    }

    private static String filledIn(Map.Entry<String, JsonNode> field) {
        return switch (field.getKey()) {
            case "role_arn" -> "arn:aws:iam::123456789012:role/sealward";
            case "kms_arn" -> "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-4000-8000-000000000000";
            case "tenant_id" -> "20a14814-5ab7-4612-a671-1382b412bf93";
            default ->
                field.getValue()
                        .textValue()
                        .replace("<VAULT>", "my-vault")
                        .replace("<VAULT_HOST>", "vault.example.com:8200")
                        .replace("<PROJECT_NUMBER>", "123456789012")
                        .replaceAll("<[A-Z_]+>", "something-1");
        };
    }

    @Test
    void awsPoliciesBindTheTenantAndAllowNothingButEncryptAndDecrypt() throws IOException {
        JsonNode documents =
                JSON.readTree(generate("aws", OnboardingFormat.JSON)).get("documents");
        JsonNode trust = documents.at("/trust_policy/Statement/0");
        assertThat(trust.at("/Condition/StringEquals/sts:ExternalId").textValue())
                .isEqualTo(ORGANIZATION);
        assertThat(trust.at("/Principal/AWS").textValue()).isEqualTo("arn:aws:iam::123456789012:role/sealward-gateway");
        JsonNode role = documents.at("/role_policy/Statement");
        assertThat(role).hasSize(1);
        assertThat(role.at("/0/Action").toString()).isEqualTo("[\"kms:Encrypt\",\"kms:Decrypt\"]");
        assertThat(role.at("/0/Condition/StringEquals/kms:EncryptionContext:sealward:org_id")
                        .textValue())
                .isEqualTo(ORGANIZATION);
    }

    @Test
    void aKeyCanBeBoundToOneProject() throws IOException {
        String text = onboarding.generate("aws", OnboardingFormat.JSON, ORGANIZATION, Optional.of(PROJECT));
        JsonNode documents = JSON.readTree(text).get("documents");
        assertThat(documents
                        .at("/trust_policy/Statement/0/Condition/StringEquals/sts:ExternalId")
                        .textValue())
                .isEqualTo(PROJECT);
        assertThat(documents
                        .at("/role_policy/Statement/0/Condition/StringEquals/kms:EncryptionContext:sealward:project_id")
                        .textValue())
                .isEqualTo(PROJECT);
        assertThatThrownBy(
                        () -> onboarding.generate("azure", OnboardingFormat.JSON, ORGANIZATION, Optional.of(PROJECT)))
                .isInstanceOfSatisfying(
                        OnboardingException.class, e -> assertThat(e.param()).isEqualTo("project_id"));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theScriptIsOne(String cloud) throws Exception {
        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        bash.getOutputStream().write(generate(cloud, OnboardingFormat.SHELL).getBytes(UTF_8));
        bash.getOutputStream().close();
        assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(bash.waitFor()).isZero();
    }

    /** The second run makes nothing, and its body is the same: a stand-in of the cloud refuses what is there already. */
    @ParameterizedTest
    @MethodSource("clouds")
    void theScriptCanBeRunTwiceAndEndsWithABodyThatRegisters(String cloud, @TempDir Path directory) throws Exception {
        String script = generate(cloud, OnboardingFormat.SHELL);
        String body = run(script, directory);
        assertThat(run(script, directory)).isEqualTo(body);

        Map<String, String> fields = new HashMap<>();
        JSON.readTree(body)
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().textValue()));
        String type = fields.remove("type");
        fields.remove("name");
        assertThat(Providers.parse(type, fields).owner().id()).isEqualTo(ORGANIZATION);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path document :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                assertThat(JSON.readTree(Files.readString(document)).isObject())
                        .as(document.toString())
                        .isTrue();
                assertThat(Files.readString(document)).doesNotContain("$", "<");
            }
        }
    }

    /** In one AWS account, one Google project, and one Azure subscription: the stand-in refuses what is there already. */
    @ParameterizedTest
    @MethodSource("clouds")
    void twoOrganizationsFitSideBySide(String cloud, @TempDir Path directory) throws Exception {
        String first = run(generate(cloud, OnboardingFormat.SHELL), directory);
        List<String> before = Files.readAllLines(directory.resolve("calls"));
        String second =
                run(onboarding.generate(cloud, OnboardingFormat.SHELL, "org-another", Optional.empty()), directory);
        List<String> calls = Files.readAllLines(directory.resolve("calls"));
        assertThat(second).isNotEqualTo(first);
        assertThat(made(calls.subList(before.size(), calls.size()), cloud))
                .as("of its own, beside the directory's one service principal and the vault that was named")
                .hasSameSizeAs(made(before, cloud));
    }

    private static List<String> made(List<String> calls, String cloud) {
        return calls.stream()
                .filter(call -> call.contains(" create")
                        || call.contains(" put-role-policy")
                        || call.contains("vault policy write")
                        || call.contains("vault auth enable")
                        || call.contains(" --keygen")
                        || call.matches("vault write \\S+/(keys|role)/.*"))
                .filter(call -> !cloud.equals("azure") || !call.startsWith("az keyvault create"))
                .toList();
    }

    private static String run(String text, Path cloud) throws Exception {
        for (String tool : List.of("aws", "gcloud", "az", "vault", "pkcs11-tool", "curl", "sleep")) {
            Path standIn = cloud.resolve(tool);
            Files.copy(GOLDEN.resolve("cloud.sh"), standIn, StandardCopyOption.REPLACE_EXISTING);
            assertThat(standIn.toFile().setExecutable(true)).isTrue();
        }
        ProcessBuilder sh = new ProcessBuilder("sh", "-s");
        sh.environment().put("PATH", cloud + ":" + System.getenv("PATH"));
        sh.environment()
                .putAll(Map.of(
                        "CLOUD", cloud.toString(),
                        "AWS_REGION", "eu-west-1",
                        "PROJECT_ID", "project-1",
                        "LOCATION", "us-east1",
                        "VAULT", "my-vault",
                        "RESOURCE_GROUP", "group",
                        "VAULT_ADDR", "https://vault.example.com:8200",
                        "LIBRARY", "/usr/lib/library.so",
                        "TOKEN", "token",
                        "PIN", "planted-pin"));
        Process script = sh.redirectError(cloud.resolve("stderr").toFile()).start();
        script.getOutputStream().write(text.getBytes(UTF_8));
        script.getOutputStream().close();
        String body = new String(script.getInputStream().readAllBytes(), UTF_8);
        assertThat(script.waitFor())
                .as(Files.readString(cloud.resolve("stderr")))
                .isZero();
        return body;
    }

    @ParameterizedTest
    @CsvSource({
        "azure, org-with_underscore",
        "azure, org-two--dashes",
        "azure, org-ends-",
        "pkcs11, org-with_underscore",
        "pkcs11, org-two--dashes",
        "pkcs11, org-ends-"
    })
    void aKeyNameThatCouldNotBeRegisteredIsNotGivenOut(String cloud, String organization) {
        assertThatThrownBy(() -> onboarding.generate(cloud, OnboardingFormat.SHELL, organization, Optional.empty()))
                .isInstanceOfSatisfying(
                        OnboardingException.class, e -> assertThat(e.param()).isEqualTo("type"))
                .hasMessageContaining(organization);
        String tooLong = "org-" + "a".repeat(120);
        assertThatThrownBy(() -> onboarding.generate(cloud, OnboardingFormat.JSON, tooLong, Optional.empty()))
                .isInstanceOf(OnboardingException.class);
    }

    @ParameterizedTest
    @MethodSource("cloudsOfTerraform")
    void theTerraformParsesAsHcl(String cloud) throws Exception {
        Map<String, Object> parsed = new HCLParser().parse(generate(cloud, OnboardingFormat.TERRAFORM));
        assertThat(parsed).containsKeys("terraform", "resource", "output");
    }

    @ParameterizedTest
    @MethodSource("cloudsOfTerraform")
    void terraformItselfFindsItWellFormedAndWellFormatted(String cloud) throws Exception {
        Process terraform;
        try {
            terraform = new ProcessBuilder("terraform", "fmt", "-check", "-diff", "-")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("terraform is not installed");
            return;
        }
        terraform
                .getOutputStream()
                .write(generate(cloud, OnboardingFormat.TERRAFORM).getBytes(UTF_8));
        terraform.getOutputStream().close();
        String said = new String(terraform.getInputStream().readAllBytes(), UTF_8);
        assertThat(terraform.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "US_GOVERNMENT, usgovcloudapi.net, usgovernment, AzureUSGovernment",
        "CHINA, azure.cn, china, AzureChinaCloud"
    })
    void theMaterialIsForTheAzureThatTheGatewayIsKnownIn(
            AzureEnvironment environment, String suffix, String terraform, String cloud) throws IOException {
        Onboarding sovereign = new Onboarding(new CloudsConfig(Map.of("azure", azure(environment))));
        Map<OnboardingFormat, String> material = new HashMap<>();
        for (OnboardingFormat format : OnboardingFormat.values()) {
            material.put(format, sovereign.generate("azure", format, ORGANIZATION, Optional.empty()));
        }
        assertThat(material.values())
                .noneMatch(text -> text.contains("vault.azure.net") || text.contains("graph.microsoft.com"));
        String vault = JSON.readTree(material.get(OnboardingFormat.JSON))
                .at("/registration/vault_uri")
                .textValue();
        assertThat(vault).isEqualTo("https://<VAULT>.vault." + suffix + "/");
        assertThat(material.get(OnboardingFormat.SHELL))
                .contains(".vault." + suffix + "/", "az cloud set --name " + cloud);
        assertThat(material.get(OnboardingFormat.TERRAFORM)).contains("environment = \"" + terraform + "\"");
    }

    @Test
    void aKeyOfATokenBelongsToAnOrganizationAndNoTerraformMakesIt() {
        assertThatThrownBy(() -> generate("pkcs11", OnboardingFormat.TERRAFORM))
                .isInstanceOfSatisfying(
                        OnboardingException.class, e -> assertThat(e.param()).isEqualTo("format"));
        assertThatThrownBy(
                        () -> onboarding.generate("pkcs11", OnboardingFormat.JSON, ORGANIZATION, Optional.of(PROJECT)))
                .isInstanceOfSatisfying(
                        OnboardingException.class, e -> assertThat(e.param()).isEqualTo("project_id"));
    }

    @Test
    void aGatewayWithoutAnIdentityInACloudSaysSo() {
        Onboarding nobody = new Onboarding(CloudsConfig.NONE);
        for (String cloud : clouds()) {
            assertThatThrownBy(() -> nobody.generate(cloud, OnboardingFormat.JSON, ORGANIZATION, Optional.empty()))
                    .isInstanceOf(OnboardingException.class)
                    .hasMessageContaining("no identity");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"org-x\"; rm -rf /", "org-$(id)", "org-`id`", "org-x\n", "x"})
    void nothingButAnIdGetsIntoAScript(String id) {
        assertThatThrownBy(() -> onboarding.generate("aws", OnboardingFormat.SHELL, id, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:iam::123456789012:role/$(id)", "role", "arn:aws:iam::123456789012:role/a\"b"})
    void nothingButAnArnIsThePrincipalOfTheGateway(String arn) {
        assertThatThrownBy(() -> AwsSetup.of(arn)).isInstanceOf(IllegalArgumentException.class);
    }

    private String generate(String cloud, OnboardingFormat format) {
        return onboarding.generate(cloud, format, ORGANIZATION, Optional.empty());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
