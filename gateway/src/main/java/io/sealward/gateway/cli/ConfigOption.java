package io.sealward.gateway.cli;

import io.sealward.gateway.config.ConfigFile;
import io.sealward.gateway.config.GatewayConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which configuration. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            required = true,
            paramLabel = "FILE",
            description = "The configuration; conf/sealward.yaml explains every key.")
    private Path path;

    GatewayConfig read() {
        return ConfigFile.read(path);
    }
}
