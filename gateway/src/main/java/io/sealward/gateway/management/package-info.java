/**
 * The management API: a listener of its own, never the S3 port. Shapes, names and errors are those of the published
 * External Keys and Projects API, so that its clients work here when their base URL is changed.
 */
package io.sealward.gateway.management;
