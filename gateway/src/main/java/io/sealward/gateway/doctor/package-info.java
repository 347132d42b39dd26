/** Finds out what is wrong before clients do: the configuration, the store, certificates, registered keys. */
package io.sealward.gateway.doctor;
