/** The XML of S3: documents, read safely as they arrive, and written in pieces. */
package io.sealward.gateway.xml;
