-- What one caller alone may see (a client's own subscription), whatever else its institution may see.
alter table kernel.resource add column reader text;
alter table kernel.resource_history add column reader text;
create policy reader on kernel.resource as restrictive for select
  using (reader is null or reader = kernel.my_id() or kernel.is_system());
create policy reader on kernel.resource_history as restrictive for select
  using (reader is null or reader = kernel.my_id() or kernel.is_system());
