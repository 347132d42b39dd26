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

    /**
     * The text without empty segments, but for the last one: to a store that keeps objects in folders (MinIO, versitygw) it is the
     * same path.
     */
    public static String collapsed(String text) {
        StringBuilder collapsed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '/' || (!collapsed.isEmpty() && collapsed.charAt(collapsed.length() - 1) != '/')) {
                collapsed.append(c);
            }
        }
        return collapsed.toString();
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
