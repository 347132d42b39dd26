package io.sealward.it.chaos.withdrawal;

/**
 * A request that has ended, as its client saw it; times by {@link System#nanoTime}.
 *
 * @param status 0 if no answer came
 * @param complete whether the answer ended as it announced
 */
record Request(Role role, long began, long ended, int status, boolean complete) {
    private static final int OK = 200;

    boolean good() {
        return status == OK && complete;
    }

    boolean is(Role.Kind kind) {
        return role.kind() == kind;
    }

    double millis() {
        return (ended - began) / 1e6;
    }
}
