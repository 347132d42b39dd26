package io.sealward.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The OpenAPI document, held against what the server says. */
final class OpenApi {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private final JsonNode document = Api.document();
    private final Set<String> answered = Collections.newSetFromMap(new ConcurrentHashMap<>());

    JsonNode document() {
        return document;
    }

    /** All as {@code METHOD /template}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    /** Those of which {@link #check} has seen a success. */
    Set<String> answered() {
        return answered;
    }

    /** The schemas a request body of the operation may have; empty if it has none. */
    List<JsonNode> requestSchemas(String operation) {
        JsonNode schema = operation(operation).at("/requestBody/content/application~1json/schema");
        List<JsonNode> found = new ArrayList<>();
        if (schema.isMissingNode()) {
            return found;
        }
        JsonNode named = resolve(schema);
        if (named.has("oneOf")) {
            named.get("oneOf").forEach(one -> found.add(resolve(one)));
        } else {
            found.add(named);
        }
        return found;
    }

    JsonNode operation(String operation) {
        String[] parts = operation.split(" ");
        return document.get("paths").get(parts[1]).get(parts[0].toLowerCase(Locale.ROOT));
    }

    /** Fails if the document does not allow this answer to this request. */
    void check(String method, String path, int status, String contentType, String body) {
        Optional<String> operation = operations().stream()
                .filter(known -> known.startsWith(method + " "))
                .filter(known ->
                        path.matches(known.substring(method.length() + 1).replaceAll("\\{[^}]+}", "[^/]+")))
                .min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")));
        JsonNode content = operation
                .map(known -> resolve(operation(known).get("responses").path(Integer.toString(status))))
                .map(response -> response.path("content"))
                .orElseGet(JSON::createObjectNode);
        if (status >= 400 && content.isEmpty()) {
            // Errors that come before an operation is known have the same shape.
            content = resolve(document.at("/components/responses/BadRequest")).get("content");
        }
        String type = contentType.split(";")[0];
        assertThat(content.has(type))
                .as("%s %s may answer %s with %s", method, path, status, type)
                .isTrue();
        if (type.equals("application/json")) {
            ObjectNode schema = content.get(type).get("schema").deepCopy();
            schema.set("components", document.get("components"));
            try {
                assertThat(SCHEMAS.getSchema(schema).validate(JSON.readTree(body)))
                        .as("%s %s answered %s %s", method, path, status, body)
                        .isEmpty();
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
        if (status == 200) {
            operation.ifPresent(answered::add);
        }
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
