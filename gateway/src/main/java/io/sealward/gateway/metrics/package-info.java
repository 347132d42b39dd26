/** What the gateway counts and times, in the form Prometheus reads. */
package io.sealward.gateway.metrics;
