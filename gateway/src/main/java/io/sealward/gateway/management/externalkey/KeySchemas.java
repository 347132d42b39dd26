package io.sealward.gateway.management.externalkey;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealward.providers.KmsProvider;
import io.sealward.providers.SpecField;
import java.util.List;
import java.util.Locale;

/** The JSON schemas of external keys, made of what each provider says of its {@link SpecField}s. */
public final class KeySchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STRING = "string";
    private static final String ID = "id";
    private static final String OBJECT = "object";

    private final List<KmsProvider> providers;

    public KeySchemas(List<KmsProvider> providers) {
        this.providers = providers;
    }

    /** Adds a registration, a key and a deleted key for each provider, and the choices among them. */
    public void addTo(ObjectNode schemas) {
        ArrayNode registrations = choice(schemas, "ExternalKeyRegistration");
        ArrayNode keys = choice(schemas, "ExternalKey");
        ArrayNode deletions = choice(schemas, "DeletedExternalKey");
        for (KmsProvider provider : providers) {
            String type = provider.type();
            String name = type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1) + "Key";
            schemas.set(name + "Registration", registration(provider));
            schemas.set(name, key(provider, "organization.external_key"));
            ObjectNode deleted = key(provider, "organization.external_key.deleted");
            properties(deleted).putObject("deleted").put("const", true);
            required(deleted).add("deleted");
            schemas.set("Deleted" + name, deleted);
            refer(registrations, name + "Registration");
            refer(keys, name);
            refer(deletions, "Deleted" + name);
        }
    }

    private static ObjectNode registration(KmsProvider provider) {
        ObjectNode schema = closed();
        ObjectNode properties = properties(schema);
        properties.putObject("type").put("type", STRING).putArray("enum").add(provider.type());
        properties
                .putObject("name")
                .put("type", STRING)
                .put("minLength", 1)
                .put("maxLength", Registration.MAX_NAME_LENGTH)
                .put("description", "Any friendly name.");
        ObjectNode purpose = orNull(properties, "purpose");
        purpose.putArray("enum").add(ExternalKeyJson.EKM).addNull();
        orNull(properties, "probe_project_id")
                .put(
                        "description",
                        "The project that the proof names in its encryption context, for a key whose policy allows some"
                                + " only.");
        orNull(properties, "probe_bucket")
                .put(
                        "description",
                        "The bucket that the proof names in its encryption context; sealward-probe without it.");
        required(schema).add("type").add("name");
        for (SpecField field : provider.fields()) {
            ObjectNode property = field.required()
                    ? properties.putObject(field.name()).put("type", STRING)
                    : orNull(properties, field.name());
            property.put("pattern", field.pattern().pattern()).put("maxLength", field.maxLength());
            if (!field.description().isEmpty()) {
                property.put("description", field.description());
            }
            if (field.required()) {
                required(schema).add(field.name());
            }
        }
        return schema;
    }

    private static ObjectNode key(KmsProvider provider, String object) {
        ObjectNode schema = closed();
        ObjectNode properties = properties(schema);
        properties.putObject(ID).put("type", STRING).put("pattern", "^extkey_");
        properties.putObject(OBJECT).put("const", object);
        properties.putObject("created_at").put("type", "integer").put("description", "Unix time in seconds.");
        ObjectNode projects = properties
                .putObject("api_project_ids")
                .put("type", "array")
                .put("description", "Projects that use the key; archived ones are left out.");
        projects.putObject("items").put("type", STRING);
        properties.putObject("workspace_id").put("type", "null");
        properties.putObject("name").put("type", STRING);
        properties.putObject("purpose").put("const", ExternalKeyJson.EKM);
        properties.putObject("type").put("const", provider.type());
        properties.fieldNames().forEachRemaining(required(schema)::add);
        for (SpecField field : provider.fields()) {
            properties.putObject(field.name()).put("type", STRING);
            if (field.required()) {
                required(schema).add(field.name());
            }
        }
        return schema;
    }

    private static ObjectNode closed() {
        ObjectNode schema = JSON.createObjectNode().put("type", OBJECT);
        schema.putObject("properties");
        schema.putArray("required");
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode orNull(ObjectNode properties, String name) {
        ObjectNode property = properties.putObject(name);
        property.putArray("type").add(STRING).add("null");
        return property;
    }

    private static ObjectNode properties(ObjectNode schema) {
        return (ObjectNode) schema.get("properties");
    }

    private static ArrayNode required(ObjectNode schema) {
        return (ArrayNode) schema.get("required");
    }

    private static ArrayNode choice(ObjectNode schemas, String name) {
        return schemas.putObject(name).putArray("oneOf");
    }

    private static void refer(ArrayNode choices, String schema) {
        choices.addObject().put("$ref", "#/components/schemas/" + schema);
    }
}
