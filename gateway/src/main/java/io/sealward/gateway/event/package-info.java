/** How what happens is told to whoever watches: each kind of event is a record of the package in which it happens. */
package io.sealward.gateway.event;
