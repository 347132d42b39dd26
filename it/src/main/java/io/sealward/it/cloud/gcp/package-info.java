/** A Google Cloud that enforces: token exchange and Cloud KMS, over the wires that the real SDKs speak. */
package io.sealward.it.cloud.gcp;
