-- Every search parameter of a resource, as texts `slot=value` that compare like what they stand for. All of them lie in
-- the row itself, for whoever comes along the resident's key; those by which one looks across residents lie in
-- kernel.resource_key as well. Rows from before this migration have none until the server has read them again.
alter table kernel.resource add column keys text[] collate "C";
alter table kernel.resource alter column keys set storage main;
create index resource_without_keys on kernel.resource (type, id) where keys is null and not deleted;
create index resource_updated on kernel.resource (type, updated_at);

create table kernel.resource_key (
  resident_id uuid not null,
  type text not null,
  key text collate "C" not null,
  id text not null,
  audience uuid[],
  primary key (resident_id, type, key, id)
);
create unique index resource_key_key on kernel.resource_key (type, key, resident_id, id);
comment on table kernel.resource_key is 'by-resident: what FHIR resources are found by across residents';
-- Whoever sees the resource sees by what it is found: one wall, whatever it will be made of.
create policy lawful on kernel.resource_key for select using (kernel.is_system() or exists (select from kernel.resource r
  where r.resident_id = resource_key.resident_id and r.type = resource_key.type and r.id = resource_key.id));
create policy modules_add on kernel.resource_key for insert with check (true);
create policy modules_change on kernel.resource_key for update using (true);
create policy modules_remove on kernel.resource_key for delete using (true);

drop table kernel.resource_identifier;
