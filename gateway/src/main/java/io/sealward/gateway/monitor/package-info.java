/** Watches what happens to keys, and counts what happens, for metrics, the log and the audit log. */
package io.sealward.gateway.monitor;
