/** The server, assembled. */
package io.sealward.gateway;
