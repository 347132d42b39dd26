/** Everything that runs the whole gateway. */
package io.sealward.it;
