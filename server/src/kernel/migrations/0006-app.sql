-- An app that was opened for one patient sees that patient and what concerns nobody, whatever the person who uses it
-- may see besides, and whichever statement asks.
create function kernel.is_in_app(resident uuid) returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.patient', true), '') in ('', resident::text) $$;
create policy in_app on kernel.resource as restrictive for select
  using (resident_id = '00000000-0000-0000-0000-000000000000' or kernel.is_in_app(resident_id));
create policy in_app on kernel.resource_history as restrictive for select
  using (resident_id = '00000000-0000-0000-0000-000000000000' or kernel.is_in_app(resident_id));
create policy in_app on kernel.access_grant as restrictive for select using (kernel.is_in_app(resident_id));
