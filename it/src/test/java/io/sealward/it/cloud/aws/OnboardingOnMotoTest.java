package io.sealward.it.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.gateway.config.CloudsConfig;
import io.sealward.gateway.onboarding.Onboarding;
import io.sealward.providers.aws.AwsSetup;
import io.sealward.providers.setup.OnboardingFormat;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The script that a tenant on AWS runs, with AWS's own command line, against moto. */
class OnboardingOnMotoTest {
    @RegisterExtension
    static final MotoServer MOTO = new MotoServer();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Onboarding onboarding = new Onboarding(
            new CloudsConfig(Map.of("aws", AwsSetup.of("arn:aws:iam::123456789012:role/sealward-gateway"))));

    @TempDir
    private Path folder;

    @Test
    void aSecondRunChangesNothingAndAnotherOrganizationGetsItsOwn() throws Exception {
        assumeTrue(onPath("aws"), "the AWS command line is not on the PATH (PyPI: awscli)");
        JsonNode first = run("org-one");
        String role = first.get("role_arn").textValue();
        String key = first.get("kms_arn").textValue();
        assertThat(first.get("external_id").textValue()).isEqualTo("org-one");
        assertThat(aws("kms", "get-key-policy", "--key-id", key, "--policy-name", "default"))
                .contains(role, "kms:EncryptionContext:sealward:org_id");

        aws("kms", "put-key-policy", "--key-id", key, "--policy-name", "default", "--policy", """
                {"Version": "2012-10-17", "Statement": [{"Sid": "OfTheCustomer", "Effect": "Allow",
                 "Principal": {"AWS": "%s"}, "Action": "kms:Decrypt", "Resource": "*"}]}""".formatted(role));
        assertThat(run("org-one")).isEqualTo(first);
        assertThat(aws("kms", "get-key-policy", "--key-id", key, "--policy-name", "default"))
                .as("what the customer made of it")
                .contains("OfTheCustomer");

        JsonNode other = run("org-two");
        assertThat(other.get("role_arn").textValue()).isNotEqualTo(role);
        assertThat(other.get("kms_arn").textValue()).isNotEqualTo(key);
    }

    private JsonNode run(String organization) throws Exception {
        String script = onboarding.generate("aws", OnboardingFormat.SHELL, organization, Optional.empty());
        return JSON.readTree(execute(script, "sh", "-s"));
    }

    private String aws(String... arguments) throws Exception {
        return execute("", Stream.concat(Stream.of("aws"), Stream.of(arguments)).toArray(String[]::new));
    }

    private String execute(String input, String... command) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", MOTO.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID", "AKIAMOTO",
                        "AWS_SECRET_ACCESS_KEY", "moto",
                        "AWS_REGION", "eu-central-1",
                        "AWS_DEFAULT_REGION", "eu-central-1",
                        "AWS_CONFIG_FILE", folder.resolve("none").toString()));
        Process process = builder.start();
        process.getOutputStream().write(input.getBytes(UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        return output;
    }

    private static boolean onPath(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
