/** The XML of S3: small documents read safely, listings rewritten as they are. */
package io.sealward.gateway.xml;
