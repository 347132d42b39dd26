package io.sealward.it.client;

import java.net.URI;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.MinIOContainer;

/** MinIO in a container, for one test class. Where no Docker engine answers, the class is skipped. */
final class MinioServer implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private static final String IMAGE = "minio/minio:RELEASE.2025-09-07T16-13-09Z";

    private MinIOContainer container;

    URI endpoint() {
        return URI.create(container.getS3URL());
    }

    String accessKey() {
        return container.getUserName();
    }

    String secretKey() {
        return container.getPassword();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return DockerClientFactory.instance().isDockerAvailable()
                ? ConditionEvaluationResult.enabled("a Docker engine answers")
                : ConditionEvaluationResult.disabled("no Docker engine answers, so MinIO can not be started");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        container = new MinIOContainer(IMAGE);
        container.start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (container != null) {
            container.stop();
        }
    }
}
