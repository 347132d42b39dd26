/** Programs that measure: the gateway against a relay and the bare store, its memory under load, the frame codec. */
package io.sealward.it.bench;
