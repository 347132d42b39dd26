/** A tour of the gateway that needs nothing but this project. */
package io.sealward.it.demo;
