package io.sealward.gateway.cli;

import picocli.CommandLine.Command;

/** {@code sealward chaos}, which {@code gateway/bin/sealward} takes for itself, as it does {@link DemoCommand}. */
@Command(
        name = "chaos",
        description = {
            "Withdraws keys under load, here or at a deployment of yours, and measures when the last byte comes.",
            "From a clone only: gateway/bin/sealward chaos --help."
        },
        mixinStandardHelpOptions = true)
final class ChaosCommand implements Runnable {
    @Override
    public void run() {
        throw new CommandFailure("chaos is not in the package; in a clone, run gateway/bin/sealward chaos");
    }
}
