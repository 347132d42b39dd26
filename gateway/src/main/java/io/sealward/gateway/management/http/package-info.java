/**
 * The HTTP of the management API, without its operations: connections and their bounds, who asks, which {@link
 * io.sealward.gateway.management.http.Route} is meant, what stands in a query or a JSON body, and how an answer or an error
 * is written.
 */
package io.sealward.gateway.management.http;
