package io.sealward.gateway.front;

/** What all connections of a listener share. */
record Front(FrontLimits limits, RequestHandler handler, ExchangeObserver observer, Drain drain) {}
