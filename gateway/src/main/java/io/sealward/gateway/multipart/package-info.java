/** Multipart uploads, without state between requests or nodes: the upload id carries what the parts need. */
package io.sealward.gateway.multipart;
