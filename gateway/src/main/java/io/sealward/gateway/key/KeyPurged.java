package io.sealward.gateway.key;

import io.sealward.gateway.event.Event;
import io.sealward.gateway.tenant.Project;

/** All that was in memory of a project under a version of a KEK has been dropped, and so many streams were cut. */
public record KeyPurged(Project project, String externalKeyId, String reason, int streamsCut) implements Event {}
