package io.sealward.gateway.doctor;

import java.util.Optional;

/**
 * What a check found.
 *
 * @param subject what was looked at
 * @param problem what is wrong with it and how to cure it, on one line; empty if it is well
 */
public record Finding(String subject, Optional<String> problem) {
    static Finding well(String subject) {
        return new Finding(subject, Optional.empty());
    }

    static Finding wrong(String subject, String problem) {
        return new Finding(subject, Optional.of(problem.replaceAll("\\s+", " ").strip()));
    }
}
