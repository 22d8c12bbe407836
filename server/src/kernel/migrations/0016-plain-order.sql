-- Types, ids and things are signs, not words: compared byte by byte, not as a Chinese dictionary would.
drop policy lawful on kernel.resource_key;
drop policy in_scope on kernel.resource;
drop policy in_scope on kernel.resource_history;
alter table kernel.resource
  alter column type type text collate "C", alter column id type text collate "C", alter column own_id type text collate "C";
alter table kernel.resource_history
  alter column type type text collate "C", alter column id type text collate "C", alter column own_id type text collate "C";
alter table kernel.resource_key alter column type type text collate "C", alter column id type text collate "C";
alter table kernel.event alter column thing type text collate "C";
create policy lawful on kernel.resource_key for select using (kernel.is_system() or exists (select from kernel.resource r
  where r.resident_id = resource_key.resident_id and r.type = resource_key.type and r.id = resource_key.id));
create policy in_scope on kernel.resource as restrictive for select
  using (coalesce(current_setting('app.narrow', true), '') = '' or deleted or kernel.in_narrow(type, keys));
create policy in_scope on kernel.resource_history as restrictive for select
  using (coalesce(current_setting('app.narrow', true), '') = '' or exists (select from kernel.resource r
    where r.resident_id = resource_history.resident_id and r.type = resource_history.type and r.id = resource_history.id
      and (not r.deleted or coalesce((current_setting('app.narrow')::jsonb -> r.type)::text, '') = '')));
-- What was known of how the values are spread went with the old order.
analyze kernel.resource, kernel.resource_history, kernel.resource_key, kernel.event;
