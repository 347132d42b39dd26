package io.sealward.it.cloud.aws;

import static io.sealward.it.cloud.KekCalls.CONTEXT;
import static io.sealward.it.cloud.KekCalls.await;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.junit.Lifecycle;
import io.sealward.it.cloud.HostileAnswers;
import io.sealward.it.cloud.HostileAnswers.Answer;
import io.sealward.providers.WrappedSecret;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.MethodSource;

final class AwsAnswersFuzzTest {
    private static final byte[] SECRET = new byte[32];

    private FakeAws aws;
    private AwsTenant tenant;

    @BeforeEach
    void start() throws IOException {
        aws = FakeAws.start();
        tenant = AwsTenant.in(aws, "tenant");
    }

    @AfterEach
    void stop() {
        tenant.close();
        aws.close();
    }

    static Stream<byte[]> ofKms() {
        return Stream.of(
                new Answer(200, "{\"KeyId\":\"k\",\"Plaintext\":\"AAAA\",\"CiphertextBlob\":\"AAAA\"}").bytes(),
                new Answer(400, "{\"__type\":\"KMSInvalidStateException\",\"message\":\"m is pending deletion.\"}")
                        .bytes());
    }

    @MethodSource("ofKms")
    @FuzzTest(lifecycle = Lifecycle.PER_TEST)
    void noSecretIsMadeUp(byte[] input) throws Exception {
        aws.faults().clear();
        WrappedSecret wrapped = await(tenant.kek().wrap(SECRET, CONTEXT));
        Answer answer = Answer.of(input);
        AwsFault fault = AwsFault.answer(answer.status(), "application/x-amz-json-1.1", answer.body());
        aws.faults().always(AwsOperation.ENCRYPT, fault);
        aws.faults().always(AwsOperation.DECRYPT, fault);
        HostileAnswers.requireHeld(tenant.kek(), wrapped, SECRET);
    }

    static Stream<byte[]> ofSts() {
        return Stream.of(
                new Answer(
                                200,
                                "<AssumeRoleResponse><AssumeRoleResult><Credentials/></AssumeRoleResult></AssumeRoleResponse>")
                        .bytes(),
                new Answer(403, "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>").bytes());
    }

    @MethodSource("ofSts")
    @FuzzTest(lifecycle = Lifecycle.PER_TEST)
    void noRoleIsMadeUp(byte[] input) {
        Answer answer = Answer.of(input);
        aws.faults().always(AwsOperation.ASSUME_ROLE, AwsFault.answer(answer.status(), "text/xml", answer.body()));
        HostileAnswers.requireHeld(tenant.kek(), new WrappedSecret("", new byte[40]), SECRET);
    }
}
