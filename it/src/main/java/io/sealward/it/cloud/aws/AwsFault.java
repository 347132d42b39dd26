package io.sealward.it.cloud.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CountDownLatch;

/** Something that goes wrong with one call. */
public sealed interface AwsFault {
    /** An error of AWS, in the form that the service called would give it. */
    static AwsFault refuse(String code, int status) {
        return new Refuse(code, status, "told to answer " + code);
    }

    /** As KMS does when the account's request quota is spent (KMS Developer Guide, Throttling). */
    static AwsFault throttle() {
        return new Refuse(
                "ThrottlingException",
                400,
                "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.");
    }

    /** The connection ends without an answer. */
    static AwsFault drop() {
        return new Drop();
    }

    /** The answer waits until the latch is down; otherwise the call goes as usual. */
    static AwsFault hold(CountDownLatch until) {
        return new Hold(until);
    }

    /** These bytes instead of an answer. */
    static AwsFault answer(int status, String contentType, String body) {
        return new Answer(status, contentType, body);
    }

    /** Something that no AWS service would say. */
    static AwsFault garbage() {
        return answer(200, "application/x-amz-json-1.1", new String(new byte[] {'{', 0, 1, 2, '<', '}'}, UTF_8));
    }

    record Refuse(String code, int status, String message) implements AwsFault {}

    record Drop() implements AwsFault {}

    record Hold(CountDownLatch until) implements AwsFault {}

    record Answer(int status, String contentType, String body) implements AwsFault {}
}
