package io.sealward.it.cloud.aws;

import static io.sealward.it.cloud.KekCalls.await;
import static io.sealward.it.cloud.KekCalls.failureOf;
import static io.sealward.it.cloud.aws.AwsOperation.ASSUME_ROLE;
import static io.sealward.it.cloud.aws.AwsOperation.DECRYPT;
import static io.sealward.it.cloud.aws.AwsOperation.ENCRYPT;
import static io.sealward.it.cloud.aws.AwsTenant.CONTEXT;

import io.sealward.it.cloud.OddAnswers;
import io.sealward.providers.WrappedSecret;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever AWS answers, an administrator reads words. */
class AwsOddAnswersTest {
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

    @ParameterizedTest
    @EnumSource(AwsOperation.class)
    void tellsInWords(AwsOperation operation) throws Exception {
        WrappedSecret wrapped = operation == ASSUME_ROLE
                ? new WrappedSecret("", new byte[40])
                : await(tenant.kek().wrap(new byte[32], CONTEXT));
        for (int status : OddAnswers.STATUSES) {
            for (String body : OddAnswers.BODIES) {
                aws.faults().clear();
                aws.faults().always(operation, AwsFault.answer(status, type(operation), body));
                OddAnswers.requireReadable(
                        operation == DECRYPT
                                ? failureOf(tenant.kek().unwrap(wrapped, CONTEXT))
                                : failureOf(tenant.kek().wrap(new byte[32], CONTEXT)),
                        operation + " " + status + " " + body);
            }
        }
    }

    @Test
    void tellsInWordsThatNobodyAnswers() throws Exception {
        aws.faults().always(ENCRYPT, AwsFault.drop());
        OddAnswers.requireReadable(failureOf(tenant.kek().wrap(new byte[32], CONTEXT)), "cut");
        aws.close();
        OddAnswers.requireReadable(failureOf(tenant.kek().wrap(new byte[32], CONTEXT)), "gone");
    }

    private static String type(AwsOperation operation) {
        return operation == ASSUME_ROLE ? "text/xml" : "application/x-amz-json-1.1";
    }
}
