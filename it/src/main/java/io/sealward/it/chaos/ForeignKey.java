package io.sealward.it.chaos;

import io.sealward.it.chaos.withdrawal.KeySwitch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/**
 * A key that this program cannot reach: a command switches it, or the user is asked to.
 *
 * @param answers of the user, a line each
 * @param withdrawing a shell command; empty asks the user
 * @param restoring likewise
 */
record ForeignKey(BufferedReader answers, PrintStream out, Optional<String> withdrawing, Optional<String> restoring)
        implements KeySwitch {
    @Override
    public String name() {
        return "by hand";
    }

    @Override
    public void withdraw() throws IOException {
        change("Withdraw the key now (disable it, or take the gateway's permission away)", withdrawing);
    }

    @Override
    public void giveBack() throws IOException {
        change("Give the key back now", restoring);
    }

    private void change(String request, Optional<String> command) throws IOException {
        if (command.isPresent()) {
            run(command.orElseThrow());
            return;
        }
        out.print(request + ", and press Enter when it is done: ");
        out.flush();
        if (answers.readLine() == null) {
            throw new IOException("nobody answers; give --withdraw-command and --restore-command instead");
        }
    }

    private static void run(String command) throws IOException {
        try {
            int status =
                    new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IOException("'" + command + "' ended with status " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
