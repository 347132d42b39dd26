/**
 * The body of an upload on its way in: stages that take buffers as they arrive, strip the {@code aws-chunked} framing and
 * verify signatures, digests and lengths over the plaintext. Nothing is buffered but a line of framing.
 */
package io.sealward.gateway.body;
