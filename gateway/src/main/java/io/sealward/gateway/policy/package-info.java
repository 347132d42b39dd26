/** The AWS policy language, as far as it speaks of S3: read once, then evaluated from memory. No I/O, no request, no tenant. */
package io.sealward.gateway.policy;
