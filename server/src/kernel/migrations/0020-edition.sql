-- Of what modules show over FHIR it is kept which edition is stored, so that a newer program projects it anew by itself.
drop table kernel.resource_rebuild;
create table kernel.resource_edition (
  name text primary key,
  edition int not null,
  next_edition int,
  after text,
  check ((next_edition is null) = (after is null))
);
comment on table kernel.resource_edition is 'local: which edition of what modules show over FHIR is stored, and how far the next one has come';
create policy system_only on kernel.resource_edition using (kernel.is_system());
