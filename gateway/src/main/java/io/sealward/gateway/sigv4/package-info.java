/**
 * AWS Signature Version 4 for S3, in both directions: verifies who signed a request and what its body may be, and signs
 * the gateway's own requests to the store. Pure functions of a request head; no I/O. Source: Amazon S3 API Reference,
 * "Authenticating Requests (AWS Signature Version 4)".
 */
package io.sealward.gateway.sigv4;
