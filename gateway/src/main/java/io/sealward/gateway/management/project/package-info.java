/** The API's projects, and what is a project's: S3 credentials, roles, buckets. */
package io.sealward.gateway.management.project;
