/** The server side: one client connection, one exchange at a time, bytes in both directions with back-pressure. */
package io.sealward.gateway.front;
