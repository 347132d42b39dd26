/** Takes a request to its operation. */
package io.sealward.gateway.service;
