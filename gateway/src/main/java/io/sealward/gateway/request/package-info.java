/** An authenticated S3 request, and what an operation is. */
package io.sealward.gateway.request;
