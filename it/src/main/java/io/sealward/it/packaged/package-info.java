/** The gateway as its users run it, from its package, with all that it needs around it in processes of their own. */
package io.sealward.it.packaged;
