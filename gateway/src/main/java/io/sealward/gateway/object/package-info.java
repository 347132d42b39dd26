/** Objects on their way through the gateway: sealed as they are written, opened as they are read. */
package io.sealward.gateway.object;
