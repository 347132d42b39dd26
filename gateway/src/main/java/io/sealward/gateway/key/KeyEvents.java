package io.sealward.gateway.key;

import io.sealward.gateway.tenant.Keks;
import io.sealward.gateway.tenant.Project;
import io.sealward.providers.KmsException;
import java.util.Optional;

/** Hears of everything that is done with a KEK. Called on any thread; must not block. */
public interface KeyEvents {
    /** What was asked of the KMS. */
    enum Call {
        WRAP,
        UNWRAP,
        CANARY
    }

    /** A KMS call for a project ended; {@code failure} is empty if it succeeded. */
    void called(Call call, Project project, Keks.Registered kek, Optional<KmsException> failure, long nanos);

    /** A question to a key's KMS was answered, and the key stands so now. */
    void stands(String externalKeyId, String provider, KeyState state);

    /** All that was in memory of a project under a version of a KEK has been dropped, and so many streams were cut. */
    void purged(Project project, String externalKeyId, String reason, int streamsCut);

    /** An unwrapped secret was asked for, and was or was not in memory. */
    void lookedUp(boolean cached);

    /** Nobody listens. */
    KeyEvents NONE = new KeyEvents() {
        @Override
        public void called(
                Call call, Project project, Keks.Registered kek, Optional<KmsException> failure, long nanos) {}

        @Override
        public void stands(String externalKeyId, String provider, KeyState state) {}

        @Override
        public void purged(Project project, String externalKeyId, String reason, int streamsCut) {}

        @Override
        public void lookedUp(boolean cached) {}
    };
}
