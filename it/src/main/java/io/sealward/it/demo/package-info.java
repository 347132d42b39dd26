/** Tours of the gateway that need nothing but this project. */
package io.sealward.it.demo;
