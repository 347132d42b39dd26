/** The XML of S3: small documents, read safely and written. */
package io.sealward.gateway.xml;
