/** The audit log: typed events, written behind the request that caused them. No event can hold a secret. */
package io.sealward.gateway.audit;
