package io.sealward.it.demo;

import java.io.PrintStream;

/** What a tour prints, and whether its steps did what they should. */
record Script(PrintStream out) {
    void step(String title) {
        out.println();
        out.println("-- " + title);
    }

    void say(String line) {
        out.println("   " + line);
    }

    void failed(String reason) {
        say("FAILED: " + reason);
    }

    void complete() {
        out.println();
        out.println("The tour is complete.");
    }

    static void expect(boolean held, String otherwise) {
        if (!held) {
            throw new Unexpected(otherwise);
        }
    }

    /** A step that went through and showed something else than it should. */
    static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unexpected(String message) {
            super(message);
        }
    }
}
