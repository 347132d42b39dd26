package io.sealward.gateway.s3;

/** What would become of a text were it a path: what stores and proxies that keep objects in folders may take it for. */
public final class PathSegments {
    private PathSegments() {}

    /** Where a path leads, seen from the folder it starts in. */
    public enum Leads {
        OUT,
        TO_THE_START,
        WITHIN
    }

    /** Resolves {@code .} and {@code ..}; a backslash separates like a slash. A text without either leads within. */
    public static Leads of(String text) {
        int depth = 0;
        boolean dots = false;
        for (String segment : text.split("[/\\\\]")) {
            if (segment.equals("..")) {
                depth--;
                dots = true;
            } else if (segment.equals(".")) {
                dots = true;
            } else if (!segment.isEmpty()) {
                depth++;
            }
            if (depth < 0) {
                return Leads.OUT;
            }
        }
        return dots && depth == 0 ? Leads.TO_THE_START : Leads.WITHIN;
    }
}
