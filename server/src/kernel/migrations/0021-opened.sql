-- Who reads waits for one row, whatever it opens: the lines of the log are made of it soon after, many at a time. What the log
-- could not take is refused to whoever reads, not found by whoever makes the lines.
create domain kernel.said as text not null;
create domain kernel.of_resident as uuid not null;

create type kernel.opening as (
  resident_id kernel.of_resident,
  id uuid,
  at timestamptz,
  actor_kind kernel.said,
  actor_id kernel.said,
  practitioner_id uuid,
  institution_id uuid,
  basis kernel.said,
  thing kernel.said,
  purpose text,
  request_id kernel.said
);

create table kernel.opened (
  batch_id uuid not null,
  lines kernel.opening[] not null
) with (toast_tuple_target = 8160, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
alter table kernel.opened alter column lines set storage external;
comment on table kernel.opened is 'local: committed openings that are not yet lines of the access log; emptied by the sequencer';
create policy all_add on kernel.opened for insert with check (true);
create policy system_reads on kernel.opened for select using (kernel.is_system());
create policy system_removes on kernel.opened for delete using (kernel.is_system());

drop policy all_add on kernel.access;
create policy system_adds on kernel.access for insert with check (kernel.is_system());
