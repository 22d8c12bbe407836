create table workforce.search_key (
  key text collate "C" not null,
  practitioner_id uuid not null references workforce.practitioner (id),
  primary key (key, practitioner_id)
);
comment on table workforce.search_key is 'reference: by which beginnings a practitioner is found';
create index search_key_practitioner on workforce.search_key (practitioner_id);
create policy all_read on workforce.search_key for select using (true);
create policy own_write on workforce.search_key using (kernel.is_system() or exists (
  select from workforce.practitioner p where p.id = practitioner_id and p.institution_id = kernel.my_institution()));
