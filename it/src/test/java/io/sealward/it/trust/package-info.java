/** What a store is trusted with, asked of whichever store stands behind the gateway. */
package io.sealward.it.trust;
