package io.sealward.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sealward.providers.TrustedCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sealward keys}: how external keys stand with a gateway that runs. */
@Command(
        name = "keys",
        description = {
            "Asks a running gateway how the external keys of organizations stand, and prints a line for each:",
            "organization, key, provider, state, since when, when its KMS answered last, and the cloud's own reason.",
            "Exit status 1 if any of them is not active."
        },
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    private static final String VARIABLE = "SEALWARD_ADMIN_KEY";
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MOST_PAGES = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8081",
            paramLabel = "URL",
            description = "The gateway's management listener. Default: ${DEFAULT-VALUE}.")
    private URI url;

    @Option(
            names = "--admin-keys",
            paramLabel = "FILE",
            description =
                    "A file with an admin key in each line, one for each organization. Without it the key is in the variable "
                            + VARIABLE + " of the environment.")
    private Path file;

    @Option(
            names = "--trusted-certificates",
            paramLabel = "PEM",
            description = "The authorities to trust for https, instead of the Java runtime's.")
    private Path authorities;

    @Option(names = "--json", description = "Print a JSON list instead.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, IOException {
        HttpClient.Builder http = HttpClient.newBuilder().connectTimeout(DEADLINE);
        if (authorities != null) {
            http.sslContext(TrustedCertificates.in(authorities).context());
        }
        HttpClient client = http.build();
        ArrayNode keys = JSON.createArrayNode();
        for (String token : tokens()) {
            keys.addAll(keys(client, token));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? keys.toPrettyString() : table(keys));
        out.flush();
        for (JsonNode key : keys) {
            if (!key.path("status").asText().equals("active")) {
                return Sealward.FAILED;
            }
        }
        return 0;
    }

    private List<String> tokens() throws IOException {
        if (file != null) {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
        return List.of(Optional.ofNullable(System.getenv(VARIABLE))
                .orElseThrow(() -> new CommandFailure(
                        "no admin key: set " + VARIABLE + ", or give a file of them with --admin-keys")));
    }

    private ArrayNode keys(HttpClient client, String token) throws InterruptedException {
        ArrayNode keys = JSON.createArrayNode();
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = get(client, token, "/v1/organization/external_key_health?limit=100" + after);
            answer.path("data").forEach(keys::add);
            if (!answer.path("has_more").asBoolean()) {
                return keys;
            }
            after = "&after=" + answer.path("last_id").asText();
        }
        return keys;
    }

    private JsonNode get(HttpClient client, String token, String path) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(url.resolve(path))
                            .timeout(DEADLINE)
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode body = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                throw new CommandFailure(url + " answers " + answer.statusCode() + ": "
                        + printable(body.at("/error/message").asText()));
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new CommandFailure(url + " is not the management listener of a gateway");
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(url + " does not answer: " + e.getMessage());
        }
    }

    private static String table(ArrayNode keys) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ORGANIZATION", "KEY", "PROVIDER", "STATE", "SINCE", "CHECKED", "REASON"));
        for (JsonNode key : keys) {
            rows.add(List.of(
                    text(key, "organization_id"),
                    text(key, "id"),
                    text(key, "type"),
                    text(key, "status"),
                    time(key, "since"),
                    time(key, "checked_at"),
                    text(key, "reason")));
        }
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return String.join(
                System.lineSeparator(),
                rows.stream().map(row -> line(row, widths)).toList());
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private static String text(JsonNode key, String field) {
        return key.path(field).isNull() ? "-" : printable(key.path(field).asText());
    }

    private static String time(JsonNode key, String field) {
        return key.path(field).isNumber()
                ? Instant.ofEpochSecond(key.path(field).asLong()).toString()
                : "-";
    }

    /** Whatever answers does not speak to the terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\x80-\\x9f]+", " ");
    }
}
