/** Cross-origin requests of browsers: what a bucket's own rules let them do. */
package io.sealward.gateway.cors;
