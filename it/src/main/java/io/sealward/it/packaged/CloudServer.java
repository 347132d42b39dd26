package io.sealward.it.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import io.sealward.it.cloud.aws.AwsStandIn;
import io.sealward.it.cloud.azure.AzureStandIn;
import io.sealward.it.cloud.gcp.GcpStandIn;
import io.sealward.it.cloud.vault.VaultStandIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A cloud's stand-in as a process of its own. It says how to reach it, obeys each line of its input with a line of JSON,
 * and ends with its input, so that it cannot outlive who started it.
 */
final class CloudServer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudServer() {}

    /**
     * Plays the cloud until its input ends.
     *
     * @param args the cloud, and a folder for its files
     */
    public static void main(String[] args) throws IOException {
        try (StandIn cloud = open(args[0], Path.of(args[1]))) {
            say(Map.of("configuration", cloud.configuration()));
            List<TenantKey> keys = new ArrayList<>();
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                say(obey(cloud, keys, order.split(" ", 2)));
            }
        }
    }

    private static StandIn open(String cloud, Path folder) {
        return switch (cloud) {
            case "aws" -> new AwsStandIn();
            case "gcp" -> new GcpStandIn(folder);
            case "azure" -> new AzureStandIn(folder);
            case "vault" -> new VaultStandIn(folder);
            default -> throw new IllegalArgumentException("no stand-in for " + cloud);
        };
    }

    /** {@code create ORGANIZATION}, {@code own REGISTRATION}, or what happens to a key and its number. */
    private static Map<String, ?> obey(StandIn cloud, List<TenantKey> keys, String[] order)
            throws JsonProcessingException {
        if (order[0].equals("own")) {
            return cloud.ownAccess(JSON.readValue(order[1], new TypeReference<Map<String, String>>() {}));
        }
        if (order[0].equals("create")) {
            TenantKey key = cloud.createKey(order[1]);
            keys.add(key);
            return Map.of("number", keys.size() - 1, "keyId", key.keyId(), "registration", key.registration());
        }
        TenantKey key = keys.get(Integer.parseInt(order[1]));
        switch (order[0]) {
            case "disable" -> key.disable();
            case "enable" -> key.enable();
            case "deny" -> key.deny();
            case "allow" -> key.allow();
            case "destroy" -> key.destroy();
            case "restore" -> key.restore();
            case "throttle" -> key.throttle();
            case "cut-off" -> key.cutOff();
            case "recover" -> key.recover();
            case "count" -> {}
            default -> throw new IllegalArgumentException(order[0]);
        }
        return Map.of("calls", key.calls());
    }

    private static void say(Map<String, ?> words) throws IOException {
        System.out.println(JSON.writeValueAsString(words));
        System.out.flush();
    }
}
