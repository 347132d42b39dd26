/** The KEK interface: asynchronous wrap and unwrap, and one closed set of errors. One sub-package per provider. */
package io.sealward.providers;
