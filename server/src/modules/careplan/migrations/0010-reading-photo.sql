-- What the display of a device showed when a resident wrote the figure down: kept beside it, never read by a machine.
create table careplan.reading_photo (
  resident_id uuid not null,
  id uuid not null,
  kind text not null,
  at timestamptz not null,
  value real not null,
  value2 real,
  file_hash text not null,
  primary key (resident_id, id)
);
comment on table careplan.reading_photo is 'by-resident: photographs of what a device showed, beside the figures that were written down';
comment on column careplan.reading_photo.kind is 'type: SeriesKind from @tongmai/api/careplan/reading';
create index reading_photo_id on careplan.reading_photo (id);
create index reading_photo_at on careplan.reading_photo (resident_id, at desc);
create policy parties_read on careplan.reading_photo for select using (
  kernel.is_system() or kernel.is_my_resident(resident_id) or kernel.may_open(resident_id));
create policy system_writes on careplan.reading_photo using (kernel.is_system());
