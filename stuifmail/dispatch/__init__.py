"""Getting one copy to each reader: plan, outbox engine, messages and transports."""
