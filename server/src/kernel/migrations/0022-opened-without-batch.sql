-- Openings get their batch when they become lines of the log: one batch of all that become lines together, one link of the chain.
alter table kernel.opened drop column batch_id;
