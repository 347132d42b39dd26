package io.sealward.gateway.cli;

import picocli.CommandLine.Command;

/** {@code sealward demo}, which {@code gateway/bin/sealward} takes for itself: its store and its clouds are not in the package. */
@Command(
        name = "demo",
        description = {
            "Starts a store, a key and a gateway on this machine and gives a tour.",
            "From a clone only: gateway/bin/sealward demo --help."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Runnable {
    @Override
    public void run() {
        throw new CommandFailure("the demo is not in the package; in a clone, run gateway/bin/sealward demo");
    }
}
