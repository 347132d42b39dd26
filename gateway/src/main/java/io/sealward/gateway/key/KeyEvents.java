package io.sealward.gateway.key;

import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsError;
import java.util.Optional;

/** Hears of everything that is done with a KEK. Called on any thread; must not block. */
public interface KeyEvents {
    /** What was asked of the KMS. */
    enum Call {
        WRAP,
        UNWRAP,
        CANARY
    }

    /** A KMS call ended; {@code error} is empty if it succeeded. */
    void called(Call call, String externalKeyId, Optional<KmsError> error, long nanos);

    /** The KMS denied a project the use of its key. */
    void denied(Project project, String externalKeyId, Call call, KmsError error, String reason);

    /** All that was known of a withdrawn KEK has been dropped, and so many streams were cut. */
    void purged(String externalKeyId, KmsError why, int streamsCut);

    /** An unwrapped secret was asked for, and was or was not in memory. */
    void lookedUp(boolean cached);

    /** Nobody listens. */
    KeyEvents NONE = new KeyEvents() {
        @Override
        public void called(Call call, String externalKeyId, Optional<KmsError> error, long nanos) {}

        @Override
        public void denied(Project project, String externalKeyId, Call call, KmsError error, String reason) {}

        @Override
        public void purged(String externalKeyId, KmsError why, int streamsCut) {}

        @Override
        public void lookedUp(boolean cached) {}
    };
}
