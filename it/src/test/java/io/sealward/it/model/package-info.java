/** The gateway held against S3 as a map of keys: scripts of requests, made at random and replayed by their seed. */
package io.sealward.it.model;
