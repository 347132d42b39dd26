package io.sealward.gateway.sigv4;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What a request says of its own signature, well-formed and in time, but not yet verified. */
record Claim(
        String accessKeyId,
        CredentialScope scope,
        SigningTime time,
        List<String> signedHeaders,
        String signature,
        String contentSha256,
        String canonicalQuery) {

    /** The parts of {@code Credential=<id>/<date>/<region>/<service>/aws4_request}. An id may hold slashes. */
    record Credential(String accessKeyId, CredentialScope scope) {
        static Optional<Credential> parse(String text, String service) {
            List<String> parts = List.of(text.split("/", -1));
            int idParts = parts.size() - 4;
            if (idParts < 1) {
                return Optional.empty();
            }
            String id = String.join("/", parts.subList(0, idParts));
            List<String> scope = parts.subList(idParts, parts.size());
            boolean wellFormed = !id.isEmpty()
                    && !scope.get(1).isEmpty()
                    && scope.get(2).equals(service)
                    && scope.get(3).equals(CredentialScope.TERMINATOR);
            return wellFormed
                    ? Optional.of(new Credential(id, new CredentialScope(scope.get(0), scope.get(1), service)))
                    : Optional.empty();
        }
    }

    /** The names of {@code SignedHeaders}; empty if one is blank, repeated or not in lower case. */
    static Optional<List<String>> parseSignedHeaders(String text) {
        List<String> names = List.of(text.split(";", -1));
        boolean wellFormed = new HashSet<>(names).size() == names.size()
                && names.stream()
                        .allMatch(name -> !name.isEmpty() && name.chars().allMatch(Claim::isHeaderNameChar));
        return wellFormed ? Optional.of(names) : Optional.empty();
    }

    private static boolean isHeaderNameChar(int c) {
        return c > ' ' && c < 0x7F && c != ':' && !(c >= 'A' && c <= 'Z');
    }
}
