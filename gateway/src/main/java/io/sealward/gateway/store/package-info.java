/** The client of the S3 store behind the gateway: one per event loop, requests signed, bodies streamed. */
package io.sealward.gateway.store;
