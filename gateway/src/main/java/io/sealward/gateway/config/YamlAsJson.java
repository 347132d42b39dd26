package io.sealward.gateway.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Turns a document that the configuration holds in YAML into JSON, of which YAML has all. */
final class YamlAsJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private YamlAsJson() {}

    /** Every plain value becomes a string: that is what it is without quotes, too. */
    static String of(ConfigSource source, Node value, String name) {
        return json(source, value, name).toString();
    }

    private static JsonNode json(ConfigSource source, Node value, String name) {
        if (value instanceof MappingNode mapping) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple entry : mapping.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                    throw source.error(entry.getKeyNode(), name, "a key must be a plain word");
                }
                if (object.has(key.getValue())) {
                    throw source.error(key, name, key.getValue() + " is given twice");
                }
                object.set(key.getValue(), json(source, entry.getValueNode(), name));
            }
            return object;
        }
        if (value instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.getValue().forEach(item -> array.add(json(source, item, name)));
            return array;
        }
        if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            return JSON.textNode(scalar.getValue());
        }
        throw source.error(value, name, "must hold keys, lists and values");
    }
}
