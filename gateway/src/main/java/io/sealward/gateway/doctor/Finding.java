package io.sealward.gateway.doctor;

/**
 * What a check found.
 *
 * @param subject what was looked at
 * @param remark what is wrong with it, or soon will be, and how to cure it, on one line; empty if it is well
 */
public record Finding(Verdict verdict, String subject, String remark) {
    public enum Verdict {
        WELL,
        WARNING,
        WRONG
    }

    static Finding well(String subject) {
        return new Finding(Verdict.WELL, subject, "");
    }

    static Finding warning(String subject, String remark) {
        return new Finding(Verdict.WARNING, subject, line(remark));
    }

    static Finding wrong(String subject, String remark) {
        return new Finding(Verdict.WRONG, subject, line(remark));
    }

    private static String line(String remark) {
        return remark.replaceAll("\\s+", " ").strip();
    }
}
