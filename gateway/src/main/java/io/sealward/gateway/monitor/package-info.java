/** Watches what happens to keys, for metrics and the audit log. */
package io.sealward.gateway.monitor;
