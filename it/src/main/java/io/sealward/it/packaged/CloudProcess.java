package io.sealward.it.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealward.it.cloud.StandIn;
import io.sealward.it.cloud.TenantKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A {@link CloudServer}, from the outside. Its process belongs to the resources that it was started with. */
final class CloudProcess implements StandIn {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader answers;
    private final JsonNode introduction;

    private CloudProcess(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(UTF_8);
        this.introduction = answer();
    }

    /** @param folder for the cloud's files */
    static CloudProcess start(String cloud, Path folder, Resources resources) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CloudServer.class.getName(),
                        cloud,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        return new CloudProcess(resources.own(() -> new Child(builder.start())).process());
    }

    @Override
    public String configuration() {
        return introduction.path("configuration").asText();
    }

    @Override
    public TenantKey createKey(String organizationId) {
        JsonNode key = ask("create " + organizationId);
        Map<String, String> registration = JSON.convertValue(key.path("registration"), new TypeReference<>() {});
        return new Key(this, key.path("number").asInt(), key.path("keyId").asText(), registration);
    }

    @Override
    public Map<String, String> ownAccess(Map<String, String> registration) {
        try {
            return JSON.convertValue(ask("own " + JSON.writeValueAsString(registration)), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    private synchronized JsonNode ask(String order) {
        try {
            process.outputWriter(UTF_8).append(order).append('\n').flush();
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode answer() throws IOException {
        String line = answers.readLine();
        while (line != null && !line.startsWith("{")) { // a library may have something to say, too
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("the stand-in of the cloud has ended");
        }
        return JSON.readTree(line);
    }

    private record Key(CloudProcess cloud, int number, String keyId, Map<String, String> registration)
            implements TenantKey {
        @Override
        public void disable() {
            order("disable");
        }

        @Override
        public void enable() {
            order("enable");
        }

        @Override
        public void deny() {
            order("deny");
        }

        @Override
        public void allow() {
            order("allow");
        }

        @Override
        public void destroy() {
            order("destroy");
        }

        @Override
        public void restore() {
            order("restore");
        }

        @Override
        public void throttle() {
            order("throttle");
        }

        @Override
        public void cutOff() {
            order("cut-off");
        }

        @Override
        public void recover() {
            order("recover");
        }

        @Override
        public long calls() {
            return order("count").path("calls").asLong();
        }

        private JsonNode order(String what) {
            return cloud.ask(what + " " + number);
        }
    }
}
