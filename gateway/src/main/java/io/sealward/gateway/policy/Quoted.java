package io.sealward.gateway.policy;

/** What somebody wrote, as a message may show it. */
final class Quoted {
    private static final int MAX_CHARS = 100;

    private Quoted() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.chars().limit(MAX_CHARS).forEach(c -> shown.append(c < ' ' || c == 0x7F || c == '"' ? '?' : (char) c));
        return shown.append(text.length() > MAX_CHARS ? "...\"" : "\"").toString();
    }
}
