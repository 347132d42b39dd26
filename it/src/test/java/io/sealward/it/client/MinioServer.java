package io.sealward.it.client;

import io.sealward.gateway.config.StoreConfig;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.MinIOContainer;

/** MinIO in a container, for one test class. Where no Docker engine answers, each of its tests is skipped and says so. */
final class MinioServer implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private static final String IMAGE = "minio/minio:RELEASE.2025-09-07T16-13-09Z";

    private Optional<MinIOContainer> container = Optional.empty();

    /** MinIO as a gateway's store; without a Docker engine, one that nobody asks. */
    StoreConfig store() {
        return container
                .map(minio -> StoreConfig.of(URI.create(minio.getS3URL()), minio.getUserName(), minio.getPassword()))
                .orElseGet(() -> StoreConfig.of(URI.create("http://minio.invalid"), "none", "none"));
    }

    /** Only for tests: Surefire tells of a skipped test, but of no skipped class that has parameters. */
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod().isEmpty() || container.isPresent()
                ? ConditionEvaluationResult.enabled("a Docker engine answers, or it is not needed")
                : ConditionEvaluationResult.disabled("no Docker engine answers, so MinIO cannot be started");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            MinIOContainer minio = new MinIOContainer(IMAGE);
            minio.start();
            container = Optional.of(minio);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        container.ifPresent(MinIOContainer::stop);
    }
}
