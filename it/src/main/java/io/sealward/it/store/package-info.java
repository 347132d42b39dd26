/** The S3 stores that a gateway is put in front of. */
package io.sealward.it.store;
