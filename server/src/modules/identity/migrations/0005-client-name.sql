-- The views published below read as their owner.
create policy published on identity.client for select to current_user using (true);
create view identity.client_name with (security_invoker = false) as
  select id, name from identity.client;
comment on view identity.client_name is 'published: what a system client is called';
