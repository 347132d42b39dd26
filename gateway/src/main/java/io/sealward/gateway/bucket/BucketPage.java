package io.sealward.gateway.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sealward.gateway.request.S3Request;
import io.sealward.gateway.s3.Decimal;
import io.sealward.gateway.s3.S3Error;
import io.sealward.gateway.s3.S3Exception;
import io.sealward.gateway.xml.XmlElement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of its buckets a client asks for. Source: Amazon S3 API Reference, "ListBuckets".
 *
 * @param prefix of their names, if the client gave one
 * @param after the last name of the page before; empty for the first page
 * @param most how many at once
 */
record BucketPage(Optional<String> prefix, String after, int most) {
    private static final int MOST = 10_000;

    /** @throws S3Exception InvalidArgument, also for a token that the gateway did not make */
    static BucketPage of(S3Request request) {
        return new BucketPage(
                request.query("prefix"),
                request.query("continuation-token").map(BucketPage::name).orElse(""),
                request.query("max-buckets").map(BucketPage::most).orElse(MOST));
    }

    /** The elements of the answer about these buckets, which may come in any order. */
    List<XmlElement> of(List<XmlElement> buckets) {
        List<XmlElement> wanted = buckets.stream()
                .filter(bucket -> nameOf(bucket).startsWith(prefix.orElse("")))
                .filter(bucket -> nameOf(bucket).compareTo(after) > 0)
                .sorted(Comparator.comparing(BucketPage::nameOf))
                .toList();
        List<XmlElement> shown = wanted.subList(0, Math.min(most, wanted.size()));
        List<XmlElement> answer = new ArrayList<>();
        answer.add(XmlElement.of("Buckets", shown));
        if (shown.size() < wanted.size()) {
            answer.add(XmlElement.text("ContinuationToken", token(nameOf(shown.get(shown.size() - 1)))));
        }
        prefix.ifPresent(text -> answer.add(XmlElement.text("Prefix", text)));
        return answer;
    }

    private static String nameOf(XmlElement bucket) {
        return bucket.value("Name").orElse("");
    }

    private static String token(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(UTF_8));
    }

    private static String name(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new S3Exception(S3Error.INVALID_ARGUMENT, "The continuation token provided is incorrect");
        }
    }

    private static int most(String text) {
        return Decimal.parse(text).stream()
                .filter(number -> number >= 1 && number <= MOST)
                .mapToInt(number -> (int) number)
                .findFirst()
                .orElseThrow(() -> new S3Exception(
                        S3Error.INVALID_ARGUMENT, "Argument max-buckets must be an integer between 1 and 10000."));
    }
}
