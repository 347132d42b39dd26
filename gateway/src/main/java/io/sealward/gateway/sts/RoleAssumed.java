package io.sealward.gateway.sts;

import io.sealward.gateway.event.Event;
import io.sealward.gateway.identity.Identity;
import io.sealward.gateway.tenant.Role;
import java.time.Instant;

/** Somebody has taken on a role, under an access key and until a time. */
public record RoleAssumed(Role role, String session, Identity by, String accessKeyId, Instant expires)
        implements Event {}
