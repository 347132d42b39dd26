package io.sealward.gateway.monitor;

import io.sealward.gateway.event.Events;
import io.sealward.gateway.sts.RoleAssumed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line to the audit log file for each role that is taken on: by whom, as which session, until when. */
public final class RoleLog {
    private static final Logger AUDIT = LoggerFactory.getLogger("sealward.audit");

    private RoleLog() {}

    /** Begins to write. */
    public static void watch(Events events) {
        events.when(RoleAssumed.class, RoleLog::assumed);
    }

    private static void assumed(RoleAssumed assumed) {
        AUDIT.info(
                "s3_role.assumed organization={} project={} resource={} session={} access_key_id={} expires={} issuer={}"
                        + " subject={}",
                assumed.role().project().organizationId(),
                assumed.role().project().id(),
                assumed.role().arn(),
                assumed.session(),
                assumed.accessKeyId(),
                assumed.expires(),
                assumed.by().issuer(),
                assumed.by().subject());
    }
}
