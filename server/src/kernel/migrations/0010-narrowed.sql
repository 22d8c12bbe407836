-- A scope may name less than a type (SMART App Launch 2.2: `Observation.rs?category=laboratory`). What its bearer may see
-- of such types stands in `app.narrow`: { type: [alternative: [need: [range of keys]]] }, each need met by one of the keys.
create function kernel.in_narrow(type text, keys text[]) returns boolean language sql stable parallel safe
  as $$ select n.alternatives is null or exists (
      select from jsonb_array_elements(n.alternatives) a (needs) where not exists (
        select from jsonb_array_elements(a.needs) b (ranges) where not exists (
          select from jsonb_array_elements(b.ranges) r, unnest(keys) k
          where k >= ((r ->> 0) collate "C") and k < ((r ->> 1) collate "C"))))
    from (select current_setting('app.narrow')::jsonb -> type as alternatives) n $$;
create policy in_scope on kernel.resource as restrictive for select
  using (coalesce(current_setting('app.narrow', true), '') = '' or deleted or kernel.in_narrow(type, keys));
-- The past of what is seen now, and of nothing that was removed.
create policy in_scope on kernel.resource_history as restrictive for select
  using (coalesce(current_setting('app.narrow', true), '') = '' or exists (select from kernel.resource r
    where r.resident_id = resource_history.resident_id and r.type = resource_history.type and r.id = resource_history.id
      and (not r.deleted or coalesce((current_setting('app.narrow')::jsonb -> r.type)::text, '') = '')));
