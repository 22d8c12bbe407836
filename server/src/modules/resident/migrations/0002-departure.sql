create table resident.departure (
  resident_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('died', 'moved')),
  happened_on date not null,
  note text,
  institution_id uuid,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (resident_id, id)
);
comment on table resident.departure is 'by-resident: that a resident has died or moved away, since when, and who says so';
create index departure_id on resident.departure (id);
create unique index departure_died_once on resident.departure (resident_id) where kind = 'died';
create policy lawful_read on resident.departure for select
  using (kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));
create policy lawful_add on resident.departure for insert
  with check (kernel.is_system() or kernel.may_open(resident_id));
