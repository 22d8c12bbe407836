-- The digest of a batch of the access log waits with its reference until it is sealed; the chain keeps it from then on.
alter table kernel.fresh add column digest bytea;
update kernel.fresh f set digest = b.digest from kernel.access_batch b where f.kind = 'access' and b.id = f.ref;
alter table kernel.fresh add constraint fresh_digest check ((kind = 'access') = (digest is not null));
drop table kernel.access_batch;

-- Whoever follows what happens does not step over every opening in between.
create index sealed_events on kernel.sealed (number) where kind = 'event';
