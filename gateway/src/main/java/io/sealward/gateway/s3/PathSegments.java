package io.sealward.gateway.s3;

/** Tells where a key would lead if stores and proxies, which may keep objects in folders, took it for a path. */
public final class PathSegments {
    private PathSegments() {}

    /** Where a path leads, seen from the folder it starts in. */
    public enum Leads {
        OUT,
        TO_THE_START,
        WITHIN
    }

    /** Whether a segment is {@code .} or {@code ..}, wherever it leads. */
    public static boolean resolved(String text) {
        int start = 0;
        for (int end = 0; end <= text.length(); end++) {
            if (end == text.length() || text.charAt(end) == '/' || text.charAt(end) == '\\') {
                String segment = text.substring(start, end);
                if (segment.equals(".") || segment.equals("..")) {
                    return true;
                }
                start = end + 1;
            }
        }
        return false;
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
