package io.sealward.gateway.front;

import io.sealward.gateway.event.Events;

/** What all connections of a listener share. */
record Front(FrontLimits limits, RequestHandler handler, Events events, Drain drain) {}
